import type { Drumbeat } from '../../../src/compose';
import type { Clock } from '../../../src/domain/clock';
import type { Stores } from '../../../src/store/stores';
import type { FixedClock } from '../fixed-clock';
import { waitUntil } from '../product/wait-until';

const second = 1000;
/** Of the machine: work that takes longer is stuck. */
const longestWork = 100_000;

interface Standing {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly app: Pick<Drumbeat, 'kick'>;
}

interface Ground extends Standing {
  readonly clock: FixedClock;
}

/** Waits, at the machine's pace, until nothing is due by a clock that stands still. */
export async function settle({ stores, clock, app }: Standing, withinMs = longestWork): Promise<void> {
  const look = async (): Promise<true | null> => {
    app.kick();
    const due = await stores.database.readOne<{ kind: string }>(
      `SELECT kind FROM jobs WHERE state = 'ready' AND run_at <= $1 LIMIT 1`,
      [clock.now()],
    );
    return due === null ? true : null;
  };
  await waitUntil(look, { withinMs, what: 'all that is due to be done' });
}

async function findNextDue({ stores, clock }: Ground): Promise<number | null> {
  const row = await stores.database.readOne<{ at: number | null }>(
    `SELECT min(run_at) AS at FROM jobs WHERE state = 'ready' AND run_at > $1`,
    [clock.now()],
  );
  return row?.at ?? null;
}

/** Moves the clock on, stopping wherever work comes due, but not more often than every `stepMs`, to have it done. */
export async function advance(ground: Ground, milliseconds: number, stepMs = 120 * second): Promise<void> {
  const end = ground.clock.now() + milliseconds;
  await settle(ground);
  while (ground.clock.now() < end) {
    const due = (await findNextDue(ground)) ?? end;
    ground.clock.setTo(Math.min(end, Math.max(due, ground.clock.now() + stepMs)));
    await settle(ground);
  }
}

export interface Patience {
  /** By the clock that is moved on. */
  readonly withinMs: number;
  readonly what: string;
  readonly stepMs?: number;
}

/** Moves the clock on from work to work until `look` finds something. @throws when that takes too long */
export async function advanceUntil<T>(ground: Ground, look: () => Promise<T | null>, patience: Patience): Promise<T> {
  const { withinMs, what, stepMs = second } = patience;
  const end = ground.clock.now() + withinMs;
  for (;;) {
    await settle(ground);
    const found = await look();
    if (found !== null) return found;
    if (ground.clock.now() >= end) {
      throw new Error(`Moved the clock on by ${withinMs / 1000} s in vain for ${what}.`);
    }
    const due = (await findNextDue(ground)) ?? end;
    ground.clock.setTo(Math.min(end, Math.max(due, ground.clock.now() + stepMs)));
  }
}
