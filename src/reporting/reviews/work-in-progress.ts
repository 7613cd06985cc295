import { leaveOut } from '../../domain/corrections/leave-out';
import type { Instant } from '../../domain/instant';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import { toWorkInProgress } from '../../domain/reviews/work-in-progress';
import { workInProgressPhases, type WorkInProgressPhase } from '../../domain/reviews/work-in-progress-phase';
import { findPresentTeams } from '../../domain/teams/team-membership';
import type { VisibleFilter } from '../filter/delivery-filter';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import type { OpenPullRequestItem, WorkInProgressReport } from '../answers/pull-requests';
import { compareOpenings, listLeftOut, toPlace, type RowNames } from '../pull-requests/pull-request-place';
import { formatTimestamp, toCompleteness, toWorkspaceName } from '../version/completeness';
import { toChoice, type WholeVersion } from '../version/workspace-version';

/** What is open now, how far and how old it is; the range of the filter does not matter. */
export function computeWorkInProgress(version: WholeVersion, filter: VisibleFilter): WorkInProgressReport {
  return {
    workspace: toWorkspaceName(version),
    ...toFigures(selectOpen(version, filter).map((one) => toOpenItem(one, toContext(version)))),
    as_of: formatTimestamp(version.now),
    timezone: version.known.settings.timezone,
    completeness: toCompleteness(version),
  };
}

/** A page of the open pull requests that begins with the newest, then with the greater id. */
export function listOpenPullRequests(
  version: WholeVersion,
  filter: VisibleFilter,
  page: RowPage,
): Rows<OpenPullRequestItem> {
  return listRows(page, {
    all: selectOpen(version, filter),
    toKey: (one) => ({ at: one.openedAt, id: formatDeployId(one) }),
    toItem: (one) => toOpenItem(one, toContext(version)),
  });
}

/** The open pull requests that count and pass the filters, oldest first, then by id as text. */
export function selectOpen(version: WholeVersion, filter: VisibleFilter): OpenPullRequest[] {
  const { known, now } = version;
  const { settings, teams } = known;
  const leftOut = listLeftOut(known, filter);
  const teamsOf = findPresentTeams(teams, now);
  const isChosen = toChoice(filter.systems);
  return leaveOut(version.open, settings.exclusions)
    .filter((one) => !leftOut.has(formatDeployId(one)) && passes(one, { filter, isChosen, teamsOf }))
    .toSorted(compareOpenings);
}

/** What an item of this version needs beside its pull request. */
export function toContext({ known, systems, now }: WholeVersion) {
  return { names: { systems, people: known.people }, ignored: known.ignored, now };
}

interface Passing {
  readonly filter: VisibleFilter;
  readonly isChosen: (uuid: string) => boolean;
  readonly teamsOf: ReadonlyMap<string, readonly string[]>;
}

/** Teams are the present ones of the author. */
function passes({ repositoryUuid, authorUuid }: OpenPullRequest, { filter, isChosen, teamsOf }: Passing): boolean {
  const isOfTeam = () => teamsOf.get(authorUuid ?? '')?.some((team) => filter.teams.includes(team)) === true;
  return isChosen(repositoryUuid) && (filter.teams.length === 0 || isOfTeam());
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
