import type { Clock } from '../domain/clock';
import type { Stores } from '../store/stores';
import type { JobHandler } from './jobs/job-handler';

export const proveInstallKind = 'prove-install';

const second = 1000;

export interface ProveInstallParts {
  readonly stores: Pick<Stores, 'connections'>;
  readonly clock: Clock;
  /** The door's proof; it gives up by itself when the time for it is over. */
  readonly prove: (pendingId: string) => Promise<'proven' | 'again' | 'refused' | 'gone'>;
}

/** Asks Bitbucket about a pending install again and again, soon at first: it may honour the secret only in a moment. */
export function createProveInstall({ stores, clock, prove }: ProveInstallParts): JobHandler {
  return {
    lane: 'proof',
    async run({ key: pendingId }) {
      if ((await prove(pendingId)) !== 'again') return 'done';
      const pending = await stores.connections.getPending(pendingId);
      if (pending === null) return 'done';
      const age = clock.now() - pending.receivedAt;
      const pause = Math.min(30 * second, Math.max(second, Math.round(age / 4)));
      return { againAt: clock.now() + pause };
    },
  };
}
