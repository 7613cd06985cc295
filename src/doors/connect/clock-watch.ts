import type { Connection } from '../../store/connections/connection';
import type { ConnectNeeds, TokenUse } from './connect-needs';
import type { Mistimed } from './verify-token';

export type ClockWatch = ReturnType<typeof createClockWatch>;

/**
 * Tells people when Bitbucket is refused for the times of its tokens alone: a clock that is wrong looks like a forger
 * from inside, and like silence from outside, for Bitbucket does not repeat what was refused.
 */
export function createClockWatch({ log, connections, onRefusedByTime }: ConnectNeeds) {
  const keep = async (reference: string, aheadSeconds: number | null): Promise<void> => {
    // The answer to Bitbucket does not hang on it.
    await connections.noteClock({ kind: 'connect', reference }, aheadSeconds).catch((error: unknown) => {
      log.error({ err: error }, 'what the clocks differ by could not be kept');
    });
  };
  return {
    async noteRefusal(use: TokenUse, { clientKey, aheadSeconds, hasEnded }: Mistimed): Promise<void> {
      onRefusedByTime?.(use);
      const facts = { use, aheadSeconds };
      // An address that is opened again after an hour has ended in all honesty.
      if (use === 'page' && hasEnded) log.info(facts, 'a page was opened with an address that has ended');
      else log.warn(facts, toSentence(aheadSeconds));
      if (use !== 'page') await keep(clientKey, aheadSeconds);
    },
    async noteTrust(use: TokenUse, { reference, clockAheadSeconds }: Connection): Promise<void> {
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
