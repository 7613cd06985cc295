import { createChance, type Chance } from '../../simulator/world/random';
import { drawAddress, drawChange, saveInheritedNames } from '../../test/support/viewers/fuzzed-queries';
import {
  openViewedWeb,
  theAdministrator,
  viewers,
  type Sent,
  type ViewedWeb,
} from '../../test/support/viewers/viewed-web';
import { toAnyScenario, type Outcome } from '../support/scenario';

/** What a query may be answered, whatever is in it; and a body besides. */
const allowed = new Set([200, 304, 400, 404]);
/** Of wrong answers so many are told. */
const mostTold = 10;

export const queries = toAnyScenario<'queries'>({
  name: 'queries',
  promise: 'No query is a 500: whatever stands in an address or a form, it is answered 200, 304, 400 or 404.',
  usual: { queries: 5_000 },
  async run({ seed, sizes }): Promise<Outcome> {
    const viewed = await openViewedWeb();
    try {
      return await askMany(viewed, seed, sizes.queries);
    } finally {
      await viewed.close();
    }
  },
});

/** Fills the workspace with names of that kind first. */
export async function askMany(viewed: ViewedWeb, seed: number, count: number): Promise<Outcome> {
  await saveInheritedNames(viewed.web.stores, viewed.web.clock.now());
  const chance = createChance(seed);
  const sessions = await Promise.all([theAdministrator, ...viewers].map((viewer) => viewed.issue(viewer)));
  const writer = await viewed.issue(theAdministrator, { role: 'write' });
  const answers = new Map<number, number>();
  const broken: string[] = [];
  for (let asked = 0; asked < count; asked += 1) {
    const { session, address, init } = draw(chance, sessions, writer);
    const { status } = await viewed.ask(session, address, init);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (!allowed.has(status) && broken.length < mostTold) {
      broken.push(`${init.method ?? 'GET'} ${address} ${init.body ?? ''} was answered ${status}.`);
    }
  }
  const counted = [...answers].sort(([one], [other]) => one - other);
  const figures = Object.fromEntries(counted.map(([status, times]) => [`answered ${status}`, times]));
  return { figures: { asked: count, ...figures }, broken };
}

interface Drawn {
  readonly session: string;
  readonly address: string;
  readonly init: Sent;
}

function draw(chance: Chance, sessions: readonly string[], writer: string): Drawn {
  if (chance.happens(0.1)) return { session: writer, ...drawChange(chance) };
  return { session: chance.pick(sessions), address: drawAddress(chance), init: {} };
}
