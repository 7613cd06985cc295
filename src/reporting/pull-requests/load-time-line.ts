import { findDayStart, findLocalDay } from '../../domain/calendar/time-zone';
import type { Instant } from '../../domain/instant';
import type { Deployment } from '../../domain/deployments/deployment';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { findPresentPhase, toPhaseSeconds, toPhaseSpans } from '../../domain/reviews/phase-ledger';
import type { PullRequestLife } from '../../domain/pull-requests/pull-request-life';
import { applyStanding } from '../../domain/pull-requests/standing';
import type { ReviewedPullRequest } from '../../domain/reviews/review-digest';
import type { StoredAct } from '../../store/pull-requests/act-rows';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { Stores } from '../../store/stores';
import type { DeliveryFacts } from '../facts/delivery-facts';
import type { Loader, Material } from '../facts/workspace-material';
import { toMergedItem } from '../reviews/pull-request-rows';
import { toOpenItem } from '../reviews/work-in-progress';
import type { PullRequestTimeLine } from './time-line';
import { listEvents } from './time-line-events';
import { findUsualPhases } from './usual-phases';

/** What is usual is that of the last 90 days to today. */
const usualDays = 90;

export interface Asked {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly number: number;
}

/**
 * One pull request's whole life, whatever became of it, beside what is usual in its repository. Also one that a
 * correction or a rule leaves out of the numbers has its time line.
 */
export async function loadTimeLine(
  { pullRequests }: Pick<Stores, 'pullRequests'>,
  loader: Loader,
  { workspace, repositoryUuid, number }: Asked,
): Promise<PullRequestTimeLine | null> {
  const stored = await pullRequests.get(workspace, repositoryUuid, number);
  if (stored === null) return null;
  const [acts, material] = await Promise.all([
    pullRequests.listActs(workspace, repositoryUuid, number),
    loader.load(workspace),
  ]);
  const life = toLife(stored, acts);
  const found = stored.mergedAt === null ? null : findMerged(material, { repositoryUuid, number });
  const item = found === null ? await findOpenItem(loader, material, { repositoryUuid, number }) : null;
  return {
    ...toWhole(material, { stored, repositoryUuid }),
    ...toCourse(material, { life, deployment: found?.deployment ?? null, now: loader.clock.now() }),
    usual: findUsual(material, repositoryUuid, loader.clock.now()),
    item: found === null ? item : toMergedItem(found.pullRequest, toNames(material)),
    corrections: material.known.material.corrections
      .filter(({ subject }) => subject === formatDeployId({ repositoryUuid, number }))
      .map(({ id }) => id),
  };
}

function toLife(stored: StoredPullRequest, acts: readonly StoredAct[]): PullRequestLife {
  const { state, isDraft, firstCommitAt, openedAt, mergedAt } = stored;
  const ended = acts.findLast((act) => act.kind === 'update' && act.state === state)?.at ?? null;
  const isClosed = state === 'DECLINED' || state === 'SUPERSEDED';
  return {
    ...{ state, isDraft, firstCommitAt, openedAt, mergedAt },
    authorUuid: stored.author?.uuid ?? null,
    closedAt: isClosed ? (ended ?? stored.closedAt) : null,
    acts: applyStanding(
      acts.map(({ actor, ...act }) => ({ ...act, actorUuid: actor?.uuid ?? null })),
      stored.standing,
    ),
  };
}

interface Merged {
  readonly pullRequest: ReviewedPullRequest;
  readonly deployment: Deployment | null;
}

/** As it counts; where a correction leaves it out, as it came. `null`: it is not merged, or a rule leaves it out. */
function findMerged({ known }: Material, asked: Omit<Asked, 'workspace'>): Merged | null {
  return findAmong(known.corrected, asked) ?? findAmong(known.getRaw(), asked);
}

function findAmong(facts: DeliveryFacts, { repositoryUuid, number }: Omit<Asked, 'workspace'>): Merged | null {
  const pullRequest = facts.merged.find((one) => one.number === number && one.repositoryUuid === repositoryUuid);
  if (pullRequest === undefined) return null;
  const id = formatDeployId(pullRequest);
  const own = facts.deployments.find(({ deployId }) => deployId === id);
  return { pullRequest, deployment: own ?? facts.laterDeployments.get(pullRequest) ?? null };
}

async function findOpenItem(loader: Loader, material: Material, asked: Omit<Asked, 'workspace'>) {
  const open = await loader.loadOpen(material);
  const found = open.find((one) => one.number === asked.number && one.repositoryUuid === asked.repositoryUuid);
  const { ignored } = material.known;
  return found === undefined ? null : toOpenItem(found, { names: toNames(material), ignored, now: loader.clock.now() });
}

function toNames({ systems, known }: Material) {
  return { systems, people: known.people };
}

function toWhole(
  { systems }: Material,
  { stored, repositoryUuid }: { stored: StoredPullRequest; repositoryUuid: string },
) {
  const { number, title, state, isDraft, isQueued, author, firstCommitAt, openedAt, mergedAt } = stored;
  return {
    ...{ number, title, state, draft: isDraft, queued: isQueued, firstCommitAt, openedAt, mergedAt },
    url: systems.toPullRequestUrl(repositoryUuid, number),
    author: author === null ? null : { uuid: author.uuid, displayName: author.displayName },
    destination: stored.destination.branch,
  };
}

interface Course {
  readonly life: PullRequestLife;
  readonly deployment: Deployment | null;
  readonly now: Instant;
}

function toCourse({ known }: Material, { life, deployment, now }: Course) {
  const deployedAt = deployment?.createdAt ?? null;
  const context = { ignored: known.ignored, deployedAt, endAt: findEnd(life, now) };
  const spans = toPhaseSpans(life, context);
  const leftOut = new Set(known.corrected.settings.exclusions.people);
  const toPerson = (uuid: string | null) =>
    uuid === null ? null : { uuid, displayName: known.people.get(uuid)?.displayName ?? null };
  return {
    deployment: deployment === null ? null : { deployId: deployment.deployId, at: deployment.createdAt },
    spans,
    seconds: toPhaseSeconds(spans),
    waitsIn: findPresentPhase(life, context),
    events: listEvents(life, { ignored: known.ignored, leftOut, deployedAt, toPerson }),
  };
}

/** Up to when a life is told: of a merge that nobody can date, as far as anything is known of it. */
function findEnd({ state, mergedAt, openedAt, acts }: PullRequestLife, now: Instant): Instant {
  return state === 'MERGED' && mergedAt === null ? Math.max(openedAt, ...acts.map(({ at }) => at)) : now;
}

function findUsual({ known }: Material, repositoryUuid: string, now: Instant): PullRequestTimeLine['usual'] {
  const { merged, settings } = known.corrected;
  const startAt = findDayStart(findLocalDay(now, settings.timezone) + 1 - usualDays, settings.timezone);
  return findUsualPhases(
    merged.filter((one) => one.repositoryUuid === repositoryUuid && one.mergedAt >= startAt && one.mergedAt <= now),
  );
}
