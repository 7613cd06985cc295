/**
 * The facts of repositories and pull requests. A column `…_seen` keeps the precedence of the snapshot
 * that its field came from; null where that is the row's own `seen`.
 *
 * The lists of a pull request name no foreign key: they are written only beside its row, which is held,
 * and PostgreSQL checks a key row by row, by whatever index it likes before it knows the table's size
 * (a hundred times the cost of the write).
 */
export const factTables: readonly string[] = [
  `CREATE TABLE repositories (
    workspace TEXT NOT NULL,
    uuid TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    default_branch TEXT,
    read_at BIGINT NOT NULL,
    gone_at BIGINT,
    PRIMARY KEY (workspace, uuid)
  )`,
  `CREATE TABLE pull_requests (
    workspace TEXT NOT NULL REFERENCES workspaces (uuid) ON DELETE CASCADE,
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    is_draft INTEGER NOT NULL,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    author TEXT,
    author_seen BIGINT,
    closed_at BIGINT,
    closed_at_seen BIGINT,
    source_branch TEXT,
    source_branch_seen BIGINT,
    source_hash TEXT,
    source_hash_seen BIGINT,
    source_repository TEXT,
    source_repository_seen BIGINT,
    source_full_name TEXT,
    source_full_name_seen BIGINT,
    destination_branch TEXT,
    destination_branch_seen BIGINT,
    destination_hash TEXT,
    destination_hash_seen BIGINT,
    destination_repository TEXT,
    destination_repository_seen BIGINT,
    destination_full_name TEXT,
    destination_full_name_seen BIGINT,
    merge_hash TEXT,
    merge_hash_seen BIGINT,
    diffstat_url TEXT,
    diffstat_url_seen BIGINT,
    merged_by_activity_at BIGINT,
    merged_by_merge_commit_at BIGINT,
    merged_by_closed_on_at BIGINT,
    merged_by_notice_at BIGINT,
    merged_at BIGINT,
    commits_head TEXT,
    commits_state TEXT NOT NULL,
    first_commit_at BIGINT,
    default_branch_at_merge TEXT,
    teams_as_of TEXT,
    sealed_at BIGINT,
    lines_added BIGINT,
    lines_removed BIGINT,
    size_problem TEXT,
    PRIMARY KEY (workspace, repository, number)
  )`,
  'CREATE INDEX pull_requests_by_merge ON pull_requests (workspace, merged_at) WHERE merged_at IS NOT NULL',
  `CREATE INDEX pull_requests_without_commits ON pull_requests (workspace, repository, number)
    WHERE state = 'MERGED' AND commits_state = 'unread'`,
  `CREATE INDEX pull_requests_without_size ON pull_requests (workspace, repository, number)
    WHERE state = 'MERGED' AND lines_added IS NULL AND size_problem IS NULL`,
  `CREATE INDEX pull_requests_without_seal ON pull_requests (workspace, repository, number)
    WHERE state = 'MERGED' AND sealed_at IS NULL`,
  `CREATE INDEX pull_requests_open ON pull_requests (workspace, repository, number) WHERE state = 'OPEN'`,
  'CREATE INDEX pull_requests_by_source ON pull_requests (workspace, repository, source_branch)',
  `CREATE TABLE pull_request_commits (
    workspace TEXT NOT NULL,
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    position INTEGER NOT NULL,
    hash TEXT NOT NULL,
    authored_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, repository, number, position)
  ) WITHOUT ROWID`,
  `CREATE TABLE pull_request_acts (
    workspace TEXT NOT NULL,
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT,
    is_inline INTEGER NOT NULL,
    is_deleted INTEGER NOT NULL,
    state TEXT,
    source_hash TEXT,
    is_draft INTEGER,
    PRIMARY KEY (workspace, repository, number, key)
  ) WITHOUT ROWID`,
  `CREATE TABLE pull_request_teams (
    workspace TEXT NOT NULL,
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    team TEXT NOT NULL,
    PRIMARY KEY (workspace, repository, number, team)
  ) WITHOUT ROWID`,
  'CREATE INDEX pull_request_teams_by_team ON pull_request_teams (workspace, team)',
  `CREATE TABLE fact_months (
    workspace TEXT NOT NULL,
    month TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace, month)
  ) WITHOUT ROWID`,
  `CREATE TABLE commits (
    workspace TEXT NOT NULL,
    repository TEXT NOT NULL,
    hash TEXT NOT NULL,
    authored_at BIGINT NOT NULL,
    parents TEXT,
    PRIMARY KEY (workspace, repository, hash)
  ) WITHOUT ROWID`,
];
