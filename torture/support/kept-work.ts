import { openDatabase } from '../../src/store/open-database';
import { jobs, notices } from '../../src/store/schema/work';
import type { Database } from '../../src/store/database/database';
import { waitUntil } from '../../test/support/product/wait-until';

/** Work that comes again by itself. */
const neverOver = new Set(['reconcile', 'erase-workspace', 'read-groups', 'look-after-hook', 'poll']);

/** Looks into the database beside the server, as `drumbeat status` does. */
export async function visit<T>(url: string, look: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, poolSize: 1, isVisit: true });
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}

/** Until nothing is left to be worked off. @throws naming what is left where that takes too long */
export async function untilWorkedOff(url: string, withinMs: number): Promise<void> {
  await visit(url, async (database) => {
    const look = async (): Promise<true | null> => ((await listLeft(database)).length === 0 ? true : null);
    await waitUntil(look, { withinMs, what: 'all work to be done' }).catch(async (error: unknown) => {
      throw new Error(`Left is: ${(await listLeft(database)).join(', ')}.`, { cause: error });
    });
  });
}

async function listLeft(database: Database): Promise<string[]> {
  const waiting = await database.find(jobs, { where: { state: 'ready' } });
  const left = waiting.filter(({ kind }) => !neverOver.has(kind));
  return left.map(({ kind, key, problem }) => `${kind} ${key} (${problem ?? 'no problem'})`);
}

export interface KeptDeliveries {
  /** Delivery ids that are there and worked off, each with how many rows it has. */
  readonly done: ReadonlyMap<string, number>;
  readonly waiting: readonly string[];
  /** What is there and is not worked off, by state. */
  readonly others: readonly string[];
}

export function readKept(url: string): Promise<KeptDeliveries> {
  return visit(url, async (database) => {
    const rows = await database.find(notices, { where: {} });
    const done = new Map<string, number>();
    for (const { deliveryId, state } of rows) {
      if (state === 'done') done.set(deliveryId, (done.get(deliveryId) ?? 0) + 1);
    }
    const others = rows.filter(({ state }) => state !== 'done');
    const waiting = rows.filter(({ state }) => state === 'waiting').map(({ deliveryId }) => deliveryId);
    return {
      done,
      waiting,
      others: others.map(({ deliveryId, state, problem }) => `${deliveryId} ${state} ${problem ?? ''}`),
    };
  });
}

/** How many jobs were given up. */
export function countDead(url: string): Promise<number> {
  return visit(url, async (database) => (await database.find(jobs, { where: { state: 'dead' } })).length);
}

const reconcileKind = 'reconcile';

/** Has everything compared with Bitbucket once, at once, by the server that runs. */
export async function reconcileNow(url: string, withinMs: number): Promise<void> {
  await visit(url, async (database) => {
    await database.update(jobs, { where: { kind: reconcileKind }, set: { runAt: 0 } });
    const look = async (): Promise<true | null> => {
      const due = await database.find(jobs, { where: { kind: reconcileKind, runAt: 0 } });
      return due.length === 0 ? true : null;
    };
    await waitUntil(look, { withinMs, what: 'a comparison with Bitbucket to begin' });
  });
  await untilWorkedOff(url, withinMs);
}
