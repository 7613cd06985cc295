import type { Clock } from '../domain/clock';
import type { Instant } from '../domain/instant';
import type { Transaction } from '../store/database/transaction';
import type { Stores } from '../store/stores';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type ErasureStores = Pick<Stores, 'database' | 'workspaces' | 'connections' | 'reinstalls' | 'erasure'>;
type Outcome = 'done' | { readonly againAt: Instant };

/**
 * Work that erases everything of a workspace which stayed uninstalled for the whole time. What was promised is never
 * given up; and a workspace that is connected is never erased, whatever was planned: how it stands is read in the
 * transaction that erases, with its connections held, so that none comes to life meanwhile.
 */
export function createErasure(stores: ErasureStores, clock: Clock) {
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: hour },
    everyMs: Infinity,
    run: ({ workspace }: { readonly workspace: string }): Promise<Outcome> =>
      stores.database.transaction(async (tx) => {
        await stores.connections.hold(workspace, tx);
        const eraseAt = (await stores.workspaces.get(workspace, tx))?.eraseAt ?? null;
        if (eraseAt === null) return 'done';
        if (await isConnected(stores, workspace, tx)) {
          await stores.workspaces.update(workspace, { eraseAt: null }, tx);
          return 'done';
        }
        const now = clock.now();
        if (now < eraseAt) return { againAt: eraseAt };
        // Anybody may say that it comes back: that is waited for, but for a day only.
        if (now < eraseAt + day && (await isComingBack(stores, workspace, tx))) return { againAt: now + minute };
        await stores.erasure.erase(workspace, tx);
        return 'done';
      }),
  } as const;
}

/** Disabled or refused by Bitbucket it is not gone. */
async function isConnected({ connections }: ErasureStores, workspace: string, tx: Transaction): Promise<boolean> {
  const standing = await connections.getStanding(workspace, tx);
  return standing !== null && standing.status !== 'uninstalled' && standing.status !== 'superseded';
}

/** An install that names it waits to be proved. */
async function isComingBack(
  { connections, reinstalls }: ErasureStores,
  workspace: string,
  tx: Transaction,
): Promise<boolean> {
  return (await connections.hasPending(workspace, tx)) || (await reinstalls.list({ workspace }, tx)).length > 0;
}
