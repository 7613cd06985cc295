import { computeAge, type Instant } from '../domain/instant';
import { wholeWorkspace } from './plans/import-plan';
import type { WorkParts } from './requests/work-parts';
import { eraseWorkspaceKind, type WorkspaceLifecycle } from './workspace-lifecycle';

interface MissingWorkParts extends Pick<WorkParts, 'stores' | 'clock' | 'reconcileMinutes'> {
  readonly lifecycle: Pick<WorkspaceLifecycle, 'step' | 'onMoved' | 'onStillConnected' | 'onDisconnected'>;
}

const minute = 60_000;

/** Puts down what is missing, of every workspace. */
export interface MissingWork {
  /** Now: at the start of a process that works. */
  plan(): Promise<void>;
  /** The same, but not more often than once an interval. */
  planInTime(): Promise<void>;
}

/**
 * Looks whether every connected workspace has its work and every one that left its erasure. No step of ours leaves such a
 * hole, for each is one transaction; an earlier version did, and what somebody has done to the database by hand may.
 */
export function createMissingWork(parts: MissingWorkParts): MissingWork {
  const { stores, clock, reconcileMinutes } = parts;
  let lookedAt: Instant = clock.now();
  const plan = async (): Promise<void> => {
    lookedAt = clock.now();
    for (const { uuid } of await stores.workspaces.list()) await planMissing(parts, uuid);
  };
  return {
    plan,
    async planInTime() {
      if (computeAge(lookedAt, clock.now()) >= reconcileMinutes * minute) await plan();
    },
  };
}

/** As it stands within the step: somebody may be coming or going at this moment. */
function planMissing({ stores, lifecycle }: MissingWorkParts, workspace: string): Promise<void> {
  return lifecycle.step(workspace, async (tx) => {
    const status = (await stores.connections.getStanding(workspace, tx))?.status;
    if (status === 'uninstalled') {
      const job = await stores.jobs.find({ workspace, kind: eraseWorkspaceKind, key: wholeWorkspace }, tx);
      if (job?.state !== 'ready') await lifecycle.onDisconnected(workspace, tx);
      return;
    }
    if (status !== 'live') return;
    // One that left and came back while we stumbled: what no notice told in between is found by comparing, at once.
    const isToBeErased = (await stores.workspaces.get(workspace, tx))?.eraseAt != null;
    await (isToBeErased ? lifecycle.onMoved(workspace, tx) : lifecycle.onStillConnected(workspace, tx));
  });
}
