import type { Instant } from '../../domain/instant';
import { findMergedAt, keepEarliest } from '../../domain/pull-requests/merge-time';
import type { MergeTimeSource } from '../../domain/pull-requests/pull-request';
import type { PullRequestRow } from './pull-request-row';

/** The row with the moment of its merge as the domain finds it. */
export function withMergedAt(row: PullRequestRow): PullRequestRow {
  const merged_at = findMergedAt(row.state, {
    activity: row.merged_by_activity_at,
    merge_commit: row.merged_by_merge_commit_at,
    closed_on: row.merged_by_closed_on_at,
    notice: row.merged_by_notice_at,
  });
  return { ...row, merged_at };
}

export function withMergeTime(row: PullRequestRow, time: { source: MergeTimeSource; at: Instant }): PullRequestRow {
  const column = `merged_by_${time.source}_at` as const;
  return withMergedAt({ ...row, [column]: keepEarliest(row[column], time.at) });
}
