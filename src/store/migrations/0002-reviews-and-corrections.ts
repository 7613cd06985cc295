import type { Migration } from './migration';

const ofAWorkspace = 'workspace TEXT NOT NULL REFERENCES workspaces (uuid) ON DELETE CASCADE';

/**
 * What administrators put right and write down, who they are, who and what is left out, and the sizes of open pull
 * requests. `size_head`: the first 12 characters of the source head that the size, or its problem, was read at; empty
 * where that head was unknown.
 */
export const reviewsAndCorrections: Migration = {
  name: '0002-reviews-and-corrections',
  statements: [
    `CREATE TABLE corrections (
      ${ofAWorkspace},
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      target TEXT,
      reason TEXT NOT NULL,
      made_by TEXT,
      made_at BIGINT NOT NULL,
      undone_at BIGINT,
      undone_by TEXT,
      PRIMARY KEY (workspace, id)
    )`,
    `CREATE UNIQUE INDEX corrections_in_force ON corrections (workspace, kind, subject) WHERE undone_at IS NULL`,
    `CREATE TABLE notes (
      ${ofAWorkspace},
      id TEXT NOT NULL,
      date TEXT NOT NULL,
      text TEXT NOT NULL,
      made_by TEXT,
      made_at BIGINT NOT NULL,
      edited_by TEXT,
      edited_at BIGINT,
      PRIMARY KEY (workspace, id)
    )`,
    `CREATE TABLE administrators (
      ${ofAWorkspace},
      user_uuid TEXT NOT NULL,
      PRIMARY KEY (workspace, user_uuid)
    ) WITHOUT ROWID`,
    'ALTER TABLE workspaces ADD COLUMN administrators_read_at BIGINT',
    `CREATE TABLE submissions (
      ${ofAWorkspace},
      mark TEXT NOT NULL,
      at BIGINT NOT NULL,
      PRIMARY KEY (workspace, mark)
    ) WITHOUT ROWID`,
    'CREATE INDEX submissions_by_time ON submissions (workspace, at)',
    `ALTER TABLE workspace_settings ADD COLUMN excluded_people TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE workspace_settings ADD COLUMN bot_patterns TEXT NOT NULL DEFAULT '*[bot]\n*-bot\n*_bot\n* bot'`,
    `ALTER TABLE workspace_settings ADD COLUMN excluded_repositories TEXT NOT NULL DEFAULT ''`,
    'ALTER TABLE pull_requests ADD COLUMN size_head TEXT',
    // A size that was read before is of the merged pull request, and of the head that is stored.
    `UPDATE pull_requests SET size_head = substr(coalesce(source_hash, ''), 1, 12)
      WHERE lines_added IS NOT NULL OR size_problem IS NOT NULL`,
    'DROP INDEX pull_requests_without_size',
    `CREATE INDEX pull_requests_without_size ON pull_requests (workspace, repository, number)
      WHERE (state = 'MERGED' OR state = 'OPEN')
        AND (size_head IS NULL OR size_head <> substr(coalesce(source_hash, ''), 1, 12))`,
  ],
};
