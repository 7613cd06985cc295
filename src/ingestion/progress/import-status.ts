import type { Clock } from '../../domain/clock';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { ReadingProblem } from '../../store/repositories/reading-problem-store';
import type { Repository } from '../../store/repositories/repository-store';
import type { ConnectionStatus } from '../../store/connections/connection';
import type { Stores } from '../../store/stores';
import type { Workspace } from '../../store/workspaces/workspace-store';
import { findClockAhead } from './clock-problem';
import { estimateSeconds, estimateRequests } from './finishing-time';
import { importWorkspaceKind, isSettled, wholeWorkspace } from '../plans/import-plan';
import { findTroubledWork, toProblems, type ImportProblem, type TroubledWork } from './import-problems';

export type ImportState = 'queued' | 'running' | 'done' | 'failed';

/** How far the import is: the JSON of docs/contract.md, 4.5, and what the settings page shows beside it. */
export interface ImportStatus {
  readonly state: ImportState;
  readonly repositories: { readonly total: number; readonly done: number; readonly failed: number };
  readonly pull_requests: { readonly total: number; readonly done: number };
  readonly requests: {
    readonly used: number;
    readonly limit: number;
    readonly window_ends_at: string | null;
    readonly by_purpose: Readonly<Record<string, number>>;
    readonly per_pull_request: number | null;
  };
  readonly eta_seconds: number | null;
  readonly problems: readonly ImportProblem[];
  /** Of all merged and open pull requests. */
  readonly sizes: { readonly total: number; readonly done: number };
  readonly items: readonly ImportItem[];
  readonly notices: { readonly waiting: number; readonly unreadable: number };
  readonly groups: { readonly read_at: string | null; readonly problem: string | null };
  /** Whether Bitbucket can be asked at all; `null` when there was never a connection. */
  readonly connection: ConnectionStatus | null;
  /** There while Bitbucket refuses our credentials although the connection was not ended. */
  readonly access_refused?: true;
  /** By how much Bitbucket's clock is ahead of ours (behind: negative), while its calls are refused for that alone. */
  readonly clock_ahead_seconds: number | null;
}

export interface ImportItem {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly state: ImportState;
  readonly pull_requests: { readonly total: number | null; readonly done: number };
  readonly message: string | null;
}

export interface ImportStatusParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly requestsPerHour: number;
  readonly usage: Stores['requests']['usage'];
}

export interface ImportStatusReader {
  load(workspace: string): Promise<ImportStatus>;
  isImporting(workspace: string): Promise<boolean>;
}

type Counts = Awaited<ReturnType<Stores['pullRequests']['counts']>>[number];
const noCounts: Omit<Counts, 'repositoryUuid'> = { total: 0, merged: 0, open: 0, unreadCommits: 0, unsized: 0 };

/** What the state of an import is told from; every page asks for it. */
interface Course {
  readonly rows: readonly RepositoryImport[];
  /** The list of repositories is still to be read, again. */
  readonly isPlanned: boolean;
  readonly troubled: TroubledWork;
  readonly connectionProblem: string | null;
  readonly givenUp: string | null;
  /** An import has ended before. */
  readonly isVerified: boolean;
  readonly connection: ImportStatus['connection'];
  readonly clockAhead: number | null;
}

/** Everything the status is made of, read once. */
interface Findings extends Course {
  readonly repositories: ReadonlyMap<string, Repository>;
  readonly readings: readonly ReadingProblem[];
  readonly counts: ReadonlyMap<string, Omit<Counts, 'repositoryUuid'>>;
}

export function createImportStatus(parts: ImportStatusParts): ImportStatusReader {
  return {
    load: (workspace) => loadStatus(parts, workspace),
    isImporting: async (workspace) => {
      const state = toState(await findCourse(parts.stores, workspace));
      return state === 'queued' || state === 'running';
    },
  };
}

async function find(stores: Stores, workspace: string): Promise<Findings> {
  const [course, repositories, counts, readings] = await Promise.all([
    findCourse(stores, workspace),
    stores.repositories.list(workspace, { includeGone: true }),
    stores.pullRequests.counts(workspace),
    stores.readingProblems.list(workspace),
  ]);
  return {
    ...course,
    readings,
    repositories: new Map(repositories.map((repository) => [repository.uuid, repository])),
    counts: new Map(counts.map((count) => [count.repositoryUuid, count])),
  };
}

async function findCourse(stores: Stores, workspace: string): Promise<Course> {
  const [rows, whole, troubled, connection, stored] = await Promise.all([
    stores.imports.list(workspace),
    stores.jobs.find({ workspace, kind: importWorkspaceKind, key: wholeWorkspace }),
    findTroubledWork(stores, workspace),
    stores.connections.get(workspace),
    stores.workspaces.get(workspace),
  ]);
  return {
    rows,
    troubled,
    connection: connection?.status ?? null,
    connectionProblem: connection?.problem ?? null,
    clockAhead: findClockAhead(connection),
    isPlanned: whole?.state === 'ready',
    givenUp: whole?.state === 'dead' ? whole.problem : null,
    isVerified: isVerified(stored),
  };
}

