import type { PullRequestCounts } from '../../store/pull-requests/pull-request-counts';
import type { ConnectionStatus } from '../../store/connections/connection';
import type {
  ImportCounts,
  ImportRow,
  ImportStand,
  StoredProgress,
  WholeProgress,
} from '../../store/progress/progress-store';
import { findClockAhead } from './clock-problem';
import { estimateSeconds, estimateRequests } from './finishing-time';
import { sum, sumCounts, toItemCounts, type ItemCounts } from './item-counts';
import { importWorkspaceKind, isSettled, wholeWorkspace } from '../plans/import-plan';
import type { RequestGate } from '../requests/request-gate';
import type { WorkParts } from '../requests/work-parts';
import { findPolling, type Polling } from './polling';
import { loadWorkStatus, type WorkStatus } from './work-status';
import { toProblems, troubledKinds, type ImportProblem, type TroubleFindings } from './import-problems';

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
  readonly work: WorkStatus;
  /** There while Bitbucket does not call us: how often it is asked what moved, and when it was asked last. */
  readonly polling?: { readonly every_minutes: number; readonly looked_at: string | null };
}

interface ImportItem {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly state: ImportState;
  readonly pull_requests: ItemCounts;
  readonly message: string | null;
}

interface ImportStatusParts extends Pick<WorkParts, 'stores' | 'clock'> {
  readonly usage: RequestGate['usage'];
}

type Counts = Omit<PullRequestCounts, 'repositoryUuid'>;
const noCounts: Counts = { total: 0, merged: 0, open: 0, unreadCommits: 0, unsized: 0 };

/** Everything the status is made of. */
interface Findings extends TroubleFindings {
  /** The list of repositories is still to be read, again. */
  readonly isPlanned: boolean;
  /** An import has ended before. */
  readonly isVerified: boolean;
  readonly counts: ReadonlyMap<string, Counts>;
}

/** What the state of an import is told from. */
interface ImportFindings extends Omit<Findings, 'rows' | 'repositories' | 'readings' | 'counts'> {
  readonly rows: readonly ImportStand[];
}

export type ImportStatusReader = ReturnType<typeof createImportStatus>;

export function createImportStatus(parts: ImportStatusParts) {
  const load = (workspace: string, visible: readonly string[] | null) => loadStatus(parts, workspace, visible);
  return {
    /** `visible`: uuids of the repositories that are named, `null`: all. The counts are those of the workspace. */
    load,
    /** What every page and every report says of the import; in one statement, unless one is under way. */
    loadProgress: async (workspace: string) => {
      const stored = await parts.stores.progress.read(workspace, troubledKinds);
      const { connection, lastNoticeAt, hasSavedSettings } = stored;
      const isConnected = connection?.status === 'live';
      const isImporting = isUnderWay(toState(toImportFindings(stored)));
      return {
        ...{ isImporting, isConnected, hasSavedSettings },
        importing: isImporting ? await loadImporting(parts, workspace) : null,
        polling: findPolling(stored),
        lastNoticeAt,
        hasLiveNotice: isConnected && lastNoticeAt !== null && lastNoticeAt >= connection.installedAt,
      };
    },
  };
}

/** A workspace is importing as long as its history is queued or being read. */
function isUnderWay(state: ImportState): boolean {
  return state === 'queued' || state === 'running';
}

function toPollingMember(polling: Polling | null): Pick<ImportStatus, 'polling'> {
  if (polling === null) return {};
  return { polling: { every_minutes: polling.everyMinutes, looked_at: toTime(polling.lookedAt) } };
}

/** Out of what was counted while it was written: nobody looks at pull requests for it. */
async function loadImporting({ stores, clock, usage }: ImportStatusParts, workspace: string) {
  const [imports, used] = await Promise.all([
    stores.progress.readImportCounts(workspace),
    usage(workspace, clock.now()),
  ]);
  return { ...sumCounts(imports.map(toItemCounts)), etaSeconds: estimateEnd(imports, used) };
}

type Usage = Awaited<ReturnType<RequestGate['usage']>>;

function estimateEnd(imports: readonly ImportCounts[], usage: Usage): number {
  return estimateSeconds(estimateRequests(imports), usage, usage.limit);
}

