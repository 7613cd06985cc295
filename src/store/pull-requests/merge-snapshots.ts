import {
  computePrecedence,
  pickNewer,
  pickNewestKnown,
  type Knowable,
} from '../../domain/pull-requests/merge-snapshots';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import { knowableFields, type KnowableField, type PullRequestRow, type SnapshotRow } from '../schema/pull-requests';
import type { RepositoryKey } from './pull-request-rows';
import { toReviewersText } from './reviewers-text';
import { toStandingText } from './standing-text';

/** A snapshot as the row it would be if nothing else were known. */
export function toSnapshotRow(key: RepositoryKey, snapshot: PullRequestSnapshot): SnapshotRow {
  const { number, title, state, isDraft, isQueued, openedAt, updatedAt } = snapshot;
  return {
    ...{ ...key, number, title, state, isDraft, isQueued, openedAt, updatedAt },
    seen: computePrecedence(snapshot),
    ...knowableOf(snapshot),
    ...allSeenWithTheRow,
  };
}

function knowableOf({ source, destination, ...snapshot }: PullRequestSnapshot): Pick<SnapshotRow, KnowableField> {
  return {
    author: snapshot.author?.uuid ?? null,
    closedAt: snapshot.closedAt,
    sourceBranch: source.branch,
    sourceHash: source.hash,
    sourceRepository: source.repositoryUuid,
    sourceFullName: source.repositoryFullName,
    destinationBranch: destination.branch,
    destinationHash: destination.hash,
    destinationRepository: destination.repositoryUuid,
    destinationFullName: destination.repositoryFullName,
    mergeHash: snapshot.mergeHash,
    diffstatUrl: snapshot.diffstatUrl,
    standing: toStandingText(snapshot.standing),
    reviewers: toReviewersText(snapshot.reviewers),
  };
}

const allSeenWithTheRow = Object.fromEntries(knowableFields.map((field) => [`${field}Seen`, null])) as {
  readonly [Field in KnowableField as `${Field}Seen`]: null;
};

/** Of a pull request of which only snapshots told. */
const nothingLearnt: Omit<PullRequestRow, keyof SnapshotRow> = {
  mergedByActivityAt: null,
  mergedByMergeCommitAt: null,
  mergedByClosedOnAt: null,
  mergedByNoticeAt: null,
  mergedAt: null,
  commitsHead: null,
  commitsState: 'unread',
  firstCommitAt: null,
  defaultBranchAtMerge: null,
  teamsAsOf: null,
  mergeRecordedAt: null,
  linesAdded: null,
  linesRemoved: null,
  sizeProblem: null,
  sizeHead: null,
  changedIn: 0,
};

/**
 * The row after both, whichever came first and however often. What every snapshot tells is taken from the newest; what
 * one may not know, from the newest that knew it.
 */
export function mergeSnapshots(before: PullRequestRow | null, next: SnapshotRow): PullRequestRow {
  if (before === null) {
    return { ...next, ...nothingLearnt };
  }
  const core = pickNewer(coreOf(before), coreOf(next));
  const merged: Record<string, unknown> = { ...before, ...core };
  for (const field of knowableFields) {
    const kept = pickNewestKnown(toKnown(before, field), toKnown(next, field));
    merged[field] = kept.value;
    merged[`${field}Seen`] = kept.value === null || kept.seen === core.seen ? null : kept.seen;
  }
  return merged as unknown as PullRequestRow;
}

function coreOf({ title, state, isDraft, isQueued, openedAt, updatedAt, seen }: SnapshotRow) {
  return { title, state, isDraft, isQueued, openedAt, updatedAt, seen };
}

function toKnown(row: SnapshotRow, field: KnowableField): Knowable {
  return { value: row[field], seen: row[`${field}Seen`] ?? row.seen };
}
