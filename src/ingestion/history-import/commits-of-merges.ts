import { findArrival, isFastForward, listChanges } from '../../domain/pull-requests/commit-list';
import { resolveHash, type CommitGraph } from '../../domain/commits/commit-graph';
import { findCommitsOfMerge } from '../../domain/commits/find-commits-of-merge';
import { isSameCommit } from '../../domain/commits/same-commit';
import type { Commit } from '../../domain/commits/commit';
import type { Transaction } from '../../store/database/transaction';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { toMergeCommitTimes } from '../record/merge-times';
import { recordFacts } from '../record/recorder';
import type { ImportStep } from './import-step';

type Answer = ReturnType<typeof findCommitsOfMerge>['kind'];

/**
 * What the walked history says of the commits of a merged pull request. Only a merge commit whose second parent is the
 * head of the branch is taken at its word: a fast-forward may end in a merge commit of the branch itself.
 */
function findCommits(graph: CommitGraph, wanted: StoredPullRequest): { kind: Answer; commits: readonly Commit[] } {
  if (wanted.mergeHash === null || isFastForward(wanted)) return noTrueMerge;
  const found = findCommitsOfMerge(graph, wanted.mergeHash);
  if (found.kind !== 'found') return { kind: found.kind, commits: [] };
  return isMergeOf(found.merge, wanted.source.hash) ? found : noTrueMerge;
}

const noTrueMerge = { kind: 'single_parent', commits: [] } as const;

/** Of a deleted fork Bitbucket no longer tells the head. */
function isMergeOf(merge: Commit, head: string | null): boolean {
  return head === null || isSameCommit(merge.parents?.[1] ?? null, head);
}

/** Those of the wanted that may be true merges, and whose commits the loaded part of the history cannot prove. */
export function listUnknown(graph: CommitGraph, wanted: readonly StoredPullRequest[]): StoredPullRequest[] {
  return wanted.filter((one) => findCommits(graph, one).kind === 'unknown');
}

/** Writes the commits of all true merges that the walk has proved, and the dates of the merge commits it met. */
export async function recordWalked(
  { stores, clock, workspace, repositoryUuid }: ImportStep,
  { graph, wanted, tx }: { graph: CommitGraph; wanted: readonly StoredPullRequest[]; tx: Transaction },
): Promise<void> {
  const rows = wanted.flatMap((one) => {
    const found = findCommits(graph, one);
    if (found.kind !== 'found') return [];
    const commits = listChanges(found.commits, one).map(({ hash, authoredAt }) => ({ hash, authoredAt }));
    const row = { number: one.number, head: one.source.hash, isComplete: true, seenAt: findArrival(one, clock.now()) };
    return commits.length === 0 ? [] : [{ ...row, commits }];
  });
  const times = wanted.flatMap(({ number, mergeHash }) => {
    const merge = mergeHash === null ? null : resolveHash(graph, mergeHash);
    return toMergeCommitTimes(number, merge?.authoredAt ?? null, clock.now());
  });
  await recordFacts(stores, { workspace, repositoryUuid, tx }, { commits: rows, mergeTimes: times });
}
