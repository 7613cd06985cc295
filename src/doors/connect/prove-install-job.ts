import type { Clock } from '../../domain/clock';
import { turnMs } from '../../domain/connections/proof-line';
import type { Log } from '../../machine/log';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { DoorEvents, DoorJob } from '../door';
import type { ProofResult } from './prove-install';

export const proveInstallKind = 'prove-install';

/** One job for the whole line, of no workspace: installs name whichever their sender likes. */
const proofJob = { workspace: '*', kind: proveInstallKind, key: 'line' };
const second = 1000;
const longestPause = 30 * second;

interface ProveInstallParts {
  readonly connections: Pick<ConnectionStore, 'takeProofTurn'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly prove: (pendingId: string) => Promise<ProofResult>;
}

/**
 * Works off the line of pending installs: one try a second, over all processes, because one job is run by one of them.
 * Whatever goes wrong with one install does not stop those behind it: it was counted as a try.
 */
export function createProveInstall({ connections, clock, log, prove }: ProveInstallParts): DoorJob {
  return {
    lane: 'proof',
    neverGivenUp: { longestPauseMs: longestPause },
    async run() {
      const turn = await connections.takeProofTurn(clock.now());
      if (turn === null) return 'done';
      if ('againAt' in turn) return turn;
      await prove(turn.pendingId).catch((error: unknown) => {
        log.error({ err: error, pendingId: turn.pendingId }, 'An install could not be tried.');
      });
      // Even if nobody seems to wait any more: those who have come meanwhile count on it.
      return { againAt: clock.now() + turnMs };
    },
  };
}

/**
 * Says that somebody waits in the line. Not while a turn is taken: whoever took it looks at the line once more when the
 * next is due, and thousands who come meanwhile are no reason to look sooner.
 */
export function createCallForProof(needs: {
  readonly connections: Pick<ConnectionStore, 'findProofTurn'>;
  readonly events: Pick<DoorEvents, 'onWork'>;
  readonly clock: Clock;
}): () => Promise<void> {
  return async () => {
    if ((await needs.connections.findProofTurn(needs.clock.now())) === null) await needs.events.onWork(proofJob);
  };
}

/** At the start: whoever waited when the last process ended is not forgotten. */
export async function planProofs(
  connections: Pick<ConnectionStore, 'listPending'>,
  onWork: DoorEvents['onWork'],
): Promise<void> {
  if ((await connections.listPending()).length > 0) await onWork(proofJob);
}
