import { findDayStart, findLocalDay } from '../../domain/calendar/time-zone';
import { computePhaseMedians } from '../../domain/metrics/reviews/phase-medians';
import type { Instant } from '../../domain/instant';
import type { Deployment } from '../../domain/deployments/deployment';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import { findWait } from '../../domain/reviews/find-wait';
import { findPresentPhase, toPhaseSeconds, toPhaseSpans } from '../../domain/reviews/phase-ledger';
import type { OpenPullRequest, PullRequestHistory } from '../../domain/pull-requests/pull-request-history';
import { applyStanding } from '../../domain/pull-requests/standing';
import type { StoredActivity } from '../../store/pull-requests/activity-rows';
import type { PullRequestStore } from '../../store/pull-requests/pull-request-store';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { DerivedMerge } from '../facts/derive-rows';
import { listLeftOut } from '../pull-requests/pull-request-place';
import { toMergedItem } from '../reviews/merged-pull-requests';
import { toOpenItem } from '../reviews/work-in-progress';
import { namePerson } from '../version/named-person';
import type { WholeVersion, WorkspaceVersion } from '../version/workspace-version';
import type { PullRequestTimeLine } from './time-line';
import { listEvents } from './time-line-events';

/** What is usual is that of the last 90 days to today. */
const usualDays = 90;

/** Where those are read that are no longer open. */
export type EndedPullRequests = Pick<PullRequestStore, 'get' | 'listActivities'>;

/** What is told of a pull request, from memory or from the store. */
interface Told {
  readonly life: PullRequestHistory;
  readonly title: string;
  readonly isQueued: boolean;
  readonly destination: string | null;
  readonly author: PullRequestTimeLine['author'];
}

/**
 * One pull request's whole life, whatever became of it, beside what is usual in its repository; `null` when there is no
 * such pull request. One that is open is told from the version; of another, whose life has ended with the version,
 * title and activities are read. Also one that a correction or a rule leaves out of the numbers has its time line.
 */
export async function readTimeLine(
  version: WholeVersion,
  pullRequests: EndedPullRequests,
  key: DeployIdParts,
): Promise<PullRequestTimeLine | null> {
  if (version.visible?.has(key.repositoryUuid) === false) return null;
  const open = version.open.find((one) => one.number === key.number && one.repositoryUuid === key.repositoryUuid);
  const told = open === undefined ? await readEnded(version, pullRequests, key) : tellOpen(version, open);
  if (told === null) return null;
  const merged = told.life.mergedAt === null ? null : await findMerged(version, key);
  return buildTimeLine(version, key, { told, merged, open: open ?? null });
}

function tellOpen({ known }: WorkspaceVersion, open: OpenPullRequest): Told {
  const { title, isQueued, authorUuid, destinationBranch } = open;
  const author = namePerson(authorUuid, known.people);
  return { life: open, title, isQueued, destination: destinationBranch, author };
}

/** Opened since the version was read, it is not there yet. */
async function readEnded(
  { workspace }: WorkspaceVersion,
  pullRequests: EndedPullRequests,
  { repositoryUuid, number }: DeployIdParts,
): Promise<Told | null> {
  const stored = await pullRequests.get(workspace.uuid, repositoryUuid, number);
  if (stored === null || stored.state === 'OPEN') return null;
  const { title, isQueued, author, destination } = stored;
  return {
    life: toLife(stored, await pullRequests.listActivities(workspace.uuid, repositoryUuid, number)),
    ...{ title, isQueued, destination: destination.branch },
    author: author === null ? null : { uuid: author.uuid, displayName: author.displayName },
  };
}

