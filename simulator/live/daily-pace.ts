import type { Instant, PullRequest, Repository, World } from '../world/model';

const dayMs = 86_400_000;
const usualDays = 28;
/** A day may be a busy one, and no more: a chart of months must not be crushed by what a demonstration adds. */
const busiest = 1.3;
const fewest = 2;

/** How many pull requests are merged on a busy day of the four weeks before. */
export function findDailyMerges(world: World, now: Instant): number {
  const merged = listPullRequests(world).filter((one) => isMergedWithin(one, now - usualDays * dayMs, now)).length;
  return Math.max(fewest, Math.ceil((busiest * merged) / usualDays));
}

/** Whether one more may be merged now: counted over the last 24 hours, so that no day gets more than a busy one. */
export function mayMerge(world: World, { now, most }: { readonly now: Instant; readonly most: number }): boolean {
  return listPullRequests(world).filter((one) => isMergedWithin(one, now - dayMs, now)).length < most;
}

/** Those that are open and could go on: what happens live goes on with these, so that all ages are real ones. */
export function listRunning(world: World): { readonly repository: Repository; readonly pullRequest: PullRequest }[] {
  return [...(world.workspaces[0]?.repositories.values() ?? [])].flatMap((repository) =>
    [...repository.pullRequests.values()]
      .filter(({ state, isDraft, isQueued }) => state === 'OPEN' && !isDraft && !isQueued)
      .map((pullRequest) => ({ repository, pullRequest })),
  );
}

function listPullRequests(world: World): PullRequest[] {
  return [...(world.workspaces[0]?.repositories.values() ?? [])].flatMap(({ pullRequests }) => [
    ...pullRequests.values(),
  ]);
}

function isMergedWithin({ state, activities }: PullRequest, from: Instant, to: Instant): boolean {
  if (state !== 'MERGED') return false;
  const at = activities.findLast((one) => one.kind === 'update' && one.state === 'MERGED')?.at;
  return at !== undefined && at > from && at <= to;
}
