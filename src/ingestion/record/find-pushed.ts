import { findPushedCommits, type EarlierList, type PushedCommits } from '../../domain/commits/find-pushed-commits';
import { isSameCommit } from '../../domain/commits/same-commit';
import type { Stores } from '../../store/stores';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';

/** Whose commits. */
export interface CommitsOf {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly snapshot: Pick<PullRequestSnapshot, 'number' | 'state' | 'mergeHash' | 'source' | 'destination'>;
}

const nothing: PushedCommits = { commits: [], isComplete: false };

/**
 * What notices of pushes told of the commits of a pull request. On the destination before is what was pushed there
 * before the merge, and what the walk of the default branch met. Pushes to a fork are told to nobody.
 */
export async function findPushed(stores: Stores, of: CommitsOf): Promise<PushedCommits> {
  const { workspace, repositoryUuid, snapshot } = of;
  const { source, destination } = snapshot;
  const isOwn = source.repositoryUuid === null || source.repositoryUuid === repositoryUuid;
  if (source.branch === null || source.hash === null || !isOwn) return nothing;
  const pushes = await stores.pushes.list(workspace, repositoryUuid, source.branch);
  if (pushes.length === 0) return nothing;
  const base = await loadBase(stores, of, pushes.flatMap(toHashes));
  const isBase = (hash: string): boolean =>
    base.has(hash) || (!isSameCommit(destination.hash, source.hash) && isSameCommit(hash, destination.hash));
  return findPushedCommits({ head: source.hash, pushes, isBase, earlier: await loadEarlier(stores, of) });
}

async function loadEarlier(
  { pullRequests }: Stores,
  { workspace, repositoryUuid, snapshot }: CommitsOf,
): Promise<EarlierList | null> {
  const stored = await pullRequests.get(workspace, repositoryUuid, snapshot.number);
  if (stored === null || stored.commitsHead === null || stored.commitsState !== 'complete') return null;
  return {
    head: stored.commitsHead,
    commits: await pullRequests.listCommits(workspace, repositoryUuid, snapshot.number),
  };
}

async function loadBase(
  stores: Stores,
  { workspace, repositoryUuid, snapshot }: CommitsOf,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { branch } = snapshot.destination;
  if (branch === null) return new Set();
  const pushes = await stores.pushes.list(workspace, repositoryUuid, branch);
  const earlier = pushes.filter(({ newHash }) => !isSameCommit(newHash, snapshot.mergeHash));
  const { defaultBranch = null } = (await stores.repositories.get(workspace, repositoryUuid)) ?? {};
  const walked = branch === defaultBranch ? await stores.commits.pickKnown(workspace, repositoryUuid, hashes) : [];
  return new Set([...earlier.flatMap(toHashes), ...walked]);
}

function toHashes(push: {
  readonly commits: readonly { readonly hash: string; readonly parents: readonly string[] | null }[];
}): string[] {
  return push.commits.flatMap(({ hash, parents }) => [hash, ...(parents ?? [])]);
}
