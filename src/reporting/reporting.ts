import type { FactStores } from './facts/fact-memory';
import { createSnapshot, createWholeSnapshot } from './snapshot';
import { createVersionReader, type VersionNeeds } from './version/read-version';

export type Reporting = ReturnType<typeof createReporting>;

/** Workspaces as they are now: each is opened once a request, and all of the answer is worked out from that. */
export function createReporting(stores: FactStores, needs: VersionNeeds) {
  const versions = createVersionReader(stores, needs);
  return {
    /** One version of the workspace without its open pull requests. */
    open: async (workspace: string) => createSnapshot(await versions.read(workspace)),
    openWhole: async (workspace: string) =>
      createWholeSnapshot(await versions.readWhole(workspace), stores.pullRequests),
  };
}
