import { cpus } from 'node:os';
import type { Clock } from '../src/domain/clock';
import { buildColumns } from './limit/columns';
import { buildDayRuns, computeByDayRuns } from './limit/day-runs';
import { askLast, findDifference, toQuery, type AccelerateAnswer, type Figured } from './limit/question';
import type { ReferenceWorkspace } from './reference/shape';
import { createApi, get, readSession, signPage } from './support/callers';
import { startMeasured } from './support/measured-product';
import { openReference } from './support/open-reference';
import { formatMs, report } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * From the start of a process on an existing database to its first overview and its first exact answer, and how long it
 * could do nothing else meanwhile; of several workspaces one after the other. Told beside is what the same
 * machine takes to sort the same columns.
 */

/** In milliseconds: at a million, of which sorting is about a second; and the longest stall. */
const goals = { cold: 2_000, stall: 50 };

/** What is asked of a workspace, and what its columns, sorted, say of it. */
interface Expected {
  readonly workspace: ReferenceWorkspace;
  readonly query: string;
  readonly answer: Figured;
}

function sortColumns(workspaces: readonly ReferenceWorkspace[]) {
  const all = workspaces.map((workspace) => ({ workspace, columns: buildColumns(workspace) }));
  const begun = performance.now();
  const sorted = all.map(({ workspace, columns }) => ({ workspace, runs: buildDayRuns(columns) }));
  const limit = performance.now() - begun;
  const expected = sorted.map(({ workspace, runs }): Expected => {
    const question = askLast(workspace, 90);
    return { workspace, query: toQuery(question), answer: computeByDayRuns(runs, question) };
  });
  return { limit, expected };
}

/** The overview, and the same as an exact answer. @throws when it is another */
async function askFirst(url: string, { workspace, query, answer }: Expected, clock: Clock): Promise<void> {
  readSession(await get(signPage(url, `/pages/workspace?${query}`, { workspace, clock })));
  const found = await createApi(url, workspace).askJson<AccelerateAnswer>(`/metrics/accelerate?${query}`);
  const difference = findDifference(found, answer);
  if (difference !== null) throw new Error(`The first answer is wrong: ${difference}`);
}

async function measureCold(): Promise<void> {
  const options = readOptions(100_000);
  const data = await openReference(options);
  const { limit, expected } = sortColumns(data.workspaces);
  const product = await startMeasured(data);
  const answered = await product.measure(async () => {
    for (const one of expected) await askFirst(product.url, one, data.clock);
  });
  await product.stop();
  const whole = product.startedWithin + answered.wall;
  const figures = { limit: formatMs(limit), CPU: formatMs(answered.cpu), stall: formatMs(answered.stall) };
  report(`${data.workspaces.length} × ${data.merges} merges, ${options.database}, ${cpus().length} processors`, [
    { question: 'until it listens', figures: { product: formatMs(product.startedWithin) }, goal: null, ratio: null },
    {
      question: 'first overview and exact answer after that, against sorting',
      figures: { product: formatMs(answered.wall), ...figures },
      ...{ goal: null, ratio: answered.wall / limit },
    },
    {
      question: 'from the start to both, against 2 s',
      figures: { product: formatMs(whole), limit: formatMs(goals.cold) },
      ...{ goal: 1, ratio: whole / goals.cold },
    },
    {
      question: 'longest stall, against 50 ms',
      figures: { product: formatMs(answered.stall), limit: formatMs(goals.stall) },
      ...{ goal: 1, ratio: answered.stall / goals.stall },
    },
  ]);
}

runProgram(measureCold);
