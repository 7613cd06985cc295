import type { Migration } from './migration';

/**
 * Connections with a token that ends and hooks of their own, and who is looking.
 * - `repositories` of a connection: those it reaches, a line each; NULL is the whole workspace.
 * - `hearing`: whether Bitbucket calls us or has to be asked what moved.
 * - `polled_at` of a workspace: when it was last asked what moved; `request_limit`: what Bitbucket says it grants an hour.
 * - `is_private` of a repository: NULL until Bitbucket has told.
 * - `connection_checks` stand under the name that was asked for until a workspace is connected: there may be none.
 */
export const waysInAndViewers: Migration = {
  name: '0007-ways-in-and-viewers',
  statements: [
    'ALTER TABLE connections ADD COLUMN repositories TEXT',
    `ALTER TABLE connections ADD COLUMN hearing TEXT NOT NULL DEFAULT 'notices'`,
    'ALTER TABLE connections ADD COLUMN given_at BIGINT',
    'ALTER TABLE connections ADD COLUMN expires_at BIGINT',
    'ALTER TABLE repositories ADD COLUMN is_private INTEGER',
    'ALTER TABLE workspaces ADD COLUMN polled_at BIGINT',
    'ALTER TABLE workspaces ADD COLUMN request_limit BIGINT',
    `ALTER TABLE workspace_settings ADD COLUMN viewers_without_rights TEXT NOT NULL DEFAULT 'everybody'`,
    `CREATE TABLE webhooks (
      workspace TEXT NOT NULL,
      uuid TEXT NOT NULL,
      reference TEXT NOT NULL,
      repository TEXT,
      made_at BIGINT NOT NULL,
      checked_at BIGINT NOT NULL,
      problem TEXT,
      PRIMARY KEY (workspace, uuid)
    ) WITHOUT ROWID`,
    `CREATE TABLE connection_checks (
      workspace TEXT NOT NULL,
      step TEXT NOT NULL,
      position INTEGER NOT NULL,
      result TEXT NOT NULL,
      sentence TEXT NOT NULL,
      way_out TEXT,
      checked_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, step)
    ) WITHOUT ROWID`,
    `CREATE TABLE viewer_rights (
      workspace TEXT NOT NULL,
      viewer TEXT NOT NULL,
      is_administrator INTEGER NOT NULL,
      repositories TEXT,
      read_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, viewer)
    ) WITHOUT ROWID`,
    `CREATE TABLE sign_in_links (
      workspace TEXT NOT NULL,
      id TEXT NOT NULL,
      token_hash TEXT NOT NULL,
      name TEXT,
      is_administrator INTEGER NOT NULL,
      made_at BIGINT NOT NULL,
      valid_until BIGINT NOT NULL,
      used_at BIGINT,
      revoked_at BIGINT,
      PRIMARY KEY (workspace, id)
    ) WITHOUT ROWID`,
    'CREATE UNIQUE INDEX sign_in_links_by_token ON sign_in_links (token_hash)',
    `CREATE TABLE sign_ins (
      id TEXT NOT NULL PRIMARY KEY,
      way TEXT NOT NULL,
      viewer TEXT NOT NULL,
      user_uuid TEXT,
      name TEXT,
      started_at BIGINT NOT NULL,
      ends_at BIGINT NOT NULL
    ) WITHOUT ROWID`,
    'CREATE INDEX sign_ins_by_viewer ON sign_ins (viewer)',
  ],
};
