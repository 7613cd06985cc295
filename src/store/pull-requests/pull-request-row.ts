import type { PullRequestState } from '../../domain/pull-requests/pull-request';
import type { Table } from '../database/table';

/** Fields that a snapshot may not know; each remembers how new the snapshot was that told it. */
export const knowableFields = [
  'author',
  'closed_at',
  'source_branch',
  'source_hash',
  'source_repository',
  'source_full_name',
  'destination_branch',
  'destination_hash',
  'destination_repository',
  'destination_full_name',
  'merge_hash',
  'diffstat_url',
  'standing',
] as const;
export type KnowableField = (typeof knowableFields)[number];
export type SeenField = `${KnowableField}_seen`;

interface CoreFields {
  readonly workspace: string;
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly state: PullRequestState;
  readonly is_draft: number;
  readonly is_queued: number;
  readonly opened_at: number;
  readonly updated_at: number;
  /** Precedence of the newest snapshot: `toPrecedence`. */
  readonly seen: number;
}

type KnowableFields = Readonly<Record<Exclude<KnowableField, 'closed_at'>, string | null>> & {
  readonly closed_at: number | null;
};

/** What snapshots tell. `null` in a `…_seen`: the row's own `seen`. */
export type SnapshotRow = CoreFields & KnowableFields & Readonly<Record<SeenField, number | null>>;

/** What the other sources tell. */
export interface LearntFields {
  readonly merged_by_activity_at: number | null;
  readonly merged_by_merge_commit_at: number | null;
  readonly merged_by_closed_on_at: number | null;
  readonly merged_by_notice_at: number | null;
  readonly merged_at: number | null;
  readonly commits_head: string | null;
  readonly commits_state: 'unread' | 'complete' | 'incomplete';
  readonly first_commit_at: number | null;
  readonly default_branch_at_merge: string | null;
  readonly teams_as_of: 'merge' | 'import' | null;
  readonly sealed_at: number | null;
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly size_problem: string | null;
  /** `toSizeHead` of the source head that the size, or its problem, was read at; `null`: never tried. */
  readonly size_head: string | null;
}

export type PullRequestRow = SnapshotRow & LearntFields;

export const nothingLearnt: LearntFields = {
  merged_by_activity_at: null,
  merged_by_merge_commit_at: null,
  merged_by_closed_on_at: null,
  merged_by_notice_at: null,
  merged_at: null,
  commits_head: null,
  commits_state: 'unread',
  first_commit_at: null,
  default_branch_at_merge: null,
  teams_as_of: null,
  sealed_at: null,
  lines_added: null,
  lines_removed: null,
  size_problem: null,
  size_head: null,
};

export const pullRequestTable: Table<PullRequestRow> = {
  name: 'pull_requests',
  key: ['workspace', 'repository', 'number'],
  columns: {
    workspace: 'text',
    repository: 'text',
    number: 'bigint',
    title: 'text',
    state: 'text',
    is_draft: 'integer',
    is_queued: 'integer',
    opened_at: 'bigint',
    updated_at: 'bigint',
    seen: 'bigint',
    author: 'text',
    author_seen: 'bigint',
    closed_at: 'bigint',
    closed_at_seen: 'bigint',
    source_branch: 'text',
    source_branch_seen: 'bigint',
    source_hash: 'text',
    source_hash_seen: 'bigint',
    source_repository: 'text',
    source_repository_seen: 'bigint',
    source_full_name: 'text',
    source_full_name_seen: 'bigint',
    destination_branch: 'text',
    destination_branch_seen: 'bigint',
    destination_hash: 'text',
    destination_hash_seen: 'bigint',
    destination_repository: 'text',
    destination_repository_seen: 'bigint',
    destination_full_name: 'text',
    destination_full_name_seen: 'bigint',
    merge_hash: 'text',
    merge_hash_seen: 'bigint',
    diffstat_url: 'text',
    diffstat_url_seen: 'bigint',
    standing: 'text',
    standing_seen: 'bigint',
    merged_by_activity_at: 'bigint',
    merged_by_merge_commit_at: 'bigint',
    merged_by_closed_on_at: 'bigint',
    merged_by_notice_at: 'bigint',
    merged_at: 'bigint',
    commits_head: 'text',
    commits_state: 'text',
    first_commit_at: 'bigint',
    default_branch_at_merge: 'text',
    teams_as_of: 'text',
    sealed_at: 'bigint',
    lines_added: 'bigint',
    lines_removed: 'bigint',
    size_problem: 'text',
    size_head: 'text',
  },
};
