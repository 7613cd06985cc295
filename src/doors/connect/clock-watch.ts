import type { Log } from '../../machine/log';
import type { Connection } from '../../store/connections/connection';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { Mistimed } from './verify-token';

/** What a token of Bitbucket came with: an address in a frame, a notice, or a call about an install. */
export type TokenUse = 'page' | 'notice' | 'lifecycle';

/**
 * Tells people when Bitbucket is refused for the times of its tokens alone: a clock that is wrong looks like a forger
 * from inside, and like silence from outside, for Bitbucket does not repeat what was refused.
 */
export interface ClockWatch {
  noteRefusal(use: TokenUse, mistimed: Mistimed): Promise<void>;
  noteTrust(use: TokenUse, connection: Connection): Promise<void>;
}

export interface ClockWatchNeeds {
  readonly log: Log;
  readonly connections: Pick<ConnectionStore, 'noteClock'>;
  /** For whoever counts. */
  readonly onRefusedByTime?: ((use: TokenUse) => void) | undefined;
}

export function createClockWatch({ log, connections, onRefusedByTime }: ClockWatchNeeds): ClockWatch {
  const keep = async (reference: string, aheadSeconds: number | null): Promise<void> => {
    // The answer to Bitbucket does not hang on it.
    await connections.noteClock({ kind: 'connect', reference }, aheadSeconds).catch((error: unknown) => {
      log.error({ err: error }, 'what the clocks differ by could not be kept');
    });
  };
  return {
    async noteRefusal(use, { clientKey, aheadSeconds, hasEnded }) {
      onRefusedByTime?.(use);
      const facts = { use, aheadSeconds };
      // An address that is opened again after an hour has ended in all honesty.
      if (use === 'page' && hasEnded) log.info(facts, 'a page was opened with an address that has ended');
      else log.warn(facts, toSentence(aheadSeconds));
      if (use !== 'page') await keep(clientKey, aheadSeconds);
    },
    async noteTrust(use, { reference, clockAheadSeconds }) {
      if (use !== 'page' && clockAheadSeconds !== null) await keep(reference, null);
    },
  };
}

function toSentence(aheadSeconds: number): string {
  const side = aheadSeconds > 0 ? 'ahead of' : 'behind';
  return (
    `A token of Bitbucket is refused for its times alone: its clock is ${Math.abs(aheadSeconds).toString()} seconds ` +
    `${side} ours. Check the clock of this machine.`
  );
}
