import type { Instant } from '../domain/instant';
import { eraseWorkspaceKind, type WorkspaceLifecycle } from './workspace-lifecycle';
import { wholeWorkspace } from './plans/import-plan';
import type { WorkParts } from './requests/work-parts';
import { planPolling, pollKind } from './reconciliation/poll';
import { planReconciliation, reconcileKind } from './reconciliation/reconcile';

interface MissingWorkParts extends Pick<WorkParts, 'stores' | 'clock' | 'reconcileMinutes'> {
  readonly lifecycle: Pick<WorkspaceLifecycle, 'onMoved' | 'onDisconnected'>;
}

const minute = 60_000;

/**
 * Looks, at most once an interval, whether every connected workspace has its reconciliation and every one that left its
 * erasure, and puts down what is missing: we may have stumbled between the coming or going of a workspace and the
 * planning of what follows, and nobody says it again.
 */
export function createPlanMissingWork(parts: MissingWorkParts): () => Promise<void> {
  const { stores, clock, reconcileMinutes } = parts;
  let lookedAt: Instant = clock.now();
  return async () => {
    if (clock.now() < lookedAt + reconcileMinutes * minute) return;
    lookedAt = clock.now();
    for (const { uuid } of await stores.workspaces.list()) await planMissing(parts, uuid);
  };
}

async function planMissing(parts: MissingWorkParts, workspace: string): Promise<void> {
  const { stores, lifecycle } = parts;
  const connection = await stores.connections.get(workspace);
  const isPlanned = async (kind: string): Promise<boolean> =>
    (await stores.jobs.find({ workspace, kind, key: wholeWorkspace }))?.state === 'ready';
  if (connection?.status === 'live') await planForLive(parts, workspace, isPlanned);
  if (connection?.status === 'uninstalled' && !(await isPlanned(eraseWorkspaceKind))) {
    await lifecycle.onDisconnected(workspace);
  }
}

/** One that left and came back, or went through another door, while we stumbled: what it left is still to be erased. */
async function planForLive(
  parts: MissingWorkParts,
  workspace: string,
  isPlanned: (kind: string) => Promise<boolean>,
): Promise<void> {
  const { stores, lifecycle } = parts;
  if ((await stores.workspaces.get(workspace))?.eraseAt != null) return lifecycle.onMoved(workspace);
  if (!(await isPlanned(reconcileKind))) await planReconciliation(parts, workspace);
  if (!(await isPlanned(pollKind))) await planPolling(parts, workspace);
}
