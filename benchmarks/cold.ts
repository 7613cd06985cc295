import { cpus } from 'node:os';
import { buildColumns } from './limit/columns';
import { buildDayRuns, computeByDayRuns } from './limit/day-runs';
import { askLast, findDifference, toQuery, type AccelerateAnswer } from './limit/question';
import { createApi, get, readSession, signPage } from './support/callers';
import { startMeasured } from './support/measured-product';
import { openReference } from './support/open-reference';
import { formatMs, report } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * From the start of a process on an existing database to its first overview and its first exact answer, and how long it
 * could do nothing else meanwhile. The limit is what the same machine takes to sort the same columns.
 */

/** Goals: two seconds at a million, in which the limit is about one; and the longest stall in milliseconds. */
const goals = { cold: 2, stall: 50 };

async function measureCold(): Promise<void> {
  const options = readOptions(100_000);
  const data = await openReference(options);
  const { workspace } = data;
  const columns = buildColumns(workspace);
  const begun = performance.now();
  const runs = buildDayRuns(columns);
  const limit = performance.now() - begun;
  const question = askLast(workspace, 90);
  const expected = computeByDayRuns(runs, question);
  const product = await startMeasured(data);
  const page = signPage(product.url, `/pages/workspace?${toQuery(question)}`, data);
  const answered = await product.measure(async () => {
    readSession(await get(page));
    return createApi(product.url, workspace).askJson<AccelerateAnswer>(`/metrics/accelerate?${toQuery(question)}`);
  });
  const difference = findDifference(answered.result, expected);
  if (difference !== null) throw new Error(`The first answer is wrong: ${difference}`);
  await product.stop();
  const whole = product.startedWithin + answered.wall;
  const figures = { limit: formatMs(limit), CPU: formatMs(answered.cpu), stall: formatMs(answered.stall) };
  report(`${data.merges} merges, ${options.database}, ${cpus().length} processors`, [
    { question: 'until it listens', figures: { product: formatMs(product.startedWithin) }, goal: null, ratio: null },
    {
      question: 'first overview and exact answer after that',
      figures: { product: formatMs(answered.wall), ...figures },
      ...{ goal: null, ratio: null },
    },
    {
      question: 'from the start to both, against sorting',
      figures: { product: formatMs(whole), limit: formatMs(limit) },
      ...{ goal: goals.cold, ratio: whole / limit },
    },
    {
      question: 'longest stall, against 50 ms',
      figures: { product: formatMs(answered.stall), limit: formatMs(goals.stall) },
      ...{ goal: 1, ratio: answered.stall / goals.stall },
    },
  ]);
}

runProgram(measureCold);