function buildTimeLine(
  version: WorkspaceVersion,
  key: DeployIdParts,
  { told, merged, open }: Telling,
): PullRequestTimeLine {
  const { known, systems, now } = version;
  const { life, title, isQueued, author, destination } = told;
  const { state, isDraft, firstCommitAt, openedAt, mergedAt } = life;
  const names = { systems, people: known.people };
  const openItem = open === null ? null : toOpenItem(open, { names, ignored: known.ignored, now });
  return {
    ...{ number: key.number, title, state, draft: isDraft, queued: isQueued, firstCommitAt, openedAt, mergedAt },
    ...{ url: systems.toPullRequestUrl(key.repositoryUuid, key.number), author, destination },
    ...tellHistory(version, { life, deployment: merged?.row.deployment ?? merged?.later ?? null }),
    ...(open === null ? {} : { waitsIn: findWait(open, { ignored: known.ignored, now }) }),
    usual: findUsual(version, key.repositoryUuid),
    item: merged === null ? openItem : toMergedItem(merged, names),
    corrections: known.corrections
      .filter(({ subject, undoneAt }) => undoneAt === null && subject === formatDeployId(key))
      .map(({ id }) => id),
  };
}

function toLife(stored: StoredPullRequest, activities: readonly StoredActivity[]): PullRequestHistory {
  const { state, isDraft, firstCommitAt, openedAt, mergedAt } = stored;
  const ended = activities.findLast((activity) => activity.kind === 'update' && activity.state === state)?.at ?? null;
  const isClosed = state === 'DECLINED' || state === 'SUPERSEDED';
  return {
    ...{ state, isDraft, firstCommitAt, openedAt, mergedAt },
    authorUuid: stored.author?.uuid ?? null,
    closedAt: isClosed ? (ended ?? stored.closedAt) : null,
    activities: applyStanding(
      activities.map(({ actor, ...activity }) => ({ ...activity, actorUuid: actor?.uuid ?? null })),
      stored.standing,
    ),
  };
}

/** As it counts; where a correction leaves it out, as it came. `null`: it is not merged, or a rule leaves it out. */
async function findMerged({ merges, known }: WorkspaceVersion, asked: DeployIdParts): Promise<DerivedMerge | null> {
  const isRaw = listLeftOut(known, { isRaw: false }).has(formatDeployId(asked));
  const [merge = null] = await merges.read([asked], { isRaw });
  return merge;
}

interface Telling {
  readonly told: Told;
  /** `null`: it is not merged, or a rule leaves it out. */
  readonly merged: DerivedMerge | null;
  /** `null`: it is not open. */
  readonly open: OpenPullRequest | null;
}

interface Lived {
  readonly life: PullRequestHistory;
  readonly deployment: Deployment | null;
}

function tellHistory({ known, now }: WorkspaceVersion, { life, deployment }: Lived) {
  const deployedAt = deployment?.createdAt ?? null;
  const context = { ignored: known.ignored, deployedAt, endAt: findEnd(life, now) };
  const spans = toPhaseSpans(life, context);
  const leftOut = new Set(known.settings.exclusions.people);
  const toPerson = (uuid: string | null) => namePerson(uuid, known.people);
  return {
    deployment: deployment === null ? null : { deployId: deployment.deployId, at: deployment.createdAt },
    spans,
    seconds: toPhaseSeconds(spans),
    waitsIn: findPresentPhase(life, context),
    events: listEvents(life, { ignored: known.ignored, leftOut, deployedAt, toPerson }),
  };
}

/** Up to when a life is told: of a merge that nobody can date, as far as anything is known of it. */
function findEnd({ state, mergedAt, openedAt, activities }: PullRequestHistory, now: Instant): Instant {
  return state === 'MERGED' && mergedAt === null ? Math.max(openedAt, ...activities.map(({ at }) => at)) : now;
}

function findUsual({ known, now }: WorkspaceVersion, repositoryUuid: string): PullRequestTimeLine['usual'] {
  const { timezone } = known.settings;
  const startAt = findDayStart(findLocalDay(now, timezone) + 1 - usualDays, timezone);
  return computePhaseMedians(known.corrected, { system: repositoryUuid, startAt, endAt: now + 1 });
}
