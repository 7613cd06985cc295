import { Gauge, type Registry } from 'prom-client';
import type { ConnectionStore } from '../../store/connections/connection-store';

/** When the tokens end, for whoever wants to be told in time; of those alone of which it is known. */
export function registerExpiryGauge(metrics: Registry, connections: Pick<ConnectionStore, 'list'>): void {
  const gauge = new Gauge({
    name: 'bitbucket_token_expires_timestamp_seconds',
    help: 'When the token of a workspace ends, in seconds since 1970, by the UUID of the workspace',
    labelNames: ['workspace'] as const,
    registers: [metrics],
    collect: async () => {
      // The database does not answer: everything else is told all the same.
      const all = await connections.list().catch(() => []);
      gauge.reset();
      for (const { workspace, kind, status, expiresAt } of all) {
        const isOurs = kind === 'access_token' && status === 'live';
        if (isOurs && expiresAt !== null) gauge.set({ workspace }, expiresAt / 1000);
      }
    },
  });
}
