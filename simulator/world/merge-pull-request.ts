import { addCommit, isAncestor } from './commit-graph';
import { toWholeSecond } from './working-time';
import type { Commit, Instant, MergeStrategy, PullRequest, Repository, Size } from './model';

export interface Merge {
  readonly strategy: MergeStrategy;
  readonly at: Instant;
  readonly byUuid: string | null;
  readonly rawAuthor: string;
}

/** Where the destination branch stood before and after, and what the merge put on it. */
export interface MergeResult {
  readonly oldHead: string;
  readonly newHead: string;
  readonly added: readonly Commit[];
  readonly isSourceDeleted: boolean;
}

/** Merges an open pull request, moves the branches and writes the activity; throws when it cannot be fast-forwarded. */
export function mergePullRequest(repository: Repository, pullRequest: PullRequest, merge: Merge): MergeResult {
  const oldHead = repository.branches.get(pullRequest.destination.branch);
  if (oldHead === undefined || pullRequest.state !== 'OPEN') {
    throw new Error(`Pull request ${pullRequest.id} cannot be merged.`);
  }
  const added = addMergedCommits(repository, { pullRequest, merge, oldHead });
  const newHead = added.at(-1)?.hash ?? oldHead;
  repository.branches.set(pullRequest.destination.branch, newHead);
  pullRequest.destination.hash = oldHead;
  pullRequest.state = 'MERGED';
  pullRequest.isDraft = false;
  pullRequest.isQueued = false;
  pullRequest.mergeHash = newHead;
  pullRequest.closedByUuid = merge.byUuid;
  pullRequest.updatedAt = merge.at;
  pullRequest.activities.push({
    kind: 'update',
    at: merge.at,
    actorUuid: merge.byUuid,
    state: 'MERGED',
    sourceHash: pullRequest.source.hash,
    destinationHash: oldHead,
    title: pullRequest.title,
    isDraft: false,
  });
  const isSourceDeleted = pullRequest.closeSourceBranch && pullRequest.source.fork === null;
  if (isSourceDeleted) {
    repository.branches.delete(pullRequest.source.branch);
  }
  return { oldHead, newHead, added, isSourceDeleted };
}

interface Situation {
  readonly pullRequest: PullRequest;
  readonly merge: Merge;
  readonly oldHead: string;
}

function addMergedCommits(repository: Repository, situation: Situation): Commit[] {
  switch (situation.merge.strategy) {
    case 'merge_commit':
      return [addMergeCommit(repository, situation)];
    case 'squash':
      return [addSquashCommit(repository, situation)];
    case 'fast_forward':
      return fastForward(repository, situation);
    case 'rebase':
      return rebase(repository, situation);
  }
}

function addMergeCommit(repository: Repository, { pullRequest, merge, oldHead }: Situation): Commit {
  const at = toWholeSecond(merge.at);
  return addCommit(repository, {
    parents: [oldHead, pullRequest.source.hash],
    authorUuid: merge.byUuid,
    rawAuthor: merge.rawAuthor,
    authoredAt: at,
    committedAt: at,
    message: `Merged in ${pullRequest.source.branch} (pull request #${pullRequest.id})\n\n${pullRequest.title}\n`,
    size: { linesAdded: 0, linesRemoved: 0, files: 0 },
  });
}

function addSquashCommit(repository: Repository, { pullRequest, merge, oldHead }: Situation): Commit {
  const at = toWholeSecond(merge.at);
  const head = repository.commits.get(pullRequest.source.hash);
  return addCommit(repository, {
    parents: [oldHead],
    authorUuid: head?.authorUuid ?? null,
    rawAuthor: head?.rawAuthor ?? merge.rawAuthor,
    authoredAt: at,
    committedAt: at,
    message: `${pullRequest.title} (pull request #${pullRequest.id})\n`,
    size: sumSizes(commitsOf(repository, pullRequest)),
  });
}

function fastForward(repository: Repository, { pullRequest, oldHead }: Situation): Commit[] {
  const startsAtHead = repository.commits.get(pullRequest.commits[0] ?? '')?.parents.includes(oldHead) === true;
  if (!startsAtHead && !isAncestor(repository, oldHead, pullRequest.source.hash)) {
    throw new Error(`Pull request ${pullRequest.id} cannot be fast-forwarded: its branch is behind.`);
  }
  return commitsOf(repository, pullRequest);
}

function rebase(repository: Repository, { pullRequest, merge, oldHead }: Situation): Commit[] {
  let parent = oldHead;
  return commitsOf(repository, pullRequest)
    .filter((commit) => commit.parents.length < 2)
    .map((commit) => {
      const { authorUuid, rawAuthor, authoredAt, message, size } = commit;
      const committedAt = toWholeSecond(merge.at);
      const copy = addCommit(repository, {
        parents: [parent],
        authorUuid,
        rawAuthor,
        authoredAt,
        committedAt,
        message,
        size,
      });
      parent = copy.hash;
      return copy;
    });
}

/** Its commits, oldest first. */
export function commitsOf(repository: Repository, pullRequest: PullRequest): Commit[] {
  return pullRequest.commits.flatMap((hash) => repository.commits.get(hash) ?? []);
}

export function sumSizes(commits: readonly Commit[]): Size {
  return {
    linesAdded: commits.reduce((sum, { size }) => sum + size.linesAdded, 0),
    linesRemoved: commits.reduce((sum, { size }) => sum + size.linesRemoved, 0),
    files: commits.reduce((most, { size }) => Math.max(most, size.files), 1),
  };
}
