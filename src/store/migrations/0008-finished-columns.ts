import type { Migration } from './migration';

/**
 * What reports are made of, kept finished, and which pull requests have changed since.
 * - `changed_in` of a pull request: the version of the workspace in which its row or one of its lists changed last.
 * - `column_checkpoints`: of which version the finished columns of a workspace are, under which rules they were made,
 *   and the names that they speak of by number. `month_columns`: the columns of one UTC month, as bytes. Whatever of
 *   them is written while a workspace is being erased goes with it.
 */
export const finishedColumns: Migration = {
  name: '0008-finished-columns',
  statements: [
    'ALTER TABLE pull_requests ADD COLUMN changed_in BIGINT NOT NULL DEFAULT 0',
    'CREATE INDEX pull_requests_by_change ON pull_requests (workspace, changed_in) WHERE changed_in > 0',
    'CREATE INDEX pull_request_commits_by_hash ON pull_request_commits (workspace, repository, hash)',
    `CREATE TABLE column_checkpoints (
      workspace TEXT NOT NULL REFERENCES workspaces (uuid) ON DELETE CASCADE,
      version BIGINT NOT NULL,
      basis TEXT NOT NULL,
      names TEXT NOT NULL,
      PRIMARY KEY (workspace)
    )`,
    `CREATE TABLE month_columns (
      workspace TEXT NOT NULL REFERENCES workspaces (uuid) ON DELETE CASCADE,
      month TEXT NOT NULL,
      columns BYTEA NOT NULL,
      PRIMARY KEY (workspace, month)
    )`,
  ],
};
