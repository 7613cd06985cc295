import { toDateRange } from '../../domain/calendar/date-range';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { selectDeployments, type Selected } from '../../domain/metrics/selection/select-deliveries';
import type { UnsureMerge } from '../../store/pull-requests/read-unsure';
import type { DataQualityReport } from '../answers/data-quality';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { computeReviewsInAll } from '../reviews/compute-reviews';
import { formatTimestamp, toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickCountedSystems } from '../version/counted-systems';
import { isOfSeen } from '../version/restrict-version';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

const dayMs = 86_400_000;
const repairDays = 30;

/** How much is known of what the numbers of a range are made of, and why the rest is not. */
export async function computeDataQuality(version: WorkspaceVersion, filter: VisibleFilter): Promise<DataQualityReport> {
  const { known, workspace, progress, quality, now } = version;
  const { timezone } = known.settings;
  const { from, to, interval, systems, teams } = filter;
  const range = toDateRange({ from, to, timezone });
  const selected = selectDeployments(pickColumns(version, filter), { ...range, systems, teams });
  const reviews = computeReviewsInAll(version, filter);
  const unsized = reviews.completeness.unsized_pull_requests;
  const [unsure, problems, repaired] = await Promise.all([
    quality.readUnsure(range),
    quality.listProblems(),
    quality.countRepairs(now - repairDays * dayMs),
  ]);
  const refused = problems.filter(({ what }) => what === 'pull_request').map((one) => formatDeployId(one));
  const counted = countDeployments(selected, { unsure, refused: new Set(refused) });
  return {
    workspace: toWorkspaceName(version),
    range: { from, to, timezone, interval },
    deployments: selected.count,
    commits: counted.commits,
    merged: reviews.merged,
    undated_merges: countUndatedMerges(known, filter),
    sizes: { known: reviews.merged - unsized, unknown: unsized },
    teams: {
      as_of_merge: selected.count - counted.teamsOfImport,
      as_of_import: counted.teamsOfImport,
      groups_read_at: toTime(workspace.groupsReadAt),
      groups_problem: workspace.groupsProblem,
    },
    deployments_from_merges: selected.count,
    corrections: countCorrections(version, systems),
    last_notice_at: toTime(progress.lastNoticeAt),
    // A count of the whole workspace says something of repositories that are not seen.
    repaired_in_30_days: version.visible === null ? repaired : null,
    systems: listSystems(version, filter, counted.bySystem),
    completeness: toCompleteness(version),
  };
}

/** Those in force that speak of what is chosen. */
function countCorrections({ known }: WorkspaceVersion, systems: VisibleFilter['systems']): number {
  const chosen = systems === null ? null : new Set(systems);
  return known.corrections.filter(({ subject, undoneAt }) => undoneAt === null && isOfSeen(subject, chosen)).length;
}

interface SystemCount {
  deployments: number;
  unknown: number;
}

interface Counted {
  readonly commits: { known: number; not_read_yet: number; refused: number; not_listed: number };
  readonly bySystem: Map<string, SystemCount>;
  teamsOfImport: number;
}

interface Findings {
  readonly unsure: readonly UnsureMerge[];
  /** Ids of deployments. */
  readonly refused: ReadonlySet<string>;
}

function countDeployments(selected: Selected, { unsure, refused }: Findings): Counted {
  const found = new Map(unsure.map((one) => [formatDeployId(one), one]));
  const counted: Counted = {
    commits: { known: 0, not_read_yet: 0, refused: 0, not_listed: 0 },
    bySystem: new Map(),
    teamsOfImport: 0,
  };
  for (let index = 0; index < selected.count; index += 1) {
    const one = selected.at(index);
    const id = formatDeployId(one);
    const reason = findReason(one.month.deployments.isComplete[one.row] === 1, id, { refused, found });
    counted.commits[reason] += 1;
    if (found.get(id)?.teamsAsOf === 'import') counted.teamsOfImport += 1;
    const ofSystem = counted.bySystem.get(one.repositoryUuid) ?? { deployments: 0, unknown: 0 };
    ofSystem.deployments += 1;
    if (reason !== 'known') ofSystem.unknown += 1;
    counted.bySystem.set(one.repositoryUuid, ofSystem);
  }
  return counted;
}

function findReason(
  isComplete: boolean,
  id: string,
  { refused, found }: Pick<Findings, 'refused'> & { readonly found: ReadonlyMap<string, UnsureMerge> },
): keyof Counted['commits'] {
  if (isComplete) return 'known';
  if (refused.has(id)) return 'refused';
  return found.get(id)?.commitsState === 'unread' ? 'not_read_yet' : 'not_listed';
}

/** Most unknown first, then by name; those without deployments are left out. */
function listSystems(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  bySystem: ReadonlyMap<string, SystemCount>,
): DataQualityReport['systems'] {
  return pickCountedSystems(version, filter)
    .flatMap(({ uuid, slug, name }) => {
      const found = bySystem.get(uuid);
      return found === undefined
        ? []
        : [{ uuid, slug, name, deployments: found.deployments, unknown_commits: found.unknown }];
    })
    .toSorted((a, b) => b.unknown_commits - a.unknown_commits || a.name.localeCompare(b.name, 'en'));
}

function toTime(at: number | null): string | null {
  return at === null ? null : formatTimestamp(at);
}
