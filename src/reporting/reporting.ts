import { openDeliveries } from './delivery/counted-deliveries';
import { createSnapshot, createWholeSnapshot } from './snapshot';
import { createVersionReader, type VersionNeeds, type VersionStores } from './version/read-version';

export type Reporting = ReturnType<typeof createReporting>;

/**
 * Workspaces as they are now: each is opened once a request, and all of the answer is worked out from that. Whoever opens
 * one says which repositories may be seen (`null`: all); of others nothing is in it.
 */
export function createReporting(stores: VersionStores, needs: VersionNeeds) {
  const versions = createVersionReader(stores, needs);
  return {
    settle: () => versions.settle(),
    /**
     * A workspace as it is now, to be opened from there. `getState`: another text as soon as any answer may be another;
     * after it was opened, of what was opened.
     */
    begin: async (workspace: string) => {
      const begun = await versions.begin(workspace);
      return {
        getState: () => begun.getState(),
        open: async (visible: readonly string[] | null) => createSnapshot(await begun.read(), visible),
        openWhole: async (visible: readonly string[] | null) =>
          createWholeSnapshot(await begun.readWhole(), visible, stores.pullRequests),
      };
    },
    /** One version of the workspace without its open pull requests. */
    open: async (workspace: string, visible: readonly string[] | null) =>
      createSnapshot(await versions.read(workspace), visible),
    openWhole: async (workspace: string, visible: readonly string[] | null) =>
      createWholeSnapshot(await versions.readWhole(workspace), visible, stores.pullRequests),
    /** All of it, for whoever writes it down. */
    openDeliveries: async (workspace: string) => openDeliveries(await versions.read(workspace)),
  };
}
