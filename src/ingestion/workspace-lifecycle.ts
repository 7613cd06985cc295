import type { Transaction } from '../store/database/transaction';
import { importWorkspaceKind, planWorkspaceImport, wholeWorkspace, type ImportPlanParts } from './plans/import-plan';
import { workNoticesKind } from './notices/work-notices';
import { planPolling, pollKind } from './reconciliation/poll';
import { planReconciliation, reconcileKind } from './reconciliation/reconcile';

export const eraseWorkspaceKind = 'erase-workspace';
const day = 86_400_000;

interface WorkspaceLifecycleParts extends ImportPlanParts {
  readonly reconcileMinutes: number;
  readonly retentionDays: number;
  readonly kick: () => void;
}

export type WorkspaceLifecycle = ReturnType<typeof createWorkspaceLifecycle>;

/** What follows when a door lets a workspace in, or a workspace leaves: each in the transaction of that step. */
export function createWorkspaceLifecycle(parts: WorkspaceLifecycleParts) {
  const { stores, clock, kick } = parts;
  return {
    /**
     * All that `work` writes, or nothing of it. Steps of one workspace wait for each other, in whatever process: what is
     * read of its connections in one is so until it ends. Work that it puts down is begun afterwards.
     */
    async step<T>(workspace: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
      const result = await stores.database.transaction(async (tx) => {
        await stores.connections.hold(workspace, tx);
        return work(tx);
      });
      kick();
      return result;
    },
    /** Starts the import; data of an earlier installation are found again. */
    async onConnected(workspace: string, tx: Transaction): Promise<void> {
      await planWorkspaceImport(parts, workspace, tx);
      await planMissing(parts, workspace, tx);
    },
    /**
     * The workspace goes on through another door. Nothing is read twice: an import that is under way goes on, one that
     * is done stays done, and what no notice told in between is found by comparing from the marks, at once.
     */
    async onMoved(workspace: string, tx: Transaction): Promise<void> {
      await goOn(parts, workspace, tx);
    },
    /** What is live has all its work: an import that was never begun, reconciliation, polling; and nothing erases it. */
    async onStillConnected(workspace: string, tx: Transaction): Promise<void> {
      await planMissing(parts, workspace, tx);
    },
    /** Bitbucket takes our credentials again, or others: what waited goes on at once, and nothing is lost meanwhile. */
    async onAccessRestored(workspace: string, tx: Transaction): Promise<void> {
      await goOn(parts, workspace, tx);
    },
    /** From now on Bitbucket calls us, or no longer does. */
    async onHearingChanged(workspace: string, tx: Transaction): Promise<void> {
      await planPolling(parts, workspace, tx);
    },
    /** Stops all work at once; the data stay for `RETENTION_DAYS` and are then erased. Said again it stays that day. */
    async onDisconnected(workspace: string, tx: Transaction): Promise<void> {
      const planned = (await stores.workspaces.get(workspace, tx))?.eraseAt ?? null;
      const eraseAt = planned ?? clock.now() + parts.retentionDays * day;
      await stores.jobs.remove({ workspace }, tx);
      await stores.workspaces.update(workspace, { eraseAt }, tx);
      await stores.jobs.enqueue({ workspace, kind: eraseWorkspaceKind, key: wholeWorkspace, runAt: eraseAt }, tx);
    },
    /** Puts down work of a door's, to be done now. */
    async onWork(
      job: { readonly workspace: string; readonly kind: string; readonly key: string },
      tx?: Transaction,
    ): Promise<void> {
      await stores.jobs.enqueue({ ...job, runAt: clock.now() }, tx);
      if (tx === undefined) kick();
    },
  };
}

async function keep({ stores }: ImportPlanParts, workspace: string, tx: Transaction): Promise<void> {
  await stores.jobs.remove({ workspace, kind: eraseWorkspaceKind }, tx);
  await stores.workspaces.update(workspace, { eraseAt: null }, tx);
}

/** Whatever a live workspace should have and has not. */
async function planMissing(parts: WorkspaceLifecycleParts, workspace: string, tx: Transaction): Promise<void> {
  const { jobs, workspaces } = parts.stores;
  // Notices may wait for a secret that has just proved itself.
  await jobs.enqueue({ workspace, kind: workNoticesKind, key: wholeWorkspace, runAt: parts.clock.now() }, tx);
  const isMissing = async (kind: string): Promise<boolean> =>
    (await jobs.find({ workspace, kind, key: wholeWorkspace }, tx))?.state !== 'ready';
  await keep(parts, workspace, tx);
  // The list of repositories was read once, or is about to be.
  const isRead = (await workspaces.get(workspace, tx))?.repositoriesReadAt != null;
  if (!isRead && (await isMissing(importWorkspaceKind))) await planWorkspaceImport(parts, workspace, tx);
  if (await isMissing(reconcileKind)) await planReconciliation(parts, workspace, { tx });
  if (await isMissing(pollKind)) await planPolling(parts, workspace, tx);
}

/** What Bitbucket grants an hour goes by the credentials: it will say so again. */
async function goOn(parts: WorkspaceLifecycleParts, workspace: string, tx: Transaction): Promise<void> {
  const { stores, clock } = parts;
  await planMissing(parts, workspace, tx);
  await stores.workspaces.update(workspace, { requestLimit: null }, tx);
  await stores.connections.noteProblem(workspace, null, tx);
  await stores.jobs.hastenTroubled({ workspace, now: clock.now() }, tx);
  await planReconciliation(parts, workspace, { isDue: true, tx });
  await planPolling(parts, workspace, tx);
}
