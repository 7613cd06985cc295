import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import type { DoorJob } from '../door';
import { describeRevoked } from './expiry';
import { careForHooks } from './hook-care';
import type { TokenNeeds } from './token-needs';

export const lookAfterHookKind = 'look-after-hook';

const hour = 3_600_000;
const day = 24 * hour;

/** Every day: hooks that are missing, switched off, of another address or of other events are put right. */
export function createLookAfterHook(needs: TokenNeeds): DoorJob {
  const { stores, clock } = needs;
  return {
    lane: 'live',
    neverGivenUp: { longestPauseMs: hour },
    async run({ workspace }) {
      const connection = await stores.connections.getLive(workspace);
      if (connection?.kind !== 'access_token') return 'done';
      const { result, sentence } = await careForHooks(needs, connection, { makes: false });
      if (result === 'revoked') throw new AccessRevoked(describeRevoked(connection));
      if (result === 'unreachable') throw new BitbucketUnavailable({ status: null, reason: sentence });
      return { againAt: clock.now() + day };
    },
  };
}
