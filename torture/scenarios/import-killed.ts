import { isDeepStrictEqual } from 'node:util';
import type { FaultRates } from '../../simulator/traffic/faults';
import { createChance } from '../../simulator/world/random';
import { createLargeWorld } from '../../simulator/world/growth/sample-world';
import { mixedNow } from '../../test/support/product/mixed-world';
import { untilImported } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { listEverything } from '../support/answers';
import { openTortureDatabase } from '../support/databases';
import { countStarts } from '../support/figures';
import { describeDifference } from '../support/recount';
import { openStage, type Stage } from '../support/watched-world';

type Size = 'repositories' | 'pullRequests' | 'kills';

/** Five in a hundred answers are none. */
const faults: FaultRates = { serverErrors: 0.02, resets: 0.015, truncated: 0.015 };
/** The share of more requests that is promised, and what each kill costs where the import is too short for it. */
const mostMore = 0.03;
const mostOfKill = 3;
const withinMs = 3_000_000;

/** The import is killed after random numbers of requests, by a Bitbucket that fails now and then. */
export const importKilled = toAnyScenario<Size>({
  name: 'import-killed',
  promise: 'An import that is killed again and again equals an undisturbed one, for at most 3 % more requests.',
  usual: { repositories: 12, pullRequests: 600, kills: 30 },
  run: killImport,
});

interface Imported {
  readonly answers: ReadonlyMap<string, unknown>;
  readonly requests: number;
  readonly starts: readonly number[];
}

async function killImport({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const undisturbed = await importWorld({ seed, sizes: { ...sizes, kills: 0 } }, sizes.pullRequests);
  const killed = await importWorld({ seed, sizes }, undisturbed.requests);
  const more = killed.requests - undisturbed.requests;
  const most = Math.max(undisturbed.requests * mostMore, sizes.kills * mostOfKill);
  const different = [...undisturbed.answers].filter(([name, answer]) => {
    return !isDeepStrictEqual(killed.answers.get(name), answer);
  });
  const rows = [...undisturbed.answers.values()].reduce<number>((sum, answer) => sum + (answer as unknown[]).length, 0);
  return {
    figures: {
      repositories: sizes.repositories,
      'pull requests': sizes.pullRequests,
      kills: sizes.kills,
      'rows compared': rows,
      'lists that differ': different.length,
      'requests undisturbed': undisturbed.requests,
      'requests killed': killed.requests,
      'requests more': `${((more / undisturbed.requests) * 100).toFixed(1)} %`,
      'more a kill': (more / Math.max(1, sizes.kills)).toFixed(2),
      ...countStarts(killed.starts),
    },
    broken: [
      ...different.map(([name, answer]) => `${name}: ${describeDifference(killed.answers.get(name), answer)}`),
      ...(more > most ? [`${more} requests more than the ${undisturbed.requests} of an undisturbed import.`] : []),
    ],
  };
}

/** `expected`: about how many requests it takes, over which the kills are spread. */
async function importWorld({ seed, sizes }: Run<Size>, expected: number): Promise<Imported> {
  const database = await openTortureDatabase('sqlite');
  const { repositories, pullRequests, kills } = sizes;
  const world = createLargeWorld({ pullRequests, repositories, strategy: 'squash', now: mixedNow, seed });
  const simulator = { faults: { ...faults, seed: seed + kills } };
  const stage = await openStage({ world, databaseUrl: database.url, simulator });
  try {
    await stage.simulator.install(stage.product.url);
    const chance = createChance(seed);
    for (let done = 0; done < kills; done += 1) {
      await untilRequests(stage, Math.round(((done + chance.next()) * expected * 0.9) / kills));
      await stage.product.kill();
      await stage.product.start();
    }
    await untilImported(stage.api, withinMs);
    // Sizes come after the import, and what was answered by a fault is asked for again in any case.
    const requests = countRequests(stage);
    stage.simulator.faults.rates = {};
    return { answers: await listEverything(stage.api), requests, starts: stage.product.starts };
  } finally {
    await stage.close();
    await database.remove();
  }
}

/** Of the import alone, and answered. */
function countRequests({ simulator }: Stage): number {
  return simulator.requests.entries.filter(({ route }) => !/diffstat|oauth2/u.test(route)).length;
}

function untilRequests(stage: Stage, count: number): Promise<true> {
  const look = async (): Promise<true | null> => (countRequests(stage) >= count ? true : null);
  return waitUntil(look, { withinMs, what: `${count} requests` });
}
