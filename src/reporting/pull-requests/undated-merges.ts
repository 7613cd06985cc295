import { formatDeployId } from '../../domain/deployments/deploy-id';
import { leaveOut } from '../../domain/corrections/leave-out';
import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { VisibleFilter } from '../filter/delivery-filter';
import { createTeamsOf } from '../../domain/teams/team-membership';
import type { WorkspaceFacts } from '../facts/workspace-facts';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import { formatTimestamp } from '../version/completeness';
import { toChoice, type WorkspaceVersion } from '../version/workspace-version';
import type { UndatedMergeItem } from '../answers/pull-requests';
import { compareOpenings, listLeftOut, toPlace } from './pull-request-place';

type UndatedFilter = Pick<VisibleFilter, 'systems' | 'teams' | 'isRaw'>;

/** How many of them pass the filters of systems and teams: they lie in no range (docs/contract.md, 4.1). */
export function countUndatedMerges(known: WorkspaceFacts, filter: UndatedFilter): number {
  return pickUndatedMerges(known, filter).length;
}

/** Those that pass the filters, latest opening first, then the greater id. */
export function listUndatedMerges(
  { known, systems }: WorkspaceVersion,
  filter: UndatedFilter,
  page: RowPage,
): Rows<UndatedMergeItem> {
  const names = { systems, people: known.people };
  return listRows(page, {
    all: pickUndatedMerges(known, filter).toSorted(compareOpenings),
    toKey: (merge) => ({ at: merge.openedAt, id: formatDeployId(merge) }),
    toItem: (merge) => ({ ...toPlace(merge, names), opened_at: formatTimestamp(merge.openedAt) }),
  });
}

/** What rules and corrections leave out is no more named than it would be counted. */
function pickUndatedMerges(known: WorkspaceFacts, filter: UndatedFilter): readonly UndatedMerge[] {
  if (known.undated.length === 0) return known.undated;
  const { settings, teams } = known;
  const leftOut = listLeftOut(known, filter);
  const isChosen = toChoice(filter.systems);
  const teamsOf = createTeamsOf(teams);
  // The moment of the merge, at which the author belonged to a team, is the one that is not known.
  const isOfTeam = (merge: UndatedMerge) =>
    teamsOf({ ...merge, mergedAt: merge.mergeRecordedAt }).some((slug) => filter.teams.includes(slug));
  return leaveOut(known.undated, settings.exclusions).filter(
    (merge) =>
      !leftOut.has(formatDeployId(merge)) &&
      isChosen(merge.repositoryUuid) &&
      (filter.teams.length === 0 || isOfTeam(merge)),
  );
}
