import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { startSimulator } from '../../simulator/simulator';
import { systemClock } from '../../src/machine/clock';
import { productAppKey, type ApiCaller } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { createTestDatabase } from '../../test/support/test-database';
import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import { startProcess } from '../support/started-product';
import { countDeployments, installWith, openApi, type Seen } from '../support/workspace-api';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';

const repository = 'shop';
const calm = 'calm';
/** A merge of somebody else may take so much longer than alone, and never longer than this. */
const mostTimes = 2;
const longestMs = 5_000;

interface Stage extends Seen {
  readonly busy: readonly string[];
  readonly calmApi: ApiCaller;
}

/** One workspace is told of much at once, through a Bitbucket that is slow: how long does a merge of another take? */
async function run({ sizes }: Run<keyof typeof usual>): Promise<Outcome> {
  const busy = Array.from({ length: sizes.bursting }, (_, index) => `busy-${index + 1}`);
  const created = await createTestDatabase('sqlite');
  const world = createEmptyWorld(...[calm, ...busy].map((slug) => ({ slug, now: systemClock.now() })));
  const simulator = await startSimulator({ world, appKey: productAppKey });
  const started = await startProcess(simulator.url, { DATABASE_URL: created.url });
  const { url } = started;
  try {
    const stage = { simulator, busy, url, calmApi: openApi({ simulator, url }, calm) };
    for (const workspace of [calm, ...busy]) await installWith(stage, workspace, repository);
    simulator.faults.rates = { latencyMs: sizes.latency };
    return toOutcome(await measure(stage, sizes.notices));
  } finally {
    await started.remove();
    await simulator.close();
    await created.remove();
  }
}

interface Waited {
  readonly aloneMs: number;
  readonly slowMs: number;
  readonly refusedMs: number;
}

async function measure(stage: Stage, notices: number): Promise<Waited> {
  const alone = [await timeMerge(stage), await timeMerge(stage)];
  await burst(stage, notices);
  const slow = [await timeMerge(stage), await timeMerge(stage)];
  // What the others may ask is used up: each of their questions is refused, and told to come again in a minute.
  stage.simulator.quirks.add({
    route: new RegExp(
      `^/2\\.0/repositories/(?:${stage.busy.map((slug) => uuidOf(stage, slug).replace(/[{}]/gu, '\\$&')).join('|')})/`,
      'u',
    ),
    answer: { status: 429, headers: { 'retry-after': '60' } },
  });
  await burst(stage, notices);
  const behindRefused = [await timeMerge(stage), await timeMerge(stage)];
  return { aloneMs: Math.max(...alone), slowMs: Math.max(...slow), refusedMs: Math.max(...behindRefused) };
}

const uuidOf = ({ simulator }: Stage, slug: string): string => simulator.room.findWorkspace(slug).uuid;

/** Milliseconds from the notice of a merge until the API lists its deployment. */
async function timeMerge(stage: Stage): Promise<number> {
  const { simulator, calmApi } = stage;
  const before = await countDeployments(calmApi);
  const { pullRequest, notices } = simulator.pullRequests.openPullRequest({ repository, workspace: calm });
  const merged = simulator.pullRequests.merge({ repository, workspace: calm, id: pullRequest.id });
  const begun = performance.now();
  await simulator.deliverAll([...notices, ...merged]);
  await waitUntil(async () => ((await countDeployments(calmApi)) > before ? true : null), {
    withinMs: 120_000,
    what: 'the deployment of a merge',
  });
  return Math.round(performance.now() - begun);
}

/** As many notices for each of the others, of as many merges. */
async function burst({ simulator, busy }: Stage, count: number): Promise<void> {
  const told: SimulatorNotice[] = busy.flatMap((workspace) =>
    Array.from({ length: count }, () => {
      const { pullRequest } = simulator.pullRequests.openPullRequest({ repository, workspace });
      return simulator.pullRequests.merge({ repository, workspace, id: pullRequest.id });
    }).flat(),
  );
  await Promise.all(told.map((notice) => simulator.deliver(notice)));
}

function toOutcome({ aloneMs, slowMs, refusedMs }: Waited): Outcome {
  const limit = Math.min(longestMs, aloneMs * mostTimes);
  const waited = { 'behind a slow burst': slowMs, 'behind one without budget': refusedMs };
  const broken = Object.entries(waited)
    .filter(([, ms]) => ms >= limit)
    .map(([what, ms]) => `A merge of another workspace took ${ms} ms ${what}, and ${aloneMs} ms alone.`);
  return { figures: { 'alone ms': aloneMs, 'slow ms': slowMs, 'refused ms': refusedMs }, broken };
}

const usual = { notices: 150, bursting: 2, latency: 300 };

export const starvation = toAnyScenario({
  name: 'starvation',
  promise: 'A merge of one workspace does not wait for a burst of others.',
  usual,
  run,
});
