import { setTimeout as pause } from 'node:timers/promises';
import { toDay } from './limit/question';
import type { Simulator } from '../simulator/simulator';
import type { SimulatorNotice } from '../simulator/connect/deliver-notice';
import { createApi } from './support/callers';
import { startMeasured, type MeasuredProduct } from './support/measured-product';
import { openReference, type ReferenceDatabase } from './support/open-reference';
import { formatMs, percentile, report, type Row } from './support/report';
import { readOptions, runProgram } from './support/run-program';
import { installReference, simulateReference } from './support/simulated-reference';

/*
 * A merge, told by a signed notice: how long until the API counts it, what it costs the product in all, and for how long
 * nothing else could happen. `--rate R --seconds S`: so many a second.
 */

const goals = { visible: 1_000, cpu: 30, stall: 50 };
const day = 86_400_000;

interface Stage {
  readonly data: ReferenceDatabase;
  readonly product: MeasuredProduct;
  readonly simulator: Simulator;
  /** Deployments of the day on which the data ends. */
  readonly count: () => Promise<number>;
}

function createCount(url: string, { workspace, clock }: ReferenceDatabase): Stage['count'] {
  const { askJson } = createApi(url, workspace);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  // Two days, for a run that goes on over midnight.
  const tomorrow = new Date((toDay(today) + 1) * day).toISOString().slice(0, 10);
  const route = `/metrics/accelerate?from=${today}&to=${tomorrow}&interval=day`;
  return async () => {
    const answer = await askJson<{ deployment_frequency: { deployments: number } }>(route);
    return answer.deployment_frequency.deployments;
  };
}

/** One that is open, to be merged later: nobody is told of it. */
function openOne({ simulator, data }: Stage, index: number): () => SimulatorNotice[] {
  const repository = data.workspace.repositories[(index * 7) % 200]?.uuid ?? '';
  const by = data.workspace.people[20 + (index % 1_500)]?.uuid ?? '';
  const authoredAt = data.clock.now() - 2 * day;
  const { pullRequest } = simulator.pullRequests.openPullRequest({ repository, by, commits: [{ authoredAt }, {}] });
  const doing = { repository, by, id: pullRequest.id };
  return () => simulator.pullRequests.merge(doing).filter(({ eventKey }) => eventKey === 'pullrequest:fulfilled');
}

async function deliver({ simulator }: Stage, notices: readonly SimulatorNotice[]): Promise<void> {
  const deliveries = await simulator.deliverAll(notices);
  const refused = deliveries.find(({ status }) => status !== 204);
  if (refused !== undefined) throw new Error(`A notice was answered ${String(refused.status)}.`);
}

/** The cost of it, until nothing of it goes on: what a process costs that does nothing is taken off. */
async function measureCost(stage: Stage): Promise<{ cpu: number; stall: number }> {
  const seconds = 15;
  const { product, count } = stage;
  // What follows from the merge before is over then: rows of deliveries come within ten seconds.
  await pause(seconds * 1_000);
  await count();
  const asked = await product.measure(count);
  const idle = await product.measure(() => pause(seconds * 1_000));
  const merge = openOne(stage, 1);
  const whole = await product.measure(async () => {
    await deliver(stage, merge());
    await pause(seconds * 1_000);
    await count();
  });
  const expected = (idle.cpu / idle.wall) * whole.wall + asked.cpu;
  return { cpu: Math.max(0, whole.cpu - expected), stall: whole.stall };
}

async function measureOne(stage: Stage): Promise<Row[]> {
  const { count } = stage;
  const before = await count();
  const merge = openOne(stage, 0);
  const begun = performance.now();
  await deliver(stage, merge());
  while ((await count()) !== before + 1) await pause(20);
  const visible = performance.now() - begun;
  const { cpu, stall } = await measureCost(stage);
  return [
    toRow('one merge: until the API counts it', visible, goals.visible),
    toRow('one merge: CPU', cpu, goals.cpu),
    toRow('one merge: longest stall', stall, goals.stall),
  ];
}

function toRow(question: string, found: number, goal: number): Row {
  return { question, figures: { found: formatMs(found), goal: formatMs(goal) }, goal: 1, ratio: found / goal };
}

/** In the order in which they were sent, each when as many were counted. */
async function measureStream(stage: Stage, { rate, seconds }: { rate: number; seconds: number }): Promise<Row[]> {
  const merges = Array.from({ length: rate * seconds }, (_none, index) => openOne(stage, index));
  const before = await stage.count();
  const sentAt: number[] = [];
  const took: number[] = [];
  const look = async (): Promise<void> => {
    const counted = (await stage.count()) - before;
    const now = performance.now();
    for (let at = took.length; at < Math.min(counted, sentAt.length); at += 1) took.push(now - (sentAt[at] ?? now));
  };
  const begun = performance.now();
  const deliveries: Promise<void>[] = [];
  const send = async (): Promise<void> => {
    for (const [index, merge] of merges.entries()) {
      await pause(Math.max(0, begun + (index * 1_000) / rate - performance.now()));
      sentAt.push(performance.now());
      deliveries.push(deliver(stage, merge()));
    }
    await Promise.all(deliveries);
  };
  const { cpu, stall } = await stage.product.measure(async () => {
    const sending = send();
    while (took.length < merges.length && performance.now() < begun + seconds * 10_000) {
      await look();
      await pause(100);
    }
    await sending;
  });
  if (took.length < merges.length) process.stdout.write(`Only ${took.length} of ${merges.length} were seen.\n`);
  const all = [...took, ...merges.slice(took.length).map(() => Infinity)];
  return [
    { ...toRow(`${rate} a second: p50`, percentile(all, 0.5), goals.visible), goal: null },
    toRow(`${rate} a second: p99`, percentile(all, 0.99), goals.visible),
    { ...toRow(`${rate} a second: CPU of each`, cpu / merges.length, goals.cpu), goal: null },
    { ...toRow(`${rate} a second: longest stall`, stall, goals.stall), goal: null },
  ];
}

async function measureMerges(): Promise<void> {
  const options = readOptions(10_000);
  const data = await openReference(options);
  const simulator = await simulateReference(data.workspace, data.clock);
  const addresses = { BITBUCKET_URL: simulator.url, BITBUCKET_API_URL: simulator.url };
  const generous = { BITBUCKET_REQUESTS_PER_HOUR: '10000000' };
  const product = await startMeasured({ environment: { ...data.environment, ...addresses, ...generous } });
  await installReference(simulator, product.url);
  const stage = { data, product, simulator, count: createCount(product.url, data) };
  const rows = options.rate === 0 ? await measureOne(stage) : await measureStream(stage, options);
  await product.stop();
  report(`merges by notice, ${data.merges} before, ${options.database}`, rows);
}

runProgram(measureMerges);
