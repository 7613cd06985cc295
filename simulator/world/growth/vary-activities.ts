import { writeComment } from './write-activities';
import { day, minute } from '../working-time';
import type { Chance } from '../random';
import type { Act, CommentActivity, PullRequest, Repository, UpdateActivity } from '../model';
import type { RepositoryPlan } from './pull-request-plan';

/**
 * What the first telling leaves out: drafts that are marked as ready, bots that comment, open work in every phase and
 * of every age. Told last, so that all that was drawn before stays as it is.
 */
export function varyActivities(repository: Repository, plan: RepositoryPlan, chance: Chance): void {
  for (const pullRequest of repository.pullRequests.values()) {
    reopen(repository, plan, { pullRequest, chance });
    if (pullRequest.state === 'OPEN') leaveUnderWay(repository, { pullRequest, chance });
    else markReady(pullRequest, chance);
    letBotsComment(repository, plan, { pullRequest, chance });
    pullRequest.activities.sort((one, other) => one.at - other.at);
    pullRequest.updatedAt = Math.max(pullRequest.createdAt, pullRequest.activities.at(-1)?.at ?? 0);
  }
}

interface Telling {
  readonly pullRequest: PullRequest;
  readonly chance: Chance;
}

/** Some that were declined within a year, and whose branch was kept, were only forgotten. */
function reopen(repository: Repository, plan: RepositoryPlan, { pullRequest, chance }: Telling): void {
  const isKept = repository.branches.has(pullRequest.source.branch) && pullRequest.source.fork === null;
  const isForgotten = pullRequest.state === 'DECLINED' && isKept && pullRequest.createdAt > plan.now - 360 * day;
  if (!isForgotten || !chance.happens(0.3)) return;
  pullRequest.state = 'OPEN';
  pullRequest.closedByUuid = null;
  pullRequest.reason = '';
  pullRequest.activities = pullRequest.activities.filter(
    (activity) => activity.kind !== 'update' || activity.state === 'OPEN',
  );
}

/** A third is untouched or only talked about, a quarter reviewed and not approved; what is a draft stays one. */
function leaveUnderWay(repository: Repository, { pullRequest, chance }: Telling): void {
  const stage = chance.next();
  const isKept = (activity: Act): boolean => {
    if (activity.kind === 'update') return true;
    if (stage < 0.2) return false;
    if (stage < 0.35) return activity.kind === 'comment' && activity.inline === null;
    return stage > 0.6 || activity.kind !== 'approval';
  };
  pullRequest.activities = pullRequest.activities.filter(isKept).map((activity) => {
    return activity.kind === 'update' && pullRequest.isDraft ? { ...activity, isDraft: true } : activity;
  });
  const reviewerUuid = pullRequest.reviewerUuids[0];
  const isReviewed = pullRequest.activities.some(
    (activity) => activity.kind === 'changes_request' || isInline(activity),
  );
  if (stage < 0.35 || stage > 0.6 || isReviewed || reviewerUuid === undefined) return;
  const last = pullRequest.activities.at(-1)?.at ?? pullRequest.createdAt;
  pullRequest.activities.push({ kind: 'changes_request', at: last + 1000, actorUuid: reviewerUuid });
  repository.updatedAt = Math.max(repository.updatedAt, last + 1000);
}

const isInline = (activity: Act): boolean => activity.kind === 'comment' && activity.inline !== null;
const isUpdate = (activity: Act): activity is UpdateActivity => activity.kind === 'update';

/** A draft is marked as ready between its opening and whatever was pushed next, or its end. */
function markReady(pullRequest: PullRequest, chance: Chance): void {
  const updates = pullRequest.activities.filter(isUpdate);
  const draft = updates.findLast(({ isDraft }) => isDraft);
  const next = updates.find(({ isDraft, at }) => !isDraft && draft !== undefined && at > draft.at);
  if (draft === undefined || next === undefined || next.at - draft.at < 2 * minute) return;
  const at = Math.floor(draft.at + minute + chance.next() * (next.at - draft.at - 2 * minute));
  pullRequest.activities.push({ ...draft, at, isDraft: false });
}

/** Right after the opening: how the build went, and from an account that looks like a person what is not covered. */
function letBotsComment(repository: Repository, plan: RepositoryPlan, { pullRequest, chance }: Telling): void {
  const [, pipeline, coverage] = plan.bots;
  const end =
    pullRequest.activities.find((activity) => isUpdate(activity) && activity.state !== 'OPEN')?.at ?? plan.now;
  const at = pullRequest.createdAt + chance.between(2, 9) * minute;
  if (at >= end - minute) return;
  const write = (actor: RepositoryPlan['bots'][number], text: string): CommentActivity => ({
    ...writeComment(repository, chance, { actor, at }),
    text,
    isDeleted: false,
    updatedAt: at,
  });
  if (pipeline !== undefined && chance.happens(0.1)) {
    pullRequest.activities.push({ ...write(pipeline, 'All 7 steps of the build passed.'), inline: null });
  }
  if (coverage !== undefined && chance.happens(0.06)) {
    const inline = { path: 'src/main.ts', from: null, to: chance.between(1, 200) };
    pullRequest.activities.push({ ...write(coverage, 'This line is not covered by a test.'), inline });
  }
}