function toImportFindings({ imports, work, connection, verifiedAt }: StoredProgress): ImportFindings {
  const whole = work.find(({ kind, key }) => kind === importWorkspaceKind && key === wholeWorkspace);
  return {
    rows: imports,
    troubled: work.flatMap(({ state, problem, ...one }) =>
      state === 'ready' && problem !== null ? [{ ...one, problem }] : [],
    ),
    connectionProblem: connection?.problem ?? null,
    isPlanned: whole?.state === 'ready',
    givenUp: whole?.state === 'dead' ? whole.problem : null,
    isVerified: verifiedAt !== null,
  };
}

function toFindings(stored: WholeProgress): Findings {
  return {
    ...toImportFindings(stored),
    rows: stored.imports,
    readings: stored.readings,
    repositories: new Map(stored.repositories.map((repository) => [repository.uuid, repository])),
    counts: new Map(stored.counts.map((count) => [count.repositoryUuid, count])),
  };
}

/** `queued` until the list of repositories is read; a workspace without any is done then. */
function toState(found: ImportFindings): ImportState {
  const { rows, isPlanned, isVerified, givenUp, connectionProblem } = found;
  if (isPlanned && !isHeldUp(found)) return 'queued';
  if (rows.length > 0) return rows.every(isSettled) ? 'done' : 'running';
  if (isVerified) return 'done';
  return (givenUp ?? connectionProblem) === null ? 'queued' : 'failed';
}

/** Reading the list once more is refused: that is named, and what was imported before is there as ever. */
function isHeldUp({ rows, troubled }: ImportFindings): boolean {
  return rows.length > 0 && troubled.some(({ kind, attempts }) => kind === importWorkspaceKind && attempts > 0);
}

function toItem(row: ImportRow, { repositories, counts }: Findings): ImportItem {
  const { repositoryUuid: uuid } = row;
  const { slug, name, problem } = repositories.get(uuid) ?? { slug: uuid, name: uuid, problem: null };
  return {
    uuid,
    slug,
    name,
    state: toItemState(row),
    pull_requests: toItemCounts(toCounts(row, counts)),
    message: row.problem ?? problem,
  };
}

function toCounts(row: ImportRow, counts: Findings['counts']): ImportCounts {
  return { ...row, ...(counts.get(row.repositoryUuid) ?? noCounts) };
}

function toItemState(row: ImportRow): ImportState {
  if (row.phase === 'done' || row.phase === 'failed') return row.phase;
  if (row.problem !== null) return 'failed';
  return row.pages === 0 ? 'queued' : 'running';
}

const toTime = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

function countRepositories(items: readonly ImportItem[]): ImportStatus['repositories'] {
  const count = (state: ImportState): number => items.filter((item) => item.state === state).length;
  return { total: items.length, done: count('done'), failed: count('failed') };
}

async function loadStatus(
  parts: ImportStatusParts,
  workspace: string,
  visible: readonly string[] | null,
): Promise<ImportStatus> {
  const seen = visible === null ? null : new Set(visible);
  const [stored, usage, work] = await Promise.all([
    parts.stores.progress.readWhole(workspace, troubledKinds),
    parts.usage(workspace, parts.clock.now()),
    loadWorkStatus(parts, workspace),
  ]);
  const found = toFindings(stored);
  const items = found.rows.map((row) => toItem(row, found));
  const counts = [...found.counts.values()];
  const total = sum(counts.map((count) => count.total));
  const sized = sum(counts.map(({ merged, open }) => merged + open));
  const state = toState(found);
  return {
    state,
    repositories: countRepositories(items),
    pull_requests: sumCounts(items.map(({ pull_requests }) => pull_requests)),
    requests: {
      used: usage.used,
      limit: usage.limit,
      window_ends_at: toTime(usage.windowEndsAt),
      by_purpose: usage.totalByPurpose,
      per_pull_request: total === 0 ? null : (usage.total - (usage.totalByPurpose['sizes'] ?? 0)) / total,
    },
    eta_seconds: isUnderWay(state)
      ? estimateEnd(
          found.rows.map((row) => toCounts(row, found.counts)),
          usage,
        )
      : null,
    problems: toProblems(found, seen),
    sizes: { total: sized, done: sized - sum(counts.map((count) => count.unsized)) },
    items: items.filter(({ uuid }) => seen === null || seen.has(uuid)),
    notices: stored.notices,
    groups: { read_at: toTime(stored.groupsReadAt), problem: stored.groupsProblem },
    connection: stored.connection?.status ?? null,
    ...(found.connectionProblem === null ? {} : { access_refused: true }),
    clock_ahead_seconds: findClockAhead(stored.connection),
    work,
    ...toPollingMember(findPolling(stored)),
  };
}
