import type { Clock } from '../../domain/clock';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { DoorJob } from '../door';
import type { ProofResult } from './prove-install';

export const proveInstallKind = 'prove-install';

const second = 1000;
const longestPause = 30 * second;
/** An install that we stumble over for so long is dropped, as one that is not proven is: anybody can send one. */
const longestStumble = 15 * 60 * second;

interface ProveInstallParts {
  readonly connections: Pick<ConnectionStore, 'getPending' | 'deletePending'>;
  readonly clock: Clock;
  /** Gives up by itself when the time for it is over. */
  readonly prove: (pendingId: string) => Promise<ProofResult>;
}

/** Asks Bitbucket about a pending install again and again, soon at first: it may honour the secret only in a moment. */
export function createProveInstall(parts: ProveInstallParts): DoorJob {
  return {
    lane: 'proof',
    neverGivenUp: { longestPauseMs: longestPause },
    async run({ key: pendingId }) {
      if ((await proveOrDrop(parts, pendingId)) !== 'again') return 'done';
      const age = await findAge(parts, pendingId);
      if (age === null) return 'done';
      const pause = Math.min(longestPause, Math.max(second, Math.round(age / 4)));
      return { againAt: parts.clock.now() + pause };
    },
  };
}

async function proveOrDrop(parts: ProveInstallParts, pendingId: string): Promise<ProofResult> {
  try {
    return await parts.prove(pendingId);
  } catch (error) {
    const age = await findAge(parts, pendingId);
    if (age === null || age < longestStumble) throw error;
    await parts.connections.deletePending(pendingId);
    return 'refused';
  }
}

/** `null` once nothing is left to prove. */
async function findAge({ connections, clock }: ProveInstallParts, pendingId: string): Promise<number | null> {
  const pending = await connections.getPending(pendingId);
  return pending === null ? null : clock.now() - pending.receivedAt;
}
