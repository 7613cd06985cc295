import { askLast, toQuery } from './limit/question';
import { createApi } from './support/callers';
import { startMeasured } from './support/measured-product';
import { openReference } from './support/open-reference';
import { formatBytes, formatCount, report, type Row } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * How many bytes the product keeps of a merge: what a process holds once a workspace was asked for, less what it held
 * before. With `--workspaces K` also of each further workspace.
 */

/** What columns alone need: 4 leads of 8 bytes, and the rest of a row. */
const limit = 98;
const goal = 120;

async function measureMemory(): Promise<void> {
  const options = readOptions(100_000);
  const data = await openReference(options);
  const product = await startMeasured({ environment: { ...data.environment, ROLE: 'web' } });
  const empty = await product.readMemory();
  const rows: Row[] = [];
  let before = empty.heap;
  for (const [index, workspace] of data.workspaces.entries()) {
    const { ask, askJson } = createApi(product.url, workspace);
    await ask(`/metrics/accelerate?${toQuery(askLast(workspace, 90))}`);
    const reviews = await askJson<{ merged: number }>(`/metrics/reviews?${toQuery(askLast(workspace, 1_100))}`);
    if (reviews.merged !== data.merges) throw new Error(`${reviews.merged} merges are counted.`);
    const { heap, rss } = await product.readMemory();
    const each = (heap - before) / data.merges;
    before = heap;
    const figures = {
      limit: `${limit} B`,
      'a merge': `${formatCount(each)} B`,
      held: formatBytes(heap),
      rss: formatBytes(rss),
    };
    rows.push({ question: `workspace ${index + 1}`, figures, goal: goal / limit, ratio: each / limit });
  }
  await product.stop();
  report(`bytes of ${data.merges} merges a workspace, ${options.database}; before: ${formatBytes(empty.heap)}`, rows);
}

runProgram(measureMemory);
