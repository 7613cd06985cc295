import pg from 'pg';
import { buildColumns } from './limit/columns';
import { buildDayRuns, computeByDayRuns } from './limit/day-runs';
import { askLast, findDifference, toDay, toQuery, type AccelerateAnswer } from './limit/question';
import { referenceDays } from './reference/shape';
import { createApi } from './support/callers';
import { startMeasured } from './support/measured-product';
import { openReference } from './support/open-reference';
import { formatMs, report, type Row } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * What whoever has the rows in PostgreSQL would run instead: the percentiles of the lead times by SQL, of the range and
 * of its weeks, beside the whole answer of the product on the same database.
 */

const medians = `
  SELECT percentile_cont(ARRAY[0.5, 0.75, 0.95]) WITHIN GROUP (ORDER BY p.merged_at - c.authored_at) AS leads
  FROM pull_requests p JOIN pull_request_commits c USING (workspace, repository, number)
  WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3
  GROUP BY GROUPING SETS ((), (date_trunc('week', to_timestamp(p.merged_at / 1000.0) AT TIME ZONE 'UTC')))
  ORDER BY count(*) DESC`;

const day = 86_400_000;

async function measureMedians(): Promise<void> {
  const { merges } = readOptions(100_000);
  const data = await openReference({ merges, database: 'postgres' });
  const { workspace } = data;
  const runs = buildDayRuns(buildColumns(workspace));
  const product = await startMeasured({ environment: { ...data.environment, ROLE: 'web' } });
  const { askJson } = createApi(product.url, workspace);
  const client = new pg.Client({ connectionString: data.url });
  await client.connect();
  const rows: Row[] = [];
  for (const days of [90, referenceDays]) {
    const question = askLast(workspace, days);
    const bounds = [toDay(question.from) * day, (toDay(question.to) + 1) * day];
    const ask = (): Promise<AccelerateAnswer> => askJson(`/metrics/accelerate?${toQuery(question)}`);
    const expected = computeByDayRuns(runs, question);
    const difference = findDifference(await ask(), expected);
    if (difference !== null) throw new Error(`The product answers wrongly: ${difference}`);
    const begun = performance.now();
    const found = await client.query<{ leads: number[] }>(medians, [workspace.uuid, ...bounds]);
    const bySql = performance.now() - begun;
    if (found.rows[0]?.leads[0] !== expected.whole.lead) throw new Error('SQL found another median.');
    const { wall } = await product.measure(ask);
    const figures = { 'SQL, lead times alone': formatMs(bySql), 'product, whole answer': formatMs(wall) };
    rows.push({ question: `${days} days`, figures, goal: null, ratio: wall / bySql });
  }
  await client.end();
  await product.stop();
  report(`${merges} merges on PostgreSQL`, rows);
}

runProgram(measureMedians);
