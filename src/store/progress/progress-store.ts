import type { Instant } from '../../domain/instant';
import type { ConnectionStatus } from '../connections/connection';
import type { Database } from '../database/database';
import { readTogether, type Selection } from '../database/read-together';
import { isOneOf, toJson } from '../database/table';
import { countColumns, selectCounts } from '../pull-requests/count-pull-requests';
import type { PullRequestCounts } from '../pull-requests/saved-rows';
import type { ImportPhase } from '../repositories/import-store';
import type { ReadingProblem } from '../repositories/reading-problem-store';

/** A history import as far as its progress is told from it. */
export interface ImportRow {
  readonly repositoryUuid: string;
  readonly phase: ImportPhase;
  readonly listed: number;
  readonly expected: number | null;
  readonly pages: number;
  readonly problem: string | null;
}

/** Work of the workspace itself, as it stands. */
export interface WorkRow {
  readonly kind: string;
  readonly key: string;
  readonly state: 'ready' | 'dead';
  readonly attempts: number;
  readonly problem: string | null;
}

export interface RepositoryRow {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly problem: string | null;
  readonly goneAt: Instant | null;
}

/** Where the work on a workspace stands. */
export interface StoredProgress {
  /** The live one, else the one installed last; `null`: there never was one. */
  readonly connection: {
    readonly status: ConnectionStatus;
    readonly problem: string | null;
    readonly installedAt: Instant;
    readonly clockAheadSeconds: number | null;
  } | null;
  /** In the order of the repositories' UUIDs. */
  readonly imports: readonly ImportRow[];
  /** Of the kinds asked for, by kind. */
  readonly work: readonly WorkRow[];
  readonly verifiedAt: Instant | null;
  readonly groupsReadAt: Instant | null;
  readonly groupsProblem: string | null;
  /** When the newest of the notices that were understood and worked off was received. */
  readonly lastNoticeAt: Instant | null;
  /** The settings were saved, if only as they are by default. */
  readonly hasSavedSettings: boolean;
}

/** With all that is told of single repositories. */
export interface WholeProgress extends StoredProgress {
  /** Gone ones too. */
  readonly repositories: readonly RepositoryRow[];
  readonly counts: readonly PullRequestCounts[];
  /** By repository and number. */
  readonly readings: readonly ReadingProblem[];
  readonly notices: { readonly waiting: number; readonly unreadable: number };
}

interface WorkspaceRow extends Pick<StoredProgress, 'verifiedAt' | 'groupsReadAt' | 'groupsProblem' | 'lastNoticeAt'> {
  readonly settingsCount: number;
}

interface ProgressRows {
  readonly workspace: WorkspaceRow;
  readonly connections: NonNullable<StoredProgress['connection']>;
  readonly imports: ImportRow;
  readonly work: WorkRow;
}

interface WholeRows extends ProgressRows {
  readonly repositories: RepositoryRow;
  readonly counts: PullRequestCounts;
  readonly readings: ReadingProblem;
  readonly notices: { readonly state: string; readonly count: number };
}

const workspace: Selection = {
  columns: ['verifiedAt', 'groupsReadAt', 'groupsProblem', 'lastNoticeAt', 'settingsCount'],
  sql: `SELECT w.verified_at AS "verifiedAt", w.groups_read_at AS "groupsReadAt", w.groups_problem AS "groupsProblem",
      (SELECT max(n.received_at) FROM notices n WHERE n.workspace = $1 AND n.state = 'done') AS "lastNoticeAt",
      (SELECT count(*) FROM workspace_settings s WHERE s.workspace = $1) AS "settingsCount"
    FROM workspaces w WHERE w.uuid = $1`,
};
const connections: Selection = {
  columns: ['status', 'problem', 'installedAt', 'clockAheadSeconds'],
  sql: `SELECT status, problem, installed_at AS "installedAt", clock_ahead_seconds AS "clockAheadSeconds"
    FROM connections WHERE workspace = $1
    ORDER BY CASE status WHEN 'live' THEN 0 WHEN 'superseded' THEN 2 ELSE 1 END, installed_at DESC, reference LIMIT 1`,
};
const imports: Selection = {
  columns: ['repositoryUuid', 'phase', 'listed', 'expected', 'pages', 'problem'],
  sql: `SELECT repository AS "repositoryUuid", phase, listed, expected, pages, problem
    FROM imports WHERE workspace = $1`,
};
const repositories: Selection = {
  columns: ['uuid', 'slug', 'name', 'problem', 'goneAt'],
  sql: 'SELECT uuid, slug, name, problem, gone_at AS "goneAt" FROM repositories WHERE workspace = $1',
};
const counts: Selection = { columns: countColumns, sql: selectCounts };
const readings: Selection = {
  columns: ['repositoryUuid', 'number', 'what', 'problem', 'since'],
  sql: `SELECT repository AS "repositoryUuid", number, what, problem, since
    FROM reading_problems WHERE workspace = $1`,
};
const notices: Selection = {
  columns: ['state', 'count'],
  sql: 'SELECT state, count(*) AS count FROM notices WHERE workspace = $1 GROUP BY state',
};

/** Where the work on a workspace stands, over all tables that tell it: each page asks for it, so in one statement. */
export class ProgressStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `kinds`: of work of which a workspace has one. */
  async read(uuid: string, kinds: readonly string[]): Promise<StoredProgress> {
    const selections = { workspace, connections, imports, work: this.#selectWork() };
    return toStoredProgress(await readTogether<ProgressRows>(this.#database, selections, [uuid, toJson(kinds)]));
  }

  async readWhole(uuid: string, kinds: readonly string[]): Promise<WholeProgress> {
    const own = { repositories, counts, readings, notices };
    const selections = { workspace, connections, imports, work: this.#selectWork(), ...own };
    const rows = await readTogether<WholeRows>(this.#database, selections, [uuid, toJson(kinds)]);
    const count = (state: string) => rows.notices.find((one) => one.state === state)?.count ?? 0;
    return {
      ...toStoredProgress(rows),
      repositories: rows.repositories,
      counts: rows.counts,
      readings: rows.readings.toSorted(
        (a, b) => compareText(a.repositoryUuid, b.repositoryUuid) || a.number - b.number || compareText(a.what, b.what),
      ),
      notices: { waiting: count('waiting'), unreadable: count('unreadable') },
    };
  }

  #selectWork(): Selection {
    const isWanted = isOneOf(this.#database.dialect, 'kind', { parameter: '$2', type: 'text' });
    return {
      columns: ['kind', 'key', 'state', 'attempts', 'problem'],
      sql: `SELECT kind, key, state, attempts, problem FROM jobs WHERE workspace = $1 AND ${isWanted}`,
    };
  }
}

function toStoredProgress(rows: {
  readonly [Name in keyof ProgressRows]: readonly ProgressRows[Name][];
}): StoredProgress {
  const { settingsCount, ...own } = rows.workspace[0] ?? unknownWorkspace;
  return {
    ...own,
    connection: rows.connections[0] ?? null,
    imports: rows.imports.toSorted((a, b) => compareText(a.repositoryUuid, b.repositoryUuid)),
    work: rows.work.toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.key, b.key)),
    hasSavedSettings: settingsCount > 0,
  };
}

const unknownWorkspace: WorkspaceRow = {
  verifiedAt: null,
  groupsReadAt: null,
  groupsProblem: null,
  lastNoticeAt: null,
  settingsCount: 0,
};

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
