import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedRequest } from '../../simulator/traffic/request-log';
import { createChance, type Chance } from '../../simulator/world/random';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';
import { createFixedClock, type FixedClock } from '../../test/support/fixed-clock';
import { createMixedWorld } from '../../test/support/product/mixed-world';
import { startProduct, type RunningProduct } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { advanceUntil, settle } from '../../test/support/situation/due-work';
import { recount } from '../support/recount';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { createSteadyLife } from '../support/steady-life';

type Size = 'hours' | 'jumps' | 'questions';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 10, 18, 12);
const step = 2 * minute;
const interval = 60 * minute;
/** As the last jump leaves it, everything is compared once more. */
const afterwards = 2 * interval + 10 * minute;
/** Of steps; and of what is told of an act. */
const [actShare, droppedShare] = [0.4, 0.3];
/** Of jumps: a time server puts it right. */
const rightShare = 0.4;
/** By the machine, while the clock stands still. */
const noticesWithinMs = 30_000;

/** The clock of the product is moved to and fro while work comes; Bitbucket's goes on. */
export const clockJumps = toAnyScenario<Size>({
  name: 'clock-jumps',
  promise: 'A clock that jumps by up to a day delays no comparison by more than an interval, and loses nothing.',
  usual: { hours: 24, jumps: 60, questions: 10 },
  run: jumpAbout,
});

interface Stage {
  readonly product: RunningProduct;
  /** Bitbucket's, which is moved on step by step and stands still between. */
  readonly right: FixedClock;
  /** By how much the product's is ahead of it, milliseconds. */
  readonly wrong: { aheadMs: number };
  readonly chance: Chance;
  readonly told: Told;
}

interface Told {
  jumps: number;
  backwards: number;
  acts: number;
  acknowledged: number;
  dropped: number;
  /** For the times of their tokens. */
  refused: number;
  /** That an acknowledged one waited, by the machine. */
  longestMs: number;
  late: number;
}

