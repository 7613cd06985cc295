import { BitbucketUnavailable, isRefusal } from '../../bitbucket/client/errors';
import { buildCommitGraph, type CommitGraph } from '../../domain/commits/commit-graph';
import type { Commit } from '../../domain/commits/commit';
import { listReachable } from '../../domain/commits/list-reachable';
import { findArrival, listChanges } from '../../domain/pull-requests/commit-list';
import type { CommitRange } from '../../bitbucket/commits/read-commits';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { recordFacts } from '../record/recorder';
import { listUnknown, recordWalked } from './commits-of-merges';
import type { ImportStep } from './import-step';

/** So many heads fit well into one address. */
const mostHeads = 60;
/** Then other repositories take their turn: what lies further back is asked singly. */
const mostPages = 20;
/** A range that Bitbucket fails on so often in a row is left, and its pull requests are asked singly. */
const mostFailures = 2;

/**
 * Reads at once what the walk of the default branch cannot tell, and asking singly costs one to three requests each:
 * merges into other branches, and the branches of open pull requests. What this does not answer is asked singly.
 */
export async function readTogether(step: ImportStep): Promise<void> {
  const { stores, workspace, repositoryUuid } = step;
  const repository = await stores.repositories.get(workspace, repositoryUuid);
  const defaultBranch = repository?.defaultBranch ?? null;
  if (defaultBranch === null) return;
  await readOpenOnes(step, defaultBranch);
  await readMergesElsewhere(step, defaultBranch);
}

/** Only of our own branches: a fork's are not in this repository. */
async function readOpenOnes(step: ImportStep, defaultBranch: string): Promise<void> {
  const { stores, workspace, repositoryUuid } = step;
  const open = await stores.pullRequests.list(workspace, repositoryUuid, { state: 'OPEN' });
  const wanted = open.filter(
    ({ commitsState, source, destination }) =>
      commitsState === 'unread' && source.repositoryUuid === repositoryUuid && destination.branch === defaultBranch,
  );
  for (let from = 0; from < wanted.length; from += mostHeads) {
    const some = wanted.slice(from, from + mostHeads);
    const heads = some.flatMap(({ source }) => source.hash ?? []);
    const range = { include: heads, exclude: defaultBranch, purpose: 'commits' } as const;
    const outside = await listRange(step, range, some.length);
    if (outside?.isWhole === true) await recordOpenOnes(step, some, outside.commits);
  }
}

/** What a notice brought meanwhile is newer: those that were read, pushed to or merged since are left as they are. */
async function recordOpenOnes(
  { stores, clock, workspace, repositoryUuid }: ImportStep,
  asked: readonly StoredPullRequest[],
  outside: readonly Commit[],
): Promise<void> {
  const graph = buildCommitGraph({ commits: outside, isWhole: true });
  const heads = new Map(asked.map(({ number, source }) => [number, source.hash]));
  await stores.database.transaction(async (tx) => {
    const open = await stores.pullRequests.list(workspace, repositoryUuid, { state: 'OPEN' }, tx);
    const commits = open.flatMap((one) => {
      const head = one.source.hash;
      if (head === null || head !== heads.get(one.number) || one.commitsState !== 'unread') return [];
      const found = listChanges(listReachable(graph, head) ?? [], one);
      const changes = found.map(({ hash, authoredAt }) => ({ hash, authoredAt }));
      const row = { number: one.number, head, isComplete: true, seenAt: findArrival(one, clock.now()) };
      return changes.length === 0 ? [] : [{ ...row, commits: changes }];
    });
    await recordFacts(stores, { workspace, repositoryUuid, tx }, { commits });
  });
}

/**
 * Merges of which nothing leads to the default branch. With it, their history is a graph in which each commit stands
 * with all its children, so that the same proof holds as for the walk alone.
 */
async function readMergesElsewhere(step: ImportStep, defaultBranch: string): Promise<void> {
  const { stores, workspace, repositoryUuid } = step;
  const walked = await stores.commits.loadAll(workspace, repositoryUuid);
  const unread = await stores.pullRequests.list(workspace, repositoryUuid, { needs: 'commits' });
  const elsewhere = unread.filter(({ destination }) => destination.branch !== defaultBranch);
  const wanted = listUnknown(join(walked, []), elsewhere);
  const heads = wanted.slice(0, mostHeads).flatMap(({ mergeHash }) => mergeHash ?? []);
  const range = { include: heads, exclude: defaultBranch, purpose: 'merge_commits' } as const;
  const outside = await listRange(step, range, 2 * wanted.length);
  if (outside === null) return;
  const graph = join(walked, outside.commits);
  await stores.database.transaction(async (tx) => {
    const still = await stores.pullRequests.list(workspace, repositoryUuid, { needs: 'commits' }, tx);
    const numbers = new Set(wanted.map(({ number }) => number));
    await recordWalked(step, { graph, wanted: still.filter(({ number }) => numbers.has(number)), tx });
  });
}

const join = (walked: readonly Commit[], outside: readonly Commit[]): CommitGraph =>
  buildCommitGraph({ commits: [...walked, ...outside], isWhole: false });

/**
 * Newest first, as many pages as asking singly would cost requests at most. `null` where that is nothing, where
 * Bitbucket does not find one of the heads any more, or gives a commit that nobody understands.
 */
async function listRange(
  step: ImportStep,
  range: Omit<CommitRange, 'cursor'>,
  worth: number,
): Promise<{ commits: Commit[]; isWhole: boolean } | null> {
  if (range.include.length < 2) return null;
  const commits: Commit[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < Math.min(worth, mostPages); pages += 1) {
    const page = await askRange(step, { ...range, cursor });
    if (page === null || page.unreadable.length > 0) return null;
    commits.push(...page.items);
    cursor = page.next;
    if (cursor === null) return { commits, isWhole: true };
  }
  return { commits, isWhole: false };
}

async function askRange({ api, workspace, repositoryUuid, failures }: ImportStep, range: CommitRange) {
  try {
    return await api.listCommits(workspace, repositoryUuid, range);
  } catch (error) {
    const isIll = error instanceof BitbucketUnavailable && (error.status === 400 || failures >= mostFailures);
    if (isRefusal(error) || isIll) return null;
    throw error;
  }
}
