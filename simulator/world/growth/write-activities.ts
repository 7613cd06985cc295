import { writePath, writeRemark } from './words';
import { minute } from '../working-time';
import type { Chance } from '../random';
import type { Account, Act, CommentActivity, Instant, Repository, UpdateActivity } from '../model';
import type { PullRequestPlan, RepositoryPlan } from './pull-request-plan';
import type { BranchStory } from './write-commits';

/** The activities before the closing, oldest first, and who was asked for a review. */
export interface ReviewStory {
  readonly activities: Act[];
  readonly reviewerUuids: string[];
}

export function writeActivities(
  repository: Repository,
  world: { readonly plan: RepositoryPlan; readonly chance: Chance },
  from: { readonly plan: PullRequestPlan; readonly story: BranchStory },
): ReviewStory {
  const { chance } = world;
  const end = from.plan.closedAt ?? world.plan.now;
  const reviewers = drawReviewers(world.plan, chance, from.plan);
  const activities: Act[] = toUpdates(from, chance, end);
  for (const reviewer of reviewers) {
    activities.push(...review(repository, chance, { reviewer, from: from.plan.openedAt, to: end }));
  }
  if (from.plan.author !== null && activities.length > 3 && chance.happens(0.5)) {
    activities.push(
      writeComment(repository, chance, { actor: from.plan.author, at: drawBetween(chance, from.plan.openedAt, end) }),
    );
  }
  const reviewerUuids = reviewers.filter(() => chance.happens(0.85)).map(({ uuid }) => uuid);
  return { activities: activities.sort((one, other) => one.at - other.at), reviewerUuids };
}

function drawReviewers(plan: RepositoryPlan, chance: Chance, pullRequest: PullRequestPlan): Account[] {
  const wanted = pullRequest.kind === 'feature' ? chance.pick([0, 1, 1, 1, 2, 2, 3]) : chance.pick([0, 1, 1]);
  const others = plan.authors.filter(({ uuid }) => uuid !== pullRequest.author?.uuid);
  const drawn = new Set<Account>();
  for (let index = 0; index < wanted && others.length > 0; index += 1) {
    drawn.add(chance.pick(others));
  }
  if (pullRequest.author?.kind === 'user' && chance.happens(0.04)) {
    drawn.add(pullRequest.author); // People approve their own pull requests.
  }
  return [...drawn];
}

/** One update at the opening (now and then two, 46 ms apart) and one a push. */
function toUpdates(
  from: { readonly plan: PullRequestPlan; readonly story: BranchStory },
  chance: Chance,
  end: Instant,
): UpdateActivity[] {
  const { plan, story } = from;
  const updates = story.pushes.map(({ at, hash }, index): UpdateActivity => {
    const isDraft = plan.isDraft && index === 0;
    return toUpdate(plan, { at: Math.min(at, end - 1), sourceHash: hash, isDraft });
  });
  const first = updates[0];
  return first !== undefined && chance.happens(0.02)
    ? [first, { ...first, at: first.at + 46 }, ...updates.slice(1)]
    : updates;
}

function toUpdate(
  plan: PullRequestPlan,
  change: Pick<UpdateActivity, 'at' | 'sourceHash' | 'isDraft'>,
): UpdateActivity {
  const actorUuid = plan.author?.uuid ?? null;
  return { kind: 'update', actorUuid, state: 'OPEN', destinationHash: null, title: plan.title, ...change };
}

function review(
  repository: Repository,
  chance: Chance,
  by: { readonly reviewer: Account; readonly from: Instant; readonly to: Instant },
): Act[] {
  const activities: Act[] = [];
  const startsAt = by.from + (by.to - by.from) * (0.1 + 0.5 * chance.next());
  const remarks = chance.pick([0, 0, 1, 1, 2, 4]);
  for (let index = 0; index < remarks; index += 1) {
    activities.push(writeComment(repository, chance, { actor: by.reviewer, at: drawBetween(chance, startsAt, by.to) }));
  }
  if (chance.happens(0.1)) {
    activities.push({ kind: 'changes_request', at: Math.floor(startsAt), actorUuid: by.reviewer.uuid });
  }
  if (chance.happens(0.85)) {
    activities.push({ kind: 'approval', at: drawBetween(chance, startsAt, by.to), actorUuid: by.reviewer.uuid });
  }
  return activities;
}

/** At least a second before the end, so that no review falls on the merge. */
function drawBetween(chance: Chance, from: Instant, to: Instant): Instant {
  return Math.floor(Math.max(from, from + chance.next() * (to - from) - 1000));
}

export function writeComment(
  repository: Repository,
  chance: Chance,
  from: { readonly actor: Account; readonly at: Instant },
): CommentActivity {
  const id = repository.nextCommentId;
  repository.nextCommentId += 1;
  const line = chance.between(1, 300);
  const to = chance.happens(0.9) ? line : null;
  const isOnDeletedLine = to === null && chance.happens(0.5);
  const inline = chance.happens(0.7) ? { path: writePath(chance), from: isOnDeletedLine ? line : null, to } : null;
  return {
    kind: 'comment',
    at: from.at,
    updatedAt: from.at + (chance.happens(0.05) ? 12 * minute : 0),
    actorUuid: from.actor.uuid,
    id,
    text: writeRemark(chance),
    isDeleted: chance.happens(0.04),
    inline,
  };
}
