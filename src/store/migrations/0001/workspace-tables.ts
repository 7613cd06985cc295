/** Workspaces, how they are reached, and what belongs to a workspace as a whole. Instants are BIGINT milliseconds. */
export const workspaceTables: readonly string[] = [
  `CREATE TABLE workspaces (
    uuid TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    connected_at BIGINT NOT NULL,
    imported_since BIGINT,
    verified_at BIGINT,
    groups_read_at BIGINT,
    groups_problem TEXT,
    erase_at BIGINT
  )`,
  `CREATE TABLE workspace_settings (
    workspace TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (uuid) ON DELETE CASCADE,
    timezone TEXT NOT NULL,
    levels TEXT NOT NULL,
    incidents_by_revert INTEGER NOT NULL,
    branch_prefixes TEXT NOT NULL,
    title_prefixes TEXT NOT NULL
  )`,
  `CREATE TABLE connections (
    workspace TEXT NOT NULL,
    client_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    status TEXT NOT NULL,
    epoch TEXT NOT NULL,
    installed_at BIGINT NOT NULL,
    uninstalled_at BIGINT,
    problem TEXT,
    PRIMARY KEY (workspace, client_key)
  )`,
  'CREATE UNIQUE INDEX connections_by_client_key ON connections (client_key)',
  `CREATE TABLE pending_installs (
    id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    client_key TEXT NOT NULL,
    secret TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    problem TEXT
  )`,
  'CREATE INDEX pending_installs_by_client_key ON pending_installs (client_key)',
  `CREATE TABLE api_tokens (
    workspace TEXT NOT NULL REFERENCES workspaces (uuid) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (workspace, id)
  )`,
  'CREATE UNIQUE INDEX api_tokens_by_hash ON api_tokens (token_hash)',
  `CREATE TABLE people (
    workspace TEXT NOT NULL,
    uuid TEXT NOT NULL,
    display_name TEXT,
    account_id TEXT,
    type TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, uuid)
  )`,
  `CREATE TABLE teams (
    workspace TEXT NOT NULL REFERENCES workspaces (uuid) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    source TEXT NOT NULL,
    group_slug TEXT,
    name TEXT NOT NULL,
    is_deleted INTEGER NOT NULL,
    PRIMARY KEY (workspace, slug)
  )`,
  `CREATE TABLE team_members (
    workspace TEXT NOT NULL,
    team TEXT NOT NULL,
    position INTEGER NOT NULL,
    user_uuid TEXT NOT NULL,
    since BIGINT,
    until BIGINT,
    PRIMARY KEY (workspace, team, position),
    FOREIGN KEY (workspace, team) REFERENCES teams (workspace, slug) ON DELETE CASCADE
  )`,
];
