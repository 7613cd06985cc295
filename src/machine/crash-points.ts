/** Of a transaction, among the statements of a crash point: just before it is committed, and just after. */
const commit = 'COMMIT';
const committed = 'COMMITTED';

/**
 * Where a process can be made to end at once, to try what is left then (docs/reliability.md): when these statements were
 * sent one after the other, with any others in between, before the last of them is.
 */
export const crashPoints = {
  'migration-in-transaction': ['INSERT INTO schema_migrations'],
  'key-made': ['INSERT INTO encryption_key'],
  'install-arrived': ['INSERT INTO pending_installs'],
  'install-kept': ['INSERT INTO pending_installs', committed],
  'install-proved': ['INSERT INTO workspaces'],
  'install-connecting': ['INSERT INTO connections', commit],
  'install-connected': ['INSERT INTO connections', committed],
  'secret-kept': ['INSERT INTO pending_reinstalls', committed],
  'secret-changing': ['INSERT INTO pending_reinstalls', 'UPDATE connections', commit],
  'secret-changed': ['INSERT INTO pending_reinstalls', 'UPDATE connections', committed],
  'import-planning': ['INSERT INTO imports', 'INSERT INTO jobs'],
  'import-planned': ['INSERT INTO imports', committed],
  'import-page-read': ['INSERT INTO pull_requests'],
  'import-page-writing': ['INSERT INTO pull_requests', 'INSERT INTO imports', commit],
  'import-page-written': ['INSERT INTO pull_requests', 'INSERT INTO imports', committed],
  'import-mark-moving': ['UPDATE repositories SET problem'],
  'import-noted': ['UPDATE workspaces SET verified_at'],
  'requests-counting': ['INSERT INTO requests', 'INSERT INTO request_totals'],
  'requests-counted': ['INSERT INTO request_totals', committed],
  'notice-arrived': ['INSERT INTO notices'],
  'notice-keeping': ['INSERT INTO notices', commit],
  'notice-kept': ['INSERT INTO notices', committed],
  'notices-claimed': ['FROM notices WHERE workspace = $1 AND state'],
  'notices-working': ['UPDATE notices SET state', commit],
  'notices-worked': ['UPDATE notices SET state', committed],
  'reading-answered': ['INSERT INTO pull_request_commits'],
  'reading-writing': ['INSERT INTO pull_request_commits', commit],
  'reading-written': ['INSERT INTO pull_request_commits', committed],
  'job-done': ['DELETE FROM jobs WHERE (workspace, kind, key, generation)'],
  'job-put-off': ['UPDATE jobs SET run_at = $5'],
  'reconcile-begun': ['DELETE FROM pushes', 'INSERT INTO jobs'],
  'erasure-begun': ['DELETE FROM pull_request_teams WHERE workspace', 'DELETE FROM notices WHERE workspace = $1'],
  'erasure-writing': ['DELETE FROM workspaces', commit],
  'erasure-written': ['DELETE FROM workspaces', committed],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CrashPoint = keyof typeof crashPoints;

/** `time`: how often the point is reached before the process ends there, from 1 on. */
export interface CrashAt {
  readonly point: CrashPoint;
  readonly time: number;
}

/** `notice-kept` or `notice-kept:3`; `null` for anything else. */
export function parseCrashAt(text: string): CrashAt | null {
  const [, name = '', time = '1'] = /^([a-z-]+)(?::([1-9]\d{0,5}))?$/u.exec(text) ?? [];
  return isCrashPoint(name) ? { point: name, time: Number(time) } : null;
}

function isCrashPoint(name: string): name is CrashPoint {
  return Object.hasOwn(crashPoints, name);
}

interface Transactions<Tx> {
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: { isUrgent?: boolean }): Promise<T>;
}

/** What follows the statements of a process up to its crash point. */
export interface CrashWatch {
  /** Hears of each statement before it is sent. */
  onStatement(sql: string): void;
  /** From now on it hears of the ends of transactions too. */
  follow<Tx>(database: Transactions<Tx>): void;
}

/** `end` ends the process at once, as a power cut would. */
export function createCrashWatch({ point, time }: CrashAt, end: () => void = endAtOnce): CrashWatch {
  const statements: readonly string[] = crashPoints[point];
  let seen = 0;
  let reached = 0;
  const onStatement = (sql: string): void => {
    if (!sql.includes(statements[seen] ?? '')) return;
    seen = (seen + 1) % statements.length;
    if (seen > 0) return;
    reached += 1;
    if (reached === time) end();
  };
  return {
    onStatement,
    follow<Tx>(database: Transactions<Tx>) {
      const run = database.transaction.bind(database);
      database.transaction = async <T>(work: (tx: Tx) => Promise<T>, options?: { isUrgent?: boolean }): Promise<T> => {
        const result = await run<T>(async (tx) => {
          const done = await work(tx);
          onStatement(commit);
          return done;
        }, options);
        onStatement(committed);
        return result;
      };
    },
  };
}

/** Nobody can catch it, and nothing is closed first. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}
