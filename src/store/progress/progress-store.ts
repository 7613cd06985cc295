import { compareText } from '../../domain/compare-text';
import { pickTelling } from '../../domain/connections/live-connection';
import type { Database } from '../database/database';
import { readTogether, selectOfWorkspace, type SelectedRow, type Selection } from '../database/read-together';
import { isOneOf, toJson, type RowOf } from '../database/table';
import type { PullRequestCounts } from '../pull-requests/pull-request-counts';
import type { ReadingProblem } from '../repositories/reading-problem-store';
import * as connectionTables from '../schema/connections';
import * as pullRequestTables from '../schema/pull-requests';
import * as repositoryTables from '../schema/repositories';
import { jobs, type KeptNotice } from '../schema/work';
import type { Workspace } from '../schema/workspaces';

const connections = selectOfWorkspace(connectionTables.connections, [
  ...(['status', 'problem', 'installedAt', 'clockAheadSeconds', 'hearing', 'reference'] as const),
]);
const imports = selectOfWorkspace(repositoryTables.imports, [
  ...(['repositoryUuid', 'phase', 'listed', 'expected', 'pages', 'problem'] as const),
]);
/** How imports stand, each way once: of a large workspace that is a few rows, and a page asks for no more. */
const stands: Selection<ImportStand> = {
  columns: ['phase', 'problem'],
  sql: `SELECT DISTINCT phase, CASE WHEN problem IS NULL THEN NULL ELSE '' END AS problem FROM imports WHERE workspace = $1`,
};
const repositories = selectOfWorkspace(repositoryTables.repositories, ['uuid', 'slug', 'name', 'problem', 'goneAt']);
const readings = selectOfWorkspace(repositoryTables.readingProblems, [
  ...(['repositoryUuid', 'number', 'what', 'problem', 'since'] as const),
]);
const counts = selectOfWorkspace(pullRequestTables.pullRequestCounts, [
  ...(['repositoryUuid', 'total', 'merged', 'open', 'unreadCommits', 'unsized'] as const),
]);
const notices: Selection<Pick<KeptNotice, 'state'> & { readonly count: number }> = {
  columns: ['state', 'count'],
  sql: 'SELECT state, count(*) AS count FROM notices WHERE workspace = $1 GROUP BY state',
};

/** Those that are through have nothing left to tell apart, and are one row. */
const importCounts: Selection<ImportCounts> = {
  columns: ['phase', 'listed', 'expected', 'total', 'unreadCommits'],
  sql: `SELECT i.phase, sum(i.listed) AS listed, sum(i.expected) AS expected, coalesce(sum(c.total), 0) AS total,
      coalesce(sum(c.unread_commits), 0) AS "unreadCommits"
    FROM imports i LEFT JOIN pull_request_counts c ON c.workspace = i.workspace AND c.repository = i.repository
    WHERE i.workspace = $1 GROUP BY i.phase, CASE WHEN i.phase = 'done' THEN '' ELSE i.repository END`,
};

/** A history import as far as its progress is told from it. */
export type ImportRow = SelectedRow<typeof imports>;
/** `problem`: empty text in the place of one, where only that there is one is told. */
export type ImportStand = Pick<ImportRow, 'phase' | 'problem'>;
export type RepositoryRow = SelectedRow<typeof repositories>;
/** The import of a repository, or what those that are through come to, in the numbers that its progress is told from. */
export type ImportCounts = Pick<ImportRow, 'phase' | 'listed' | 'expected'> &
  Pick<PullRequestCounts, 'total' | 'unreadCommits'>;
/** Work of the workspace itself, as it stands. */
type WorkRow = Pick<RowOf<typeof jobs>, 'kind' | 'key' | 'state' | 'attempts' | 'problem' | 'runAt'>;

/** Where the work on a workspace stands. */
export interface StoredProgress extends Pick<Workspace, 'verifiedAt' | 'polledAt' | 'groupsReadAt' | 'groupsProblem'> {
  /** The one that tells how the workspace is connected; `null`: there never was one. */
  readonly connection: Omit<SelectedRow<typeof connections>, 'reference'> | null;
  /** How those of the repositories stand, each way once. */
  readonly imports: readonly ImportStand[];
  /** Of the kinds asked for, by kind. */
  readonly work: readonly WorkRow[];
  /** When the newest of the notices that were understood and worked off was received. */
  readonly lastNoticeAt: KeptNotice['receivedAt'] | null;
  /** The settings were saved, if only as they are by default. */
  readonly hasSavedSettings: boolean;
}

