import type { Correction } from '../../domain/corrections/correction';
import { leaveOut } from '../../domain/corrections/leave-out';
import type { Instant } from '../../domain/instant';
import { compareText } from '../../domain/metrics/columns/delivery-columns';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-life';
import { toWorkInProgress } from '../../domain/reviews/work-in-progress';
import { workInProgressPhases, type WorkInProgressPhase } from '../../domain/reviews/work-in-progress-phase';
import type { Team } from '../../domain/teams/team';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import { toTimestamp } from '../delivery/accelerate-report';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { findPresentTeams } from '../../domain/teams/hand-kept-teams';
import type { OpenPullRequestItem, WorkInProgressReport } from './pull-request-items';
import { toPlace, type RowNames } from './pull-request-rows';

export interface OpenQuestion extends RowNames {
  readonly open: readonly OpenPullRequest[];
  readonly settings: WorkspaceSettings;
  readonly teams: readonly Team[];
  /** Those that act. */
  readonly corrections: readonly Correction[];
  /** Uuids of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  readonly filter: Pick<DeliveryFilter, 'systems' | 'teams'>;
  readonly now: Instant;
}

/** The open pull requests that count and pass the filters, oldest first, then by id as text. */
export function listOpenItems(question: OpenQuestion): OpenPullRequestItem[] {
  const { filter, now, ignored } = question;
  const left = new Set(
    question.corrections.filter(({ kind }) => kind === 'leave_out_pull_request').map(({ subject }) => subject),
  );
  const teamsOf = findPresentTeams(question.teams, now);
  const counted = leaveOut(question.open, question.settings.exclusions)
    .map((pullRequest) => ({ pullRequest, id: formatDeployId(pullRequest) }))
    .filter(({ pullRequest, id }) => !left.has(id) && passes(pullRequest, { filter, teamsOf }));
  counted.sort((a, b) => a.pullRequest.openedAt - b.pullRequest.openedAt || compareText(a.id, b.id));
  return counted.map(({ pullRequest }) => toOpenItem(pullRequest, { names: question, ignored, now }));
}

interface Passing {
  readonly filter: OpenQuestion['filter'];
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
    opened_at: toTimestamp(pullRequest.openedAt),
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
export function toWorkInProgressFigures(
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
