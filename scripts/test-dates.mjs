/*
 * Runs the tests that depend on days under other dates than the usual one: `npm run test:dates`. With a file as its
 * argument, the figures of all runs together are written to it as JSON. What runs, and when it should be longer:
 * CONTRIBUTING.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const dates = [
  ['2026-11-23', 'a Monday'],
  ['2026-11-29', 'a Sunday'],
  ['2028-02-29', '29 February'],
  ['2026-12-31', '31 December'],
  ['2027-03-28', 'the change to summer time in Europe'],
  ['2027-10-31', 'the change from summer time in Europe'],
  ['today', 'today'],
];

/** What draws worlds, ranges and buckets from the present day: files, and of browser tests the titles that do. */
const titles = 'filters|bucket leads|tile leads|take a correction|keep teams with their days|preview rules';
const files = [
  'src/web/browser/navigation.test.ts',
  'src/web/browser/settings.test.ts',
  'src/web/pages/random-filters.test.ts',
];

const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-dates-'));
const sums = { numPassedTests: 0, numFailedTests: 0 };
let hasFailed = false;
for (const [date, name] of dates) {
  const result = path.join(folder, `${date}.json`);
  process.stdout.write(`\nOn ${date === 'today' ? '' : `${date}, `}${name}\n`);
  const args = ['node_modules/jest/bin/jest.js', ...files, '-t', titles, '--json', `--outputFile=${result}`];
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TEST_DATE: date, FILTERS_A_ZONE: '5' },
  });
  hasFailed ||= status !== 0;
  const run = JSON.parse(readFileSync(result, 'utf8'));
  for (const figure of Object.keys(sums)) sums[figure] += run[figure];
}
rmSync(folder, { recursive: true });
if (process.argv[2] !== undefined) writeFileSync(process.argv[2], JSON.stringify(sums));
process.stdout.write(`\nUnder ${dates.length} dates: ${sums.numPassedTests} passed, ${sums.numFailedTests} failed\n`);
process.exit(hasFailed || sums.numPassedTests === 0 ? 1 : 0);
