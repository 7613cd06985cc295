import { importWorkspaceKind, planWorkspaceImport, wholeWorkspace, type ImportPlanParts } from './plans/import-plan';
import { planPolling } from './reconciliation/poll';
import { planReconciliation } from './reconciliation/reconcile';

export const eraseWorkspaceKind = 'erase-workspace';
const day = 86_400_000;

interface WorkspaceLifecycleParts extends ImportPlanParts {
  readonly reconcileMinutes: number;
  readonly retentionDays: number;
  readonly kick: () => void;
}

export type WorkspaceLifecycle = ReturnType<typeof createWorkspaceLifecycle>;

/** What follows when a door lets a workspace in, or a workspace leaves. */
export function createWorkspaceLifecycle(parts: WorkspaceLifecycleParts) {
  const { stores, clock, retentionDays, kick } = parts;
  const keep = async (workspace: string): Promise<void> => {
    await stores.jobs.remove({ workspace, kind: eraseWorkspaceKind });
    await stores.workspaces.update(workspace, { eraseAt: null });
  };
  /** The list of repositories was read once, or is about to be. */
  const hasBegun = async (workspace: string): Promise<boolean> => {
    if ((await stores.workspaces.get(workspace))?.repositoriesReadAt != null) return true;
    return (await stores.jobs.find({ workspace, kind: importWorkspaceKind, key: wholeWorkspace }))?.state === 'ready';
  };
  /** What Bitbucket grants an hour goes by the credentials: it will say so again. */
  const resume = async (workspace: string): Promise<void> => {
    await stores.workspaces.update(workspace, { requestLimit: null });
    await stores.connections.noteProblem(workspace, null);
    await stores.jobs.hastenTroubled({ workspace, now: clock.now() });
    await planReconciliation(parts, workspace, { isDue: true });
    await planPolling(parts, workspace);
    kick();
  };
  return {
    /** Starts the import; data of an earlier installation are found again. */
    async onConnected(workspace: string): Promise<void> {
      await keep(workspace);
      await planWorkspaceImport(parts, workspace);
      await planReconciliation(parts, workspace);
      await planPolling(parts, workspace);
      kick();
    },
    /**
     * The workspace goes on through another door. Nothing is read twice: an import that is under way goes on, one that
     * is done stays done, and what no notice told in between is found by comparing from the marks, at once.
     */
    async onMoved(workspace: string): Promise<void> {
      await keep(workspace);
      if (!(await hasBegun(workspace))) await planWorkspaceImport(parts, workspace);
      await resume(workspace);
    },
    /** Bitbucket takes our credentials again, or others: what waited goes on at once, and nothing is lost meanwhile. */
    async onAccessRestored(workspace: string): Promise<void> {
      await resume(workspace);
    },
    /** From now on Bitbucket calls us, or no longer does. */
    async onHearingChanged(workspace: string): Promise<void> {
      await planPolling(parts, workspace);
      kick();
    },
    /** Stops all work at once; the data stay for `RETENTION_DAYS` and are then erased. */
    async onDisconnected(workspace: string): Promise<void> {
      const eraseAt = clock.now() + retentionDays * day;
      await stores.jobs.remove({ workspace });
      await stores.workspaces.update(workspace, { eraseAt });
      await stores.jobs.enqueue({ workspace, kind: eraseWorkspaceKind, key: wholeWorkspace, runAt: eraseAt });
    },
    /** Puts down work of a door's, to be done now. */
    async onWork(job: { readonly workspace: string; readonly kind: string; readonly key: string }): Promise<void> {
      await stores.jobs.enqueue({ ...job, runAt: clock.now() });
      kick();
    },
  };
}
