/** Notices, jobs, imports and the request budget. */
export const workTables: readonly string[] = [
  `CREATE TABLE notices (
    workspace TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    event_key TEXT,
    body TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    PRIMARY KEY (workspace, delivery_id, body_hash)
  )`,
  `CREATE INDEX notices_waiting ON notices (workspace, received_at) WHERE state = 'waiting'`,
  'CREATE INDEX notices_by_state ON notices (workspace, state, received_at)',
  `CREATE TABLE jobs (
    workspace TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    leased_until BIGINT,
    payload TEXT,
    attempts INTEGER NOT NULL,
    generation BIGINT NOT NULL,
    problem TEXT,
    PRIMARY KEY (workspace, kind, key)
  )`,
  // The one question that is asked across workspaces: what is due.
  `CREATE INDEX jobs_ready ON jobs (kind, run_at) WHERE state = 'ready'`,
  `CREATE TABLE imports (
    workspace TEXT NOT NULL,
    repository TEXT NOT NULL,
    phase TEXT NOT NULL,
    cursor TEXT,
    since BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    expected BIGINT,
    finished BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    problem TEXT,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    anew INTEGER NOT NULL,
    PRIMARY KEY (workspace, repository)
  )`,
  `CREATE TABLE requests (
    workspace TEXT NOT NULL,
    minute BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    lane TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (workspace, minute, purpose, lane)
  ) WITHOUT ROWID`,
  `CREATE TABLE request_totals (
    workspace TEXT NOT NULL,
    purpose TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (workspace, purpose)
  ) WITHOUT ROWID`,
  `CREATE TABLE request_pauses (
    workspace TEXT NOT NULL PRIMARY KEY,
    paused_until BIGINT NOT NULL
  )`,
];
