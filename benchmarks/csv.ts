import { askLast, toQuery } from './limit/question';
import { referenceDays } from './reference/shape';
import { get, readSession, signPage } from './support/callers';
import { startMeasured } from './support/measured-product';
import { openReference } from './support/open-reference';
import { formatBytes, formatMs, report, type Row } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * A list of as many rows as there are merges, as CSV: how long nothing else could happen meanwhile, how much memory the
 * process took at the most, and when the first byte came.
 */

const goals = { stall: 50, memory: 20 << 20 };

async function measureCsv(): Promise<void> {
  const options = readOptions(100_000);
  const data = await openReference(options);
  const product = await startMeasured({ environment: { ...data.environment, ROLE: 'web' } });
  const query = toQuery(askLast(data.workspace, referenceDays + 5));
  const overview = await get(signPage(product.url, `/pages/workspace?${query}`, data));
  const headers = { authorization: `Bearer ${readSession(overview)}` };
  await get(`${product.url}/pages/deployments?${query}`, headers);
  const rows: Row[] = [];
  for (const list of ['deployments', 'pull-requests']) {
    const url = `${product.url}/pages/${list}?${query}&format=csv`;
    const before = await product.readMemory();
    const { result, wall, cpu, stall } = await product.measure(() => get(url, headers));
    const lines = result.body.toString().split('\n').length;
    if (result.status !== 200 || lines < data.merges) throw new Error(`${list}: ${result.status}, ${lines} lines.`);
    const { peak } = await product.readMemory();
    const added = Math.max(0, peak - before.heap);
    const figures = { CPU: formatMs(cpu), wall: formatMs(wall), 'first byte': formatMs(result.firstByte) };
    rows.push(
      {
        question: `${list}: longest stall, to ${goals.stall} ms (${formatBytes(result.body.length)})`,
        figures: { ...figures, found: formatMs(stall) },
        ...{ goal: 1, ratio: stall / goals.stall },
      },
      {
        question: `${list}: memory added at the most, to ${formatBytes(goals.memory)}`,
        figures: { found: formatBytes(added) },
        ...{ goal: 1, ratio: added / goals.memory },
      },
    );
  }
  await product.stop();
  report(`CSV of ${data.merges} rows, ${options.database}`, rows);
}

runProgram(measureCsv);
