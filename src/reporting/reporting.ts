import type { FactStores } from './facts/fact-memory';
import { createSnapshot, createWholeSnapshot, toDeliveries } from './snapshot';
import { createVersionReader, type VersionNeeds } from './version/read-version';

export type Reporting = ReturnType<typeof createReporting>;

/**
 * Workspaces as they are now: each is opened once a request, and all of the answer is worked out from that. Whoever opens
 * one says which repositories may be seen (`null`: all); of others nothing is in it.
 */
export function createReporting(stores: FactStores, needs: VersionNeeds) {
  const versions = createVersionReader(stores, needs);
  return {
    /** One version of the workspace without its open pull requests. */
    open: async (workspace: string, visible: readonly string[] | null) =>
      createSnapshot(await versions.read(workspace), visible),
    openWhole: async (workspace: string, visible: readonly string[] | null) =>
      createWholeSnapshot(await versions.readWhole(workspace), visible, stores.pullRequests),
    /** All of it, for whoever writes it down. */
    loadDeliveries: async (workspace: string) => toDeliveries(await versions.read(workspace)),
  };
}
