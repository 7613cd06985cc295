import type { Instant } from '../../domain/instant';
import { mergeTimeSources, type MergeTimeSource } from '../../domain/pull-requests/pull-request';
import type { LearntFields, PullRequestRow } from './pull-request-row';

type MergeTimeColumn = keyof Pick<
  LearntFields,
  'merged_by_activity_at' | 'merged_by_merge_commit_at' | 'merged_by_closed_on_at' | 'merged_by_notice_at'
>;

const columnOf: Readonly<Record<MergeTimeSource, MergeTimeColumn>> = {
  activity: 'merged_by_activity_at',
  merge_commit: 'merged_by_merge_commit_at',
  closed_on: 'merged_by_closed_on_at',
  notice: 'merged_by_notice_at',
};

/** The moment of the merge: of what is known the most trusted (docs/definitions.md, 3.1); null unless merged. */
export function withMergedAt(row: PullRequestRow): PullRequestRow {
  const known = mergeTimeSources.map((source) => row[columnOf[source]]).find((at) => at !== null);
  return { ...row, merged_at: row.state === 'MERGED' ? (known ?? null) : null };
}

/** Keeps the earliest that a source ever said; `replace` where the source now tells the whole truth. */
export function withMergeTime(
  row: PullRequestRow,
  time: { source: MergeTimeSource; at: Instant },
  replace: boolean,
): PullRequestRow {
  const column = columnOf[time.source];
  const before = row[column];
  const at = before === null || replace ? time.at : Math.min(before, time.at);
  return withMergedAt({ ...row, [column]: at });
}