async function jumpAbout({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const stage = await openStage(seed);
  const { product, right, told } = stage;
  try {
    await install(stage);
    product.simulator.requests.clear();
    const [begunAt, steps] = [right.now(), Math.ceil((sizes.hours * 60 * minute) / step)];
    const act = createSteadyLife({ simulator: product.simulator, chance: stage.chance });
    for (let done = 0; done < steps; done += 1) {
      if (stage.chance.happens(actShare)) await tell(stage, act());
      // In the middle third it is a day behind, and nobody puts it right.
      if (done === Math.floor(steps / 3)) await jump(stage, -day);
      else if (isOutside(done, steps) && stage.chance.happens(sizes.jumps / steps)) await jump(stage);
      await pass(stage);
    }
    stage.wrong.aheadMs = 0;
    for (let passed = 0; passed < afterwards; passed += step) await pass(stage);
    const cycles = measureCycles(product, { from: begunAt, to: right.now() });
    const workspace = product.simulator.room.findWorkspace(undefined);
    const scope = { seed, questions: sizes.questions, until: right.now() };
    const { compared, differences } = await recount(product, workspace, scope);
    return toOutcome({ told, cycles, compared, differences, hours: sizes.hours });
  } finally {
    await product.close();
  }
}

async function openStage(seed: number): Promise<Stage> {
  const right = createFixedClock(start);
  const wrong = { aheadMs: 0 };
  const product = await startProduct({
    world: createMixedWorld({ seed, pullRequests: 5 }),
    clock: { now: () => right.now() + wrong.aheadMs },
    steady: () => right.now() - start,
    simulator: { clock: right },
    environment: { RECONCILE_MINUTES: String(interval / minute), BITBUCKET_REQUESTS_PER_HOUR: '1000' },
  });
  const none = { jumps: 0, backwards: 0, acts: 0, acknowledged: 0, dropped: 0, refused: 0, longestMs: 0, late: 0 };
  return { product, right, wrong, chance: createChance(seed), told: none };
}

async function install({ product, right }: Stage): Promise<void> {
  await product.install();
  const look = async (): Promise<true | null> => {
    const reply = await product.api('/import').catch(() => null);
    return reply?.status === 200 && (reply.body as ImportStatus).state === 'done' ? true : null;
  };
  const ground = { ...product, clock: right };
  await advanceUntil(ground, look, { withinMs: 12 * interval, what: 'the import to be done' });
}

/** Some of it never comes, as with Bitbucket; what is acknowledged has to be worked off before the clock goes on. */
async function tell({ product, chance, told }: Stage, notices: ReturnType<ReturnType<typeof createSteadyLife>>) {
  told.acts += 1;
  if (chance.happens(droppedShare)) {
    told.dropped += notices.length;
    return;
  }
  const deliveries = await product.simulator.deliverAll(notices);
  const acknowledged = deliveries.filter(({ status }) => status === 204).length;
  told.acknowledged += acknowledged;
  told.refused += deliveries.length - acknowledged;
}

const isOutside = (done: number, steps: number): boolean => done * 3 < steps || done * 3 > steps * 2;

/** At any moment of the work that the step before has left. */
async function jump({ product, wrong, chance, told }: Stage, to?: number): Promise<void> {
  product.app.kick();
  await pause(chance.between(0, 20));
  const far = Math.round(day * chance.next() ** 4) * (chance.happens(0.5) ? 1 : -1);
  const next = to ?? (chance.happens(rightShare) ? 0 : far);
  told.jumps += 1;
  if (next < wrong.aheadMs) told.backwards += 1;
  wrong.aheadMs = next;
}

/** Lets all be done that is due, and moves both clocks on. */
async function pass(stage: Stage): Promise<void> {
  const { product, right, wrong, told } = stage;
  const begun = performance.now();
  const look = async (): Promise<true | null> => ((await countWaiting(product)) === 0 ? true : null);
  await waitUntil(look, { withinMs: noticesWithinMs, what: 'notices' }).catch(() => (told.late += 1));
  told.longestMs = Math.max(told.longestMs, performance.now() - begun);
  product.app.kick();
  // Whoever finds nothing to do looks after the clock.
  await pause(10);
  await settle({ ...product, clock: { now: () => right.now() + wrong.aheadMs } });
  right.advance(step);
}

async function countWaiting({ stores }: RunningProduct): Promise<number> {
  const row = await stores.database.readOne<{ count: number }>(
    "SELECT CAST(count(*) AS BIGINT) AS count FROM notices WHERE state = 'waiting'",
    [],
  );
  return row?.count ?? 0;
}

interface Cycles {
  readonly count: number;
  /** Between two answered readings of the list of repositories, or of the pull requests of any one; milliseconds. */
  readonly longestGap: number;
  /** Exchanges that Bitbucket refused. */
  readonly refused: number;
}

function measureCycles(
  { simulator }: RunningProduct,
  { from, to }: { readonly from: number; readonly to: number },
): Cycles {
  const { entries } = simulator.requests;
  const isAnswered = ({ status }: LoggedRequest): boolean => status === 200;
  const lists = entries.filter((one) => isAnswered(one) && one.route === '2.0/repositories/:workspace');
  const compared = entries.filter(
    (one) => isAnswered(one) && one.route === '2.0/repositories/:workspace/:repository/pullrequests',
  );
  const byRepository = new Map<string, number[]>();
  for (const { path, at } of compared) {
    const repository = path.split('/')[4] ?? '';
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), at]);
  }
  const missing = simulator.room.findWorkspace(undefined).repositories.size - byRepository.size;
  const series = [lists.map(({ at }) => at), ...byRepository.values()];
  const gaps = series.map((times) => findLongestGap([from, ...times, to]));
  return {
    count: new Set(lists.map(({ at }) => at)).size,
    longestGap: missing > 0 ? to - from : Math.max(...gaps),
    refused: entries.filter(({ route, status }) => route.startsWith('oauth2') && status !== 200).length,
  };
}

function findLongestGap(times: readonly number[]): number {
  return Math.max(...times.map((at, index) => at - (times[index - 1] ?? at)));
}

interface Found {
  readonly told: Told;
  readonly cycles: Cycles;
  readonly compared: number;
  readonly differences: readonly string[];
  readonly hours: number;
}

function toOutcome({ told, cycles, compared, differences, hours }: Found): Outcome {
  const gap = cycles.longestGap / minute;
  const isDelayed = cycles.longestGap > 2 * interval + step;
  return {
    figures: {
      hours,
      ...{ jumps: told.jumps, 'of them backwards': told.backwards },
      ...{ acts: told.acts, 'notices acknowledged': told.acknowledged },
      ...{ 'notices dropped': told.dropped, 'refused for their times': told.refused },
      'notices worked off within': `${Math.round(told.longestMs)} ms`,
      cycles: cycles.count,
      'longest gap': `${gap} min`,
      'tokens of ours refused': cycles.refused,
      'values compared': compared,
      lost: differences.length,
    },
    broken: [
      ...(isDelayed ? [`Between two comparisons were ${gap} minutes of steady time.`] : []),
      ...(told.late > 0 ? [`Notices were not worked off at once, ${told.late} times.`] : []),
      ...differences.slice(0, 5),
    ],
  };
}
