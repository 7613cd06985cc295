import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDrumbeat } from '../src/compose';
import { startSimulator } from '../simulator/simulator';
import { createLargeWorld } from '../simulator/world/growth/sample-world';
import type { MergeStrategy, Repository } from '../simulator/world/model';
import { report } from './support/report';
import { createApiCaller, productAppKey, toEnvironment, untilImported } from '../test/support/product/start-product';

/*
 * How long the history import of a large workspace works by itself, beside the time that the request budget makes it
 * wait: `tsx benchmarks/history-import.ts [pull requests] [strategy] [repositories] [entries of activity a page] [--check]`. The
 * simulator runs in the same process, so its share (and that of the loopback) is in the seconds. It refuses more than
 * 50 entries a page, as Bitbucket was seen to, unless 100 is named.
 */

const now = Date.UTC(2024, 5, 14, 12);
const requestsPerHour = 1000;
/** Requests a pull request: where a merge commit tells the changes, and where they have to be asked of each. */
const goals: Readonly<Record<MergeStrategy, number>> = {
  merge_commit: 0.15,
  squash: 1.1,
  fast_forward: 1.1,
  rebase: 1.1,
};
/** Live work keeps a fifth. */
const importShare = 0.8;
/** The most that Bitbucket gives at once: of pull requests, and of commits. */
const largestPages = { pullRequests: 50, commits: 100 };

interface Size {
  readonly count: number;
  readonly strategy: MergeStrategy;
  readonly repositories: number;
  readonly isLargePageGiven: boolean;
}

/**
 * Requests that full pages of the same lists take. A true merge tells its changes by the history; of any other the history
 * has one commit, and each is asked for its own.
 */
function countFewest(repositories: readonly Repository[], strategy: MergeStrategy, entriesAPage: number): number {
  return repositories.reduce((requests, { pullRequests, commits }) => {
    const all = [...pullRequests.values()];
    const merged = all.filter(({ state }) => state === 'MERGED').length;
    const isTold = strategy === 'merge_commit';
    const pages = [
      all.length / largestPages.pullRequests,
      all.reduce((count, { activities }) => count + activities.length, 0) / entriesAPage,
      (isTold ? commits.size : merged) / largestPages.commits,
    ];
    return pages.reduce((sum, each) => sum + Math.ceil(each), requests + (isTold ? 0 : merged));
  }, 0);
}

async function measure({ count, strategy, repositories, isLargePageGiven }: Size): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-benchmark-'));
  const world = createLargeWorld({ pullRequests: count, repositories, strategy, now });
  const largeActivityPages = isLargePageGiven ? 'given' : 'refused';
  for (const { habits } of world.workspaces) Object.assign(habits, { largeActivityPages });
  const grown = world.workspaces.flatMap((workspace) => [...workspace.repositories.values()]);
  const fewest = countFewest(grown, strategy, isLargePageGiven ? 100 : 50);
  const simulator = await startSimulator({ world, appKey: productAppKey });
  const file = path.join(folder, 'drumbeat.sqlite');
  const app = await startDrumbeat({ ...toEnvironment(simulator.url), DATABASE_URL: `sqlite:${file}` });
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await simulator.install(app.url);
  const api = createApiCaller(simulator, () => app.url);
  const status = await untilImported(api, 3_600_000);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const byRoute = simulator.requests.countByRoute();
  const requests = simulator.requests.entries.filter(({ route }) => !/diffstat|oauth2/u.test(route)).length;
  const budget = (requests / (requestsPerHour * importShare)) * 3600;
  console.log(`${count} pull requests, ${strategy}, ${repositories} repositories: ${status.state}`);
  console.table(byRoute);
  console.log(`requests                 ${requests}`);
  console.log(`pull requests a second   ${(count / seconds).toFixed(1)}`);
  console.log(`memory (rss)             ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`);
  console.log(`processor                ${((user + system) / 1e6).toFixed(1)} s`);
  console.log(`own work                 ${seconds.toFixed(1)} s`);
  const each = requests / count;
  const goal = goals[strategy];
  report(`import of ${count} pull requests, ${strategy}`, [
    {
      question: `own work, to the ${budget.toFixed(0)} s that the budget allows at ${requestsPerHour} requests an hour`,
      figures: { found: `${seconds.toFixed(1)} s` },
      ...{ goal: 1, ratio: seconds / budget },
    },
    {
      question: `requests a pull request, to ${goal}`,
      figures: { found: each.toFixed(3) },
      ...{ goal: 1, ratio: each / goal },
    },
    {
      question: `the same, to the ${(fewest / count).toFixed(3)} of full pages of pull requests, activity and commits`,
      figures: { found: each.toFixed(3) },
      ...{ goal: 1.1, ratio: requests / fewest },
    },
  ]);
  await app.close();
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
}

const [count = '20000', strategy = 'squash', repositories = '20', entries = '50'] = process.argv
  .slice(2)
  .filter((text) => !text.startsWith('--'));
measure({
  count: Number(count),
  strategy: strategy as MergeStrategy,
  repositories: Number(repositories),
  isLargePageGiven: Number(entries) === 100,
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
