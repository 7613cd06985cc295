import { setTimeout as pause } from 'node:timers/promises';
import { crashPoints, type CrashPoint } from '../../src/machine/crash-points';
import { createChance } from '../../simulator/world/random';
import { createMixedWorld } from '../../test/support/product/mixed-world';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { openTortureDatabase } from '../support/databases';
import { goThrough } from '../support/journey';
import { openStage, type Stage } from '../support/watched-world';

type Size = 'times' | 'first' | 'points';

/** Points that are come by again and again; of the others each journey has one. */
const isOften = (point: CrashPoint): boolean => /^(?:import-page|requests|notice|reading|job)-/u.test(point);
const mostTimes = 5;
/** Journeys at a time: much of each is waiting for a start. */
const breadth = 3;
const lastPoint = 3_000;

interface Crash {
  readonly point: CrashPoint;
  readonly time: number;
  readonly seed: number;
}

/** The process ends at each point, in a workspace that is installed, imported, lives, is reconciled and goes. */
export const crashPointsScenario = toAnyScenario<Size>({
  name: 'crash-points',
  promise: 'Wherever the process ends, nothing is lost, nothing is counted twice, nothing stays stuck.',
  /** `first`: with which of them, from 1 on, it begins; `points`: how many there are from there. */
  usual: { times: 1, first: 1, points: Object.keys(crashPoints).length },
  run: crashEverywhere,
});

async function crashEverywhere({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const crashes = listCrashes(seed, sizes);
  const points = new Set(crashes.map(({ point }) => point)).size;
  const broken: string[] = [];
  let reached = 0;
  const work = async (): Promise<void> => {
    for (let crash = crashes.shift(); crash !== undefined; crash = crashes.shift()) {
      const found = await crashOnce(crash);
      if (found.isReached) reached += 1;
      broken.push(...found.broken.map((sentence) => `${toText(crash)}: ${sentence}`));
    }
  };
  const journeys = crashes.length;
  await Promise.all(Array.from({ length: breadth }, work));
  return {
    figures: { points, 'times each': sizes.times, journeys, reached, 'broken promises': broken.length },
    broken,
  };
}

function listCrashes(seed: number, { times, first, points }: Readonly<Record<Size, number>>): Crash[] {
  const chance = createChance(seed);
  const all = (Object.keys(crashPoints) as CrashPoint[]).slice(first - 1, first - 1 + points);
  return all.flatMap((point) =>
    Array.from({ length: times }, (_, index) => {
      return { point, time: isOften(point) ? chance.between(1, mostTimes) : 1, seed: seed + index };
    }),
  );
}

const toText = ({ point, time }: Crash): string => `${point}:${time}`;

async function crashOnce(crash: Crash): Promise<{ readonly isReached: boolean; readonly broken: readonly string[] }> {
  const database = await openTortureDatabase('sqlite');
  const stage = await openStage({
    world: createMixedWorld({ seed: crash.seed, pullRequests: 5 }),
    databaseUrl: database.url,
    // The key is made beside the file, and an uninstalled workspace goes at once.
    environment: { ENCRYPTION_KEY: '', RETENTION_DAYS: '0' },
    simulator: { retryDelayMs: 1_500 },
    atFirst: { CRASH_AT: toText(crash) },
  });
  try {
    const broken = await goThrough(stage, { url: database.url, seed: crash.seed });
    const isReached = await hasCrashed(stage);
    return { isReached, broken: isReached ? broken : ['the point was never reached', ...broken] };
  } finally {
    await stage.close();
    await database.remove();
  }
}

/** At the last of all points it ends when everything seems to be over. */
async function hasCrashed({ product }: Stage): Promise<boolean> {
  if (product.launches > 1) return true;
  await Promise.race([product.ended, pause(lastPoint)]);
  return !product.isRunning;
}
