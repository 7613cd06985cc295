import type { FactStores } from './facts/fact-memory';
import { createSnapshot, createWholeSnapshot, type Snapshot, type WholeSnapshot } from './snapshot';
import { createVersionReader, type VersionNeeds } from './version/read-version';

/** Workspaces as they are now: each is opened once a request, and all of the answer is worked out from that. */
export interface Reporting {
  /** One version of the workspace without its open pull requests. */
  readonly open: (workspace: string) => Promise<Snapshot>;
  readonly openWhole: (workspace: string) => Promise<WholeSnapshot>;
}

export function createReporting(stores: FactStores, needs: VersionNeeds): Reporting {
  const versions = createVersionReader(stores, needs);
  return {
    open: async (workspace) => createSnapshot(await versions.read(workspace)),
    openWhole: async (workspace) => createWholeSnapshot(await versions.readWhole(workspace), stores.pullRequests),
  };
}
