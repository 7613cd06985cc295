import { parseArgs } from 'node:util';
import { fillReferenceData } from './reference/fill';
import { prepareDerived } from './reference/prepare';
import { list, referenceNow } from './reference/shape';
import { openRowsFile } from './reference/write-rows';

/*
 * Fills an empty database with the reference data set, N merged pull requests a workspace:
 * `tsx benchmarks/reference-data.ts N --database URL [--rows FILE] [--now INSTANT] [--workspaces K]`.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    database: { type: 'string' },
    rows: { type: 'string' },
    now: { type: 'string', default: new Date(referenceNow).toISOString() },
    workspaces: { type: 'string', default: '1' },
    'facts-alone': { type: 'boolean', default: false },
  },
});

const usage =
  'Usage: tsx benchmarks/reference-data.ts N --database sqlite:FILE|postgres://… [--rows FILE] [--now INSTANT] ' +
  '[--workspaces K] [--facts-alone]\n';

function readNumber(text: string | undefined): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : null;
}

async function run(): Promise<void> {
  const [merges, workspaces, now] = [readNumber(positionals[0]), readNumber(values.workspaces), Date.parse(values.now)];
  if (merges === null || workspaces === null || Number.isNaN(now) || values.database === undefined) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const url = values.database;
  const file = values.rows === undefined ? null : openRowsFile(values.rows);
  const startedAt = performance.now();
  await fillReferenceData({
    ...{ url, plans: list(workspaces, (index) => ({ merges, now, index })) },
    onWorkspace: (workspace) => file?.writeWorkspace(workspace),
    onMerge: (workspace, merge) => file?.writeMerge(workspace, merge),
  });
  file?.close();
  const filled = performance.now();
  const all = merges * workspaces;
  const seconds = (filled - startedAt) / 1000;
  process.stdout.write(`${all} pull requests in ${seconds.toFixed(1)} s, ${Math.round(all / seconds)} a second\n`);
  if (values['facts-alone']) return;
  await prepareDerived(url, now);
  process.stdout.write(`what follows from them in ${((performance.now() - filled) / 1000).toFixed(1)} s\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
