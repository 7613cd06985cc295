import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import type { ConnectionStore } from '../../store/connections/connection-store';
import type { DoorEvents, DoorJob } from '../door';
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
    everyMs: day,
    async run({ workspace }) {
      const connection = await stores.connections.getLive(workspace);
      if (connection?.kind !== 'access_token') return 'done';
      const { result, sentence } = await careForHooks(needs, connection, { makes: false });
      if (result === 'revoked') throw new AccessRevoked(describeRevoked(connection, clock.now()));
      if (result === 'unreachable') throw new BitbucketUnavailable({ status: null, reason: sentence });
      return { againAt: clock.now() + day };
    },
  };
}

/** Puts the look down for every workspace: at a start BASE_URL may be another one than before. */
export async function planHookCare(
  connections: Pick<ConnectionStore, 'list'>,
  onWork: DoorEvents['onWork'],
): Promise<void> {
  for (const { workspace, kind, status } of await connections.list()) {
    if (kind === 'access_token' && status === 'live') await onWork(toHookCare(workspace));
  }
}

/** The job that looks after the hooks of a workspace. */
export function toHookCare(workspace: string): Parameters<DoorEvents['onWork']>[0] {
  return { workspace, kind: lookAfterHookKind, key: workspace };
}