const isVerified = (stored: Workspace | null): boolean => stored !== null && stored.verifiedAt !== null;

/** `queued` until the list of repositories is read; a workspace without any is done then. */
function toState(course: Course): ImportState {
  const { rows, isPlanned, isVerified, givenUp, connectionProblem } = course;
  if (isPlanned && !isHeldUp(course)) return 'queued';
  if (rows.length > 0) return rows.every(isSettled) ? 'done' : 'running';
  if (isVerified) return 'done';
  return (givenUp ?? connectionProblem) === null ? 'queued' : 'failed';
}

/** Reading the list once more is refused: that is named, and what was imported before is there as ever. */
function isHeldUp({ rows, troubled }: Course): boolean {
  return rows.length > 0 && troubled.some(({ kind, attempts }) => kind === importWorkspaceKind && attempts > 0);
}

function toItem(row: RepositoryImport, { repositories, counts }: Findings): ImportItem {
  const { repositoryUuid: uuid } = row;
  const { slug, name, problem } = repositories.get(uuid) ?? { slug: uuid, name: uuid, problem: null };
  return {
    uuid,
    slug,
    name,
    state: toItemState(row),
    pull_requests: toItemCounts(row, counts.get(uuid) ?? noCounts),
    message: row.problem ?? problem,
  };
}

/** While the list is being read the total is what Bitbucket says, if it does. */
function toItemCounts(row: RepositoryImport, { total, unreadCommits }: typeof noCounts): ImportItem['pull_requests'] {
  if (row.phase === 'pull_requests' || row.phase === 'open') {
    const expected = Math.max(total, row.expected ?? 0);
    return { total: expected === 0 ? null : expected, done: 0 };
  }
  if (row.phase === 'done') return { total, done: total };
  return { total, done: row.phase === 'activity' ? 0 : total - unreadCommits };
}

function toItemState(row: RepositoryImport): ImportState {
  if (row.phase === 'done' || row.phase === 'failed') return row.phase;
  if (row.problem !== null) return 'failed';
  return row.pages === 0 ? 'queued' : 'running';
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const toTime = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

/** What concerns the workspace beside its repositories. */
async function loadSurroundings({ stores, clock, usage: loadUsage }: ImportStatusParts, workspace: string) {
  const [usage, notices, stored] = await Promise.all([
    loadUsage(workspace, clock.now()),
    stores.notices.counts(workspace),
    stores.workspaces.get(workspace),
  ]);
  const groups = { read_at: toTime(stored?.groupsReadAt ?? null), problem: stored?.groupsProblem ?? null };
  return { usage, notices: { waiting: notices.waiting, unreadable: notices.unreadable }, groups };
}

function countRepositories(items: readonly ImportItem[]): ImportStatus['repositories'] {
  const count = (state: ImportState): number => items.filter((item) => item.state === state).length;
  return { total: items.length, done: count('done'), failed: count('failed') };
}

async function loadStatus(parts: ImportStatusParts, workspace: string): Promise<ImportStatus> {
  const { stores, requestsPerHour } = parts;
  const found = await find(stores, workspace);
  const { usage, notices, groups } = await loadSurroundings(parts, workspace);
  const items = found.rows.map((row) => toItem(row, found));
  const counts = [...found.counts.values()];
  const total = sum(counts.map((count) => count.total));
  const sized = sum(counts.map(({ merged, open }) => merged + open));
  const state = toState(found);
  const isOver = state === 'done' || state === 'failed';
  return {
    state,
    repositories: countRepositories(items),
    pull_requests: {
      total: sum(items.map(({ pull_requests }) => pull_requests.total ?? 0)),
      done: sum(items.map(({ pull_requests }) => pull_requests.done)),
    },
    requests: {
      used: usage.used,
      limit: requestsPerHour,
      window_ends_at: toTime(usage.windowEndsAt),
      by_purpose: usage.totalByPurpose,
      per_pull_request: total === 0 ? null : (usage.total - (usage.totalByPurpose['sizes'] ?? 0)) / total,
    },
    eta_seconds: isOver ? null : estimateSeconds(estimateRequests(found), usage, requestsPerHour),
    problems: toProblems(found),
    sizes: { total: sized, done: sized - sum(counts.map((count) => count.unsized)) },
    items,
    notices,
    groups,
    connection: found.connection,
    ...(found.connectionProblem === null ? {} : { access_refused: true }),
    clock_ahead_seconds: found.clockAhead,
  };
}
