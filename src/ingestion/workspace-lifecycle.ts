import { planWorkspaceImport, wholeWorkspace, type ImportPlanParts } from './plans/import-plan';
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
  return {
    /** Starts the import; data of an earlier installation are found again. */
    async onConnected(workspace: string): Promise<void> {
      await stores.jobs.remove({ workspace, kind: eraseWorkspaceKind });
      await stores.workspaces.update(workspace, { eraseAt: null });
      await planWorkspaceImport(parts, workspace);
      await planReconciliation(parts, workspace);
      kick();
    },
    /** What Bitbucket refused for our credentials is tried again now. */
    async onAccessRestored(workspace: string): Promise<void> {
      await stores.jobs.hastenTroubled({ workspace, now: clock.now() });
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
