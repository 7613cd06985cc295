import type { NaiveActivity, NaiveReviewedMerge } from '../../test/support/naive/facts';
import type { ReferenceMerge } from './draw-merges';

/** A merge of the reference data as the second calculation wants it. */
export function toNaiveMerge(merge: ReferenceMerge): NaiveReviewedMerge {
  const { repository, number, title, sourceBranch, destinationBranch, openedAt, mergedAt, commits, teams } = merge;
  return {
    ...{ system: repository, number, title, sourceBranch, destinationBranch, openedAt, mergedAt, teams },
    changes: commits.map(({ hash, authoredAt }) => ({ changeId: hash, createdAt: authoredAt })),
    ...{ isComplete: true, isDeployment: true, isDraft: false, authorUuid: merge.author },
    firstCommitAt: Math.min(...commits.map(({ authoredAt }) => authoredAt)),
    linesChanged: merge.linesAdded + merge.linesRemoved,
    activities: merge.activities.map((activity) => toNaiveActivity(merge, activity)),
  };
}

function toNaiveActivity(
  { mergedAt }: ReferenceMerge,
  { kind, at, actor, id }: ReferenceMerge['activities'][number],
): NaiveActivity {
  const state = kind !== 'update' ? null : at === mergedAt ? 'MERGED' : 'OPEN';
  return {
    ...{ kind, at, actorUuid: actor, isInline: kind === 'comment' && id % 2 === 0, isDeleted: false, isGone: false },
    ...{ state, isDraft: kind === 'update' ? false : null },
  };
}
