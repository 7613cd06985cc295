import type { Clock } from '../domain/clock';
import type { Instant } from '../domain/instant';
import type { Stores } from '../store/stores';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type ErasureStores = Pick<Stores, 'database' | 'workspaces' | 'connections' | 'erasure'>;

/**
 * Work that erases everything of a workspace which stayed uninstalled for the whole time. What was promised is never
 * given up; and a workspace that is connected is never erased, whatever was planned: how it stands is read in the
 * transaction that erases, with its connections held, so that none comes to life meanwhile.
 */
export function createErasure({ database, workspaces, connections, erasure }: ErasureStores, clock: Clock) {
  return {
    lane: 'import',
    neverGivenUp: { longestPauseMs: hour },
    async run({ workspace }: { readonly workspace: string }): Promise<'done' | { readonly againAt: Instant }> {
      return database.transaction(async (tx) => {
        await connections.hold(workspace, tx);
        const eraseAt = (await workspaces.get(workspace, tx))?.eraseAt ?? null;
        if (eraseAt === null) return 'done';
        const status = (await connections.getStanding(workspace, tx))?.status ?? 'uninstalled';
        if (status !== 'uninstalled' && status !== 'superseded') {
          await workspaces.update(workspace, { eraseAt: null }, tx);
          return 'done';
        }
        if (eraseAt > clock.now()) return { againAt: eraseAt };
        // Somebody may be coming back at this moment, and anybody may say so: for a day that is waited for.
        const isWaitedFor = clock.now() < eraseAt + day && (await connections.hasPending(workspace, tx));
        if (isWaitedFor) return { againAt: clock.now() + minute };
        await erasure.erase(workspace, tx);
        return 'done';
      });
    },
  } as const;
}
