import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { Page } from '../../bitbucket/pages';
import type { Commit } from '../../domain/commit';
import type { PullRequestSnapshot } from '../../domain/pull-request';
import type { Instant } from '../../domain/instant';

export interface CommitEntry {
  /** Full hash. */
  readonly hash: string;
  readonly authoredAt: Instant;
}

/** The commits of a pull request as far as they could be read. */
export interface CommitsReading {
  readonly commits: readonly CommitEntry[];
  /** False when they cannot be read any more: the branch is gone and no merge commit leads to them. */
  readonly isComplete: boolean;
  /** Date of the commit that merged it, where it had to be read. */
  readonly mergeCommitAt: Instant | null;
}

/** Whose commits. */
export interface CommitsOf {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly snapshot: Pick<PullRequestSnapshot, 'number' | 'state' | 'mergeHash' | 'source'>;
}

/** Hashes inside pull requests are cut (12, sometimes 39 characters), elsewhere whole. */
export function isSameCommit(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one.length < 7 || other.length < 7) return false;
  return one.startsWith(other) || other.startsWith(one);
}

/** In a fast-forward the head of the branch is the merge: it is a change, and its parents say nothing of the merge. */
export function isFastForward(snapshot: CommitsOf['snapshot']): boolean {
  return isSameCommit(snapshot.mergeHash, snapshot.source.hash);
}

/** Each commit once, without the commit that merged the pull request (Bitbucket lists it for some merges). */
export function toChanges(listed: readonly CommitEntry[], snapshot: CommitsOf['snapshot']): CommitEntry[] {
  const mergeHash = isFastForward(snapshot) ? null : snapshot.mergeHash;
  const byHash = new Map(listed.map((commit) => [commit.hash, commit]));
  return [...byHash.values()].filter((commit) => !isSameCommit(commit.hash, mergeHash));
}

/** Looks a merge commit up where it costs nothing: in the walked history. */
export type FindCommit = (hash: string) => Promise<Commit | null>;

/**
 * Asks Bitbucket for the commits of one pull request: its own list while the branch exists, else what its merge
 * commit brought in (definitions, section 3.1). One request, up to three where the branch is gone.
 */
export async function readCommits(api: BitbucketApi, of: CommitsOf, findWalked: FindCommit): Promise<CommitsReading> {
  const { workspace, repositoryUuid, snapshot } = of;
  const listed = toChanges(await api.listPullRequestCommits(workspace, repositoryUuid, snapshot.number), snapshot);
  if (listed.length > 0) return { commits: listed, isComplete: true, mergeCommitAt: null };
  return readFromMerge(api, of, findWalked);
}

const nothing: CommitsReading = { commits: [], isComplete: false, mergeCommitAt: null };

async function readFromMerge(api: BitbucketApi, of: CommitsOf, findWalked: FindCommit): Promise<CommitsReading> {
  const { workspace, repositoryUuid, snapshot } = of;
  if (snapshot.state !== 'MERGED' || snapshot.mergeHash === null) return nothing;
  const walked = await findWalked(snapshot.mergeHash);
  const merge = walked ?? (await api.getCommit(workspace, repositoryUuid, snapshot.mergeHash));
  if (merge === null) return nothing;
  const commits = isFastForward(snapshot) ? [] : await readBroughtIn(api, of, merge.parents ?? []);
  return { commits: toChanges(commits, snapshot), isComplete: commits.length > 0, mergeCommitAt: merge.authoredAt };
}

/** What is reachable from the second parent and not from the first; nothing where there is no second. */
async function readBroughtIn(api: BitbucketApi, of: CommitsOf, parents: readonly string[]): Promise<CommitEntry[]> {
  const [first, second] = parents;
  if (first === undefined || second === undefined) return [];
  const commits: CommitEntry[] = [];
  let cursor: string | null = null;
  do {
    const options = { include: second, exclude: first, cursor, purpose: 'merge_commits' as const };
    const page: Page<Commit> = await api.listCommits(of.workspace, of.repositoryUuid, options);
    commits.push(...page.items.map(({ hash, authoredAt }) => ({ hash, authoredAt })));
    cursor = page.next;
  } while (cursor !== null);
  return commits;
}
