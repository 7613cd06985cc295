import { formatDeployId } from '../../domain/deployments/deploy-id';
import { leaveOut } from '../../domain/corrections/leave-out';
import { compareText } from '../../domain/metrics/columns/delivery-columns';
import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { createTeamsOf } from '../../domain/teams/hand-kept-teams';
import type { WorkspaceFacts } from '../facts/fact-memory';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import { formatTimestamp } from '../version/completeness';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';
import type { UndatedMergeItem } from '../answers/pull-requests';
import { toPlace } from './pull-request-place';

type UndatedFilter = Pick<DeliveryFilter, 'systems' | 'teams' | 'isRaw'>;

/** How many of them pass the filters of systems and teams: they lie in no range (docs/contract.md, 4.1). */
export function countUndatedMerges(known: WorkspaceFacts, filter: UndatedFilter): number {
  return pickUndatedMerges(known, filter).length;
}

/** Those that pass the filters, latest opening first, then the greater id. */
export function listUndatedMerges(
  { known, systems }: Pick<WorkspaceVersion, 'known' | 'systems'>,
  { filter, page }: { readonly filter: UndatedFilter; readonly page: RowPage },
): Rows<UndatedMergeItem> {
  const keyed = pickUndatedMerges(known, filter).map((merge) => ({
    merge,
    key: { at: merge.openedAt, id: formatDeployId(merge) },
  }));
  keyed.sort((a, b) => a.key.at - b.key.at || compareText(a.key.id, b.key.id));
  return listRows(page, {
    rows: Uint32Array.from(keyed.keys()),
    toKey: (row) => keyed[row]?.key ?? null,
    toItem: (row) => {
      const merge = keyed[row]?.merge;
      return merge === undefined
        ? null
        : { ...toPlace(merge, { systems, people: known.people }), opened_at: formatTimestamp(merge.openedAt) };
    },
  });
}

/** What rules and corrections leave out is no more named than it would be counted. */
function pickUndatedMerges(known: WorkspaceFacts, filter: UndatedFilter): readonly UndatedMerge[] {
  if (known.undated.length === 0) {
    return known.undated;
  }
  const { settings, teams } = pickFacts({ known }, filter);
  const leftOut = new Set(filter.isRaw ? [] : listLeftOut(known));
  const teamsOf = createTeamsOf(teams);
  // The moment of the merge, at which the author belonged to a team, is the one that is not known.
  const isOfTeam = (merge: UndatedMerge) =>
    teamsOf({ ...merge, mergedAt: merge.sealedAt }).some((slug) => filter.teams.includes(slug));
  return leaveOut(known.undated, settings.exclusions).filter(
    (merge) =>
      !leftOut.has(formatDeployId(merge)) &&
      (filter.systems.length === 0 || filter.systems.includes(merge.repositoryUuid)) &&
      (filter.teams.length === 0 || isOfTeam(merge)),
  );
}

function listLeftOut({ material }: WorkspaceFacts): string[] {
  return material.corrections.filter(({ kind }) => kind === 'leave_out_pull_request').map(({ subject }) => subject);
}
