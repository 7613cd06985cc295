import { createTokenConnections, type TokenConnections } from '../../../src/doors/access-token/token-connections';
import { createWorkspaceLifecycle } from '../../../src/ingestion/workspace-lifecycle';
import { createSilentLog } from '../../../src/machine/log';
import { testClock } from '../test-clock';
import type { RunningProduct } from './start-product';

/**
 * An operator at the command line of a running product: the same database, another process. What is put down is found by
 * the product.
 */
export function createTokenOperator({ app, simulator, stores }: RunningProduct): TokenConnections {
  const clock = testClock;
  const limits = { importDays: 36_500, reconcileMinutes: 60, retentionDays: 30 };
  const lifecycle = createWorkspaceLifecycle({ stores, clock, ...limits, kick: () => app.kick() });
  return createTokenConnections({
    ...{ baseUrl: app.url, bitbucketApiUrl: simulator.url, clock, log: createSilentLog(), stores },
    events: { ...lifecycle, onMoved: (workspace, tx) => lifecycle.onConnected(workspace, tx) },
    passRequest: async () => undefined,
    pauseRequests: async () => undefined,
  });
}
