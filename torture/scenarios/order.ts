import { isDeepStrictEqual } from 'node:util';
import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import { systemClock } from '../../src/machine/clock';
import { createChance, type Chance } from '../../simulator/world/random';
import { createMixedWorld } from '../../test/support/product/mixed-world';
import { untilImported } from '../../test/support/product/start-product';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { listEverything } from '../support/answers';
import { openTortureDatabase } from '../support/databases';
import { untilWorkedOff } from '../support/kept-work';
import { describeDifference, recount } from '../support/recount';
import { liveOn, openStage, type Stage } from '../support/watched-world';

type Size = 'lives' | 'orders';

const withinMs = 900_000;
const repeatedShare = 0.2;
const breadth = 8;
const questions = 10;

/** The same lives told in order, and in others with repeats; then in yet others, which may change nothing. */
export const order = toAnyScenario<Size>({
  name: 'order',
  promise: 'Whatever the order of notices, and whatever comes twice, the final rows are the same.',
  usual: { lives: 150, orders: 2 },
  run: shuffleLives,
});

type Answers = ReadonlyMap<string, unknown[]>;

async function shuffleLives({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const until = systemClock.now();
  const tell = { seed, until, lives: sizes.lives };
  const expected = await tellLives({ ...tell, orders: 0 });
  const found = await tellLives({ ...tell, orders: sizes.orders });
  const wanted = expected.answers[0] ?? new Map<string, unknown[]>();
  const different = found.answers.flatMap((answers, index) => compare(answers, wanted, index + 1));
  const rows = [...wanted.values()].reduce((sum, list) => sum + list.length, 0);
  const { compared, differences } = found.recounted;
  return {
    figures: {
      lives: sizes.lives,
      orders: sizes.orders,
      'deliveries in order': expected.deliveries,
      'deliveries in other orders': found.deliveries,
      'rows compared': rows * found.answers.length,
      'lists that differ': different.length,
      'values compared': compared,
      differences: differences.length,
    },
    broken: [...different, ...differences.slice(0, 5)],
  };
}

function compare(answers: Answers, wanted: Answers, order: number): string[] {
  const different = [...wanted].filter(([name, list]) => !isDeepStrictEqual(answers.get(name), list));
  return different.map(([name, list]) => `order ${order}, ${name}: ${describeDifference(answers.get(name), list)}`);
}

interface Telling {
  readonly seed: number;
  readonly until: number;
  readonly lives: number;
  /** None: as it happens. */
  readonly orders: number;
}

async function tellLives({ seed, until, lives, orders }: Telling) {
  const database = await openTortureDatabase('sqlite');
  const stage = await openStage({ world: createMixedWorld({ seed, pullRequests: 5 }), databaseUrl: database.url });
  const chance = createChance(seed);
  const answers: Answers[] = [];
  let deliveries = 0;
  const deliver = async (notices: readonly SimulatorNotice[]): Promise<void> => {
    deliveries += notices.length;
    await deliverSideBySide(stage, notices);
    await untilWorkedOff(database.url, withinMs);
    answers.push(await listEverything(stage.api));
  };
  try {
    await stage.simulator.install(stage.product.url);
    await untilImported(stage.api);
    const told = [...liveOn(stage, { seed, pullRequests: lives, until })].flat();
    if (orders === 0) await deliver(told);
    for (let done = 0; done < orders; done += 1) {
      await deliver(shuffle([...told, ...told.filter(() => chance.happens(repeatedShare))], chance));
    }
    return { answers, deliveries, recounted: await recount(stage.api, stage.workspace, { seed, questions, until }) };
  } finally {
    await stage.close();
    await database.remove();
  }
}

async function deliverSideBySide({ simulator }: Stage, notices: readonly SimulatorNotice[]): Promise<void> {
  const left = notices.values();
  const work = async (): Promise<void> => {
    for (const notice of left) await simulator.deliver(notice);
  };
  await Promise.all(Array.from({ length: breadth }, work));
}

function shuffle<T>(items: readonly T[], chance: Chance): T[] {
  const drawn = items.map((item) => ({ item, at: chance.next() }));
  return drawn.sort((one, other) => one.at - other.at).map(({ item }) => item);
}
