import { leaveOut } from '../../domain/corrections/leave-out';
import type { Instant } from '../../domain/instant';
import { compareText } from '../../domain/metrics/columns/delivery-columns';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import { toWorkInProgress } from '../../domain/reviews/work-in-progress';
import { workInProgressPhases, type WorkInProgressPhase } from '../../domain/reviews/work-in-progress-phase';
import { findPresentTeams } from '../../domain/teams/hand-kept-teams';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import type { OpenPullRequestItem, WorkInProgressReport } from '../answers/pull-requests';
import { toPlace, type RowNames } from '../pull-requests/pull-request-place';
import { formatTimestamp, toCompleteness, toWorkspaceName } from '../version/completeness';
import type { WholeVersion } from '../version/workspace-version';

/** What is open now, how far and how old it is; the range of the filter does not matter. */
export function computeWorkInProgress(version: WholeVersion, filter: DeliveryFilter): WorkInProgressReport {
  return {
    workspace: toWorkspaceName(version),
    ...toFigures(listOpenItems(version, filter)),
    as_of: formatTimestamp(version.now),
    timezone: version.known.corrected.settings.timezone,
    completeness: toCompleteness(version),
  };
}

/** A page of the open pull requests that begins with the newest, then with the greater id. */
export function listOpenPullRequests(
  version: WholeVersion,
  { filter, page }: { readonly filter: DeliveryFilter; readonly page: RowPage },
): Rows<OpenPullRequestItem> {
  const oldestFirst = listOpenItems(version, filter);
  return listRows(page, {
    rows: Uint32Array.from(oldestFirst.keys()),
    toKey: (row) => {
      const item = oldestFirst[row];
      return item === undefined
        ? null
        : { at: Date.parse(item.opened_at), id: formatDeployId({ repositoryUuid: item.system.uuid, number: item.id }) };
    },
    toItem: (row) => oldestFirst[row] ?? null,
  });
}

/** The open pull requests that count and pass the filters, oldest first, then by id as text. */
function listOpenItems(version: WholeVersion, filter: DeliveryFilter): OpenPullRequestItem[] {
  const { known, systems, now } = version;
  const { settings, teams } = known.corrected;
  const corrections = filter.isRaw ? [] : known.material.corrections;
  const left = new Set(
    corrections.filter(({ kind }) => kind === 'leave_out_pull_request').map(({ subject }) => subject),
  );
  const teamsOf = findPresentTeams(teams, now);
  const counted = leaveOut(version.open, settings.exclusions)
    .map((pullRequest) => ({ pullRequest, id: formatDeployId(pullRequest) }))
    .filter(({ pullRequest, id }) => !left.has(id) && passes(pullRequest, { filter, teamsOf }));
  counted.sort((a, b) => a.pullRequest.openedAt - b.pullRequest.openedAt || compareText(a.id, b.id));
  const context = { names: { systems, people: known.people }, ignored: known.ignored, now };
  return counted.map(({ pullRequest }) => toOpenItem(pullRequest, context));
}

interface Passing {
  readonly filter: DeliveryFilter;
  readonly teamsOf: ReadonlyMap<string, readonly string[]>;
}

/** Teams are the present ones of the author. */
function passes({ repositoryUuid, authorUuid }: OpenPullRequest, { filter, teamsOf }: Passing): boolean {
  const isOfTeam = () => teamsOf.get(authorUuid ?? '')?.some((team) => filter.teams.includes(team)) === true;
  return (
    (filter.systems.length === 0 || filter.systems.includes(repositoryUuid)) &&
    (filter.teams.length === 0 || isOfTeam())
  );
}

export function toOpenItem(
  pullRequest: OpenPullRequest,
  { names, ignored, now }: { names: RowNames; ignored: ReadonlySet<string>; now: Instant },
): OpenPullRequestItem {
  const progress = toWorkInProgress(pullRequest, { ignored, now });
  return {
    ...toPlace(pullRequest, names),
    state: 'OPEN',
    draft: pullRequest.isDraft,
    queued: pullRequest.isQueued,
    opened_at: formatTimestamp(pullRequest.openedAt),
    merged_at: null,
    phase: progress.phase,
    time_in_progress: progress.secondsInProgress,
    time_stale: progress.secondsStale,
    lines_changed: pullRequest.linesChanged,
    commits: pullRequest.commitCount,
    comments: progress.comments,
    reviews: progress.reviews,
  };
}

const secondsPerDay = 86_400;
/** Where one age ends and the next begins, in seconds; the last has no end. */
const ageLimits: readonly (number | null)[] = [...[1, 3, 7, 14, 30, 90].map((days) => days * secondsPerDay), null];

type Counts = Readonly<Record<WorkInProgressPhase, number>>;

/** How many are in each phase, how old they are, and the items themselves. */
function toFigures(
  items: readonly OpenPullRequestItem[],
): Pick<WorkInProgressReport, WorkInProgressPhase | 'drafts' | 'ages' | 'items'> {
  const ages = ageLimits.map((below, index) => {
    const from = ageLimits[index - 1] ?? 0;
    const ofAge = items.filter(({ time_in_progress: age }) => age >= from && (below === null || age < below));
    return { below, ...countPhases(ofAge) };
  });
  return { ...countPhases(items), drafts: items.filter(({ draft }) => draft).length, ages, items };
}

function countPhases(items: readonly OpenPullRequestItem[]): Counts {
  const count = (phase: WorkInProgressPhase) => items.filter((item) => item.phase === phase).length;
  return Object.fromEntries(workInProgressPhases.map((phase) => [phase, count(phase)])) as Counts;
}