/** With all that is told of single repositories. */
export interface WholeProgress extends StoredProgress {
  /** Of each repository, in the order of their UUIDs. */
  readonly imports: readonly ImportRow[];
  /** Gone ones too. */
  readonly repositories: readonly RepositoryRow[];
  readonly counts: readonly PullRequestCounts[];
  /** By repository and number. */
  readonly readings: readonly ReadingProblem[];
  readonly notices: { readonly waiting: number; readonly unreadable: number };
}

interface WorkspaceRow extends Pick<
  StoredProgress,
  'verifiedAt' | 'polledAt' | 'groupsReadAt' | 'groupsProblem' | 'lastNoticeAt'
> {
  readonly settingsCount: number;
}

const workspace: Selection<WorkspaceRow> = {
  columns: ['verifiedAt', 'polledAt', 'groupsReadAt', 'groupsProblem', 'lastNoticeAt', 'settingsCount'],
  sql: `SELECT w.verified_at AS "verifiedAt", w.polled_at AS "polledAt", w.groups_read_at AS "groupsReadAt", w.groups_problem AS "groupsProblem",
      (SELECT max(n.received_at) FROM notices n WHERE n.workspace = $1 AND n.state = 'done') AS "lastNoticeAt",
      (SELECT count(*) FROM workspace_settings s WHERE s.workspace = $1) AS "settingsCount"
    FROM workspaces w WHERE w.uuid = $1`,
};

/** Where the work on a workspace stands, over all tables that tell it: each page asks for it, so in one statement. */
export class ProgressStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `kinds`: of work of which a workspace has one. */
  async read(uuid: string, kinds: readonly string[]): Promise<StoredProgress> {
    const selections = { workspace, connections, imports: stands, work: this.#selectWork() };
    return toStoredProgress(await readTogether(this.#database, selections, [uuid, toJson(kinds)]));
  }

  async readWhole(uuid: string, kinds: readonly string[]): Promise<WholeProgress> {
    const own = { repositories, counts, readings, notices };
    const selections = { workspace, connections, imports, work: this.#selectWork(), ...own };
    const rows = await readTogether(this.#database, selections, [uuid, toJson(kinds)]);
    const count = (state: KeptNotice['state']) => rows.notices.find((one) => one.state === state)?.count ?? 0;
    return {
      ...toStoredProgress(rows),
      imports: rows.imports.toSorted((a, b) => compareText(a.repositoryUuid, b.repositoryUuid)),
      repositories: rows.repositories,
      counts: rows.counts,
      readings: rows.readings.toSorted(
        (a, b) => compareText(a.repositoryUuid, b.repositoryUuid) || a.number - b.number || compareText(a.what, b.what),
      ),
      notices: { waiting: count('waiting'), unreadable: count('unreadable') },
    };
  }

  /** What pages say of an import that is under way. */
  async readImportCounts(uuid: string): Promise<readonly ImportCounts[]> {
    return (await readTogether(this.#database, { importCounts }, [uuid])).importCounts;
  }

  #selectWork(): Selection<WorkRow> {
    const isWanted = isOneOf(this.#database.dialect, 'kind', { parameter: '$2', type: 'text' });
    return selectOfWorkspace(jobs, ['kind', 'key', 'state', 'attempts', 'problem', 'runAt'], ` AND ${isWanted}`);
  }
}

function toStoredProgress(rows: {
  readonly workspace: readonly WorkspaceRow[];
  readonly connections: readonly SelectedRow<typeof connections>[];
  readonly imports: readonly ImportStand[];
  readonly work: readonly WorkRow[];
}): StoredProgress {
  const { settingsCount, ...own } = rows.workspace[0] ?? unknownWorkspace;
  const telling = pickTelling(rows.connections);
  return {
    ...own,
    connection: telling && {
      ...{ status: telling.status, problem: telling.problem, installedAt: telling.installedAt },
      ...{ clockAheadSeconds: telling.clockAheadSeconds, hearing: telling.hearing },
    },
    imports: rows.imports,
    work: rows.work.toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.key, b.key)),
    hasSavedSettings: settingsCount > 0,
  };
}

const unknownWorkspace: WorkspaceRow = {
  verifiedAt: null,
  polledAt: null,
  groupsReadAt: null,
  groupsProblem: null,
  lastNoticeAt: null,
  settingsCount: 0,
};
