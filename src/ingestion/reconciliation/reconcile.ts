import { importRepositoryKind, importWorkspaceKind, planRepositoryImports, wholeWorkspace } from '../plans/import-plan';
import { workNoticesKind } from '../notices/work-notices';
import type { JobHandler, JobHandlers } from '../jobs/job-handler';
import { readPullRequestKind } from '../plans/reading-plan';
import type { Connection } from '../../store/connections/connection';
import type { Transaction } from '../../store/database/transaction';
import type { WorkParts } from '../requests/work-parts';
import { readWorkspaceKind } from '../record/read-workspace';
import { isReached, noteOutOfReach } from '../record/reach';
import { compareMovedKind, compareRepositoryKind, createCompareRepository } from './compare-repository';
import { createPoll, planPolling, pollKind } from './poll';
import { createListRepositories, listRepositoriesKind } from '../record/list-repositories';

export const reconcileKind = 'reconcile';

const minute = 60_000;
/** So many jobs that were given up are tried again at once; the readings of pull requests apart. */
const mostRevived = 500;

/**
 * Puts the first reconciliation down, by default after an interval; each one then puts down the next. One that was
 * buried comes to life again.
 */
export async function planReconciliation(
  { stores, clock, reconcileMinutes }: Pick<WorkParts, 'stores' | 'clock' | 'reconcileMinutes'>,
  workspace: string,
  { isDue = false, tx }: { readonly isDue?: boolean; readonly tx?: Transaction } = {},
): Promise<void> {
  const runAt = clock.now() + (isDue ? 0 : reconcileMinutes * minute);
  await stores.jobs.enqueue({ workspace, kind: reconcileKind, key: wholeWorkspace, runAt }, tx);
}

/**
 * Repairs what webhooks lose: every `RECONCILE_MINUTES` the list of repositories is read, and each repository's pull
 * requests are compared. Each of these is a job of its own, so one that is refused holds up none of the others.
 */
export function createReconciliation(parts: WorkParts): JobHandlers {
  const interval = parts.reconcileMinutes * minute;
  return {
    [reconcileKind]: createStart(parts, interval),
    [listRepositoriesKind]: createListRepositories(parts, interval),
    [compareRepositoryKind]: createCompareRepository(parts, { lane: 'import', longestPauseMs: interval }),
    [compareMovedKind]: createCompareRepository(parts, { lane: 'live', longestPauseMs: interval }),
    [pollKind]: createPoll(parts),
  };
}

/** Asks nobody, so nobody can refuse it: it only puts down what is to be done. Nothing but an uninstall ends it. */
function createStart(parts: WorkParts, interval: number): JobHandler {
  const { stores, clock } = parts;
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: interval },
    everyMs: interval,
    async run({ workspace }) {
      const startedAt = clock.now();
      const next = { againAt: startedAt + interval };
      const connection = await stores.connections.get(workspace);
      if (connection === null || connection.status === 'uninstalled') return 'done';
      await stores.endedRows.forget(workspace, startedAt);
      if (connection.status !== 'live') return next;
      const which = { workspace, exceptKind: readPullRequestKind, now: startedAt, limit: mostRevived };
      await stores.givenUp.revive(which);
      await planRepositories(parts, connection);
      await planPolling(parts, workspace);
      await planSurroundings(parts, workspace);
      return next;
    },
  };
}

/** Each repository is compared if its history was imported; an import that was given up once begins anew. */
async function planRepositories(parts: WorkParts, connection: Connection): Promise<void> {
  const { stores, clock } = parts;
  const { workspace } = connection;
  const runAt = clock.now();
  const imports = new Map((await stores.imports.list(workspace)).map((row) => [row.repositoryUuid, row]));
  for (const { uuid: key, verifiedAt } of await stores.repositories.list(workspace)) {
    if (!isReached(connection, key)) {
      await noteOutOfReach(parts, workspace, key);
      continue;
    }
    const phase = imports.get(key)?.phase ?? 'failed';
    if (phase === 'failed') await planRepositoryImports(parts, workspace, [key]);
    else if (phase !== 'done') await stores.jobs.enqueue({ workspace, kind: importRepositoryKind, key, runAt });
    if (verifiedAt !== null) await stores.jobs.enqueue({ workspace, kind: compareRepositoryKind, key, runAt });
  }
}

/**
 * What the workspace has one of: its notices too, because a process may have ended after it kept one and before it put
 * down that there is one.
 */
async function planSurroundings({ stores, clock }: WorkParts, workspace: string): Promise<void> {
  const key = wholeWorkspace;
  const whole = await stores.jobs.find({ workspace, kind: importWorkspaceKind, key });
  // The import of the whole workspace reads the same list.
  const kinds = whole?.state === 'ready' ? [] : [listRepositoriesKind, readWorkspaceKind];
  for (const kind of [workNoticesKind, ...kinds]) {
    await stores.jobs.enqueue({ workspace, kind, key, runAt: clock.now() });
  }
}
