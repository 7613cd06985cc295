import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { collectPages } from '../../bitbucket/client/pages';
import type { Commit } from '../../domain/commits/commit';
import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import { holdsHead, isFastForward, listChanges } from '../../domain/pull-requests/commit-list';
import type { Instant } from '../../domain/instant';
import type { Stores } from '../../store/stores';
import { findPushed, type CommitsOf } from './find-pushed';

/** The commits of a pull request as far as they could be read. */
interface CommitsReading {
  readonly commits: readonly ListedCommit[];
  /**
   * False when they are not known to be all: the branch is gone and neither a merge commit nor pushes lead to them, or
   * one of them could not be understood.
   */
  readonly isComplete: boolean;
  /** The answer lags behind what is known already: asked again in a moment it may be another. */
  readonly isLate: boolean;
  /** Date of the commit that merged it, where it had to be read. */
  readonly mergeCommitAt: Instant | null;
}

/**
 * Asks Bitbucket for the commits of one pull request: its own list while the branch exists, else what its merge
 * commit brought in, else what its pushes told (docs/definitions.md, 3.3). One request, up to three where the branch
 * is gone. A list without the head of the branch is one of before the last push: it lags behind what is known.
 */
export async function readCommits(api: BitbucketApi, of: CommitsOf, stores: Stores): Promise<CommitsReading> {
  const { workspace, repositoryUuid, snapshot } = of;
  const listed = await api.listPullRequestCommits(workspace, repositoryUuid, snapshot.number);
  const changes = listChanges(listed.commits, snapshot);
  const hasHead = holdsHead(listed.commits, snapshot.source.hash);
  if (changes.length > 0 && hasHead) {
    return { commits: changes, isComplete: listed.isWhole, isLate: false, mergeCommitAt: null };
  }
  if (changes.length > 0 || snapshot.state !== 'MERGED') return readFromPushes(changes, of, stores);
  return readFromMerge(api, of, stores);
}

/** The list is of another head, or there is none yet: pushes may have told what it will say. */
async function readFromPushes(listed: readonly ListedCommit[], of: CommitsOf, stores: Stores): Promise<CommitsReading> {
  const pushed = await findPushed(stores, of);
  const commits = pushed.isComplete ? pushed.commits : listed;
  const { isComplete } = pushed;
  return { commits, isComplete, isLate: !isComplete && of.snapshot.source.hash !== null, mergeCommitAt: null };
}

async function readFromMerge(api: BitbucketApi, of: CommitsOf, stores: Stores): Promise<CommitsReading> {
  const { snapshot } = of;
  const merge = await findMerge(api, of, stores);
  const parents = merge === null || isFastForward(snapshot) ? [] : (merge.parents ?? []);
  const brought = await readBroughtIn(api, of, parents);
  const mergeCommitAt = merge?.authoredAt ?? null;
  const commits = listChanges(brought.commits, snapshot);
  if (commits.length > 0) return { commits, isComplete: brought.isWhole, isLate: false, mergeCommitAt };
  const pushed = await findPushed(stores, of);
  return { ...pushed, isLate: false, mergeCommitAt };
}

async function findMerge(api: BitbucketApi, of: CommitsOf, stores: Stores): Promise<Commit | null> {
  const { workspace, repositoryUuid, snapshot } = of;
  const { mergeHash } = snapshot;
  if (mergeHash === null) return null;
  const walked = await stores.commits.findByPrefix(workspace, repositoryUuid, mergeHash);
  return walked ?? api.getCommit(workspace, repositoryUuid, mergeHash);
}

/** What is reachable from the second parent and not from the first; nothing where there is no second. */
async function readBroughtIn(
  api: BitbucketApi,
  of: CommitsOf,
  parents: readonly string[],
): Promise<{ commits: ListedCommit[]; isWhole: boolean }> {
  const [exclude, include] = parents;
  if (exclude === undefined || include === undefined) return { commits: [], isWhole: true };
  const { items, unreadable } = await collectPages((cursor) =>
    api.listCommits(of.workspace, of.repositoryUuid, { include: [include], exclude, cursor, purpose: 'merge_commits' }),
  );
  const commits = items.map(({ hash, authoredAt }) => ({ hash, authoredAt }));
  return { commits, isWhole: unreadable.length === 0 };
}
