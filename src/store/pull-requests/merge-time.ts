import type { Instant } from '../../domain/instant';
import { findMergedAt, keepEarliest, type MergeTimeSource } from '../../domain/pull-requests/merge-time';
import type { PullRequestRow } from '../schema/pull-requests';

const fieldOf = {
  activity: 'mergedByActivityAt',
  merge_commit: 'mergedByMergeCommitAt',
  closed_on: 'mergedByClosedOnAt',
  notice: 'mergedByNoticeAt',
} as const satisfies Record<MergeTimeSource, keyof PullRequestRow>;

/** The row with the moment of its merge as the domain finds it. */
export function withMergedAt(row: PullRequestRow): PullRequestRow {
  const mergedAt = findMergedAt(row.state, {
    activity: row.mergedByActivityAt,
    merge_commit: row.mergedByMergeCommitAt,
    closed_on: row.mergedByClosedOnAt,
    notice: row.mergedByNoticeAt,
  });
  return { ...row, mergedAt };
}

export function withMergeTime(row: PullRequestRow, time: { source: MergeTimeSource; at: Instant }): PullRequestRow {
  const field = fieldOf[time.source];
  return withMergedAt({ ...row, [field]: keepEarliest(row[field], time.at) });
}
