import { spawn } from 'node:child_process';
import path from 'node:path';

/*
 * `npm run bench`: the short form of every question, one after the other, in less than ten minutes. Fails where a ratio is
 * worse than its goal by more than a fifth, and where an answer is wrong.
 */

const root = path.resolve(__dirname, '..');

const programs: readonly (readonly string[])[] = [
  ['answers.ts', '30000'],
  ['pages.ts', '10000'],
  ['cold.ts', '30000'],
  ['memory.ts', '30000', '--workspaces', '2'],
  ['csv.ts', '30000'],
  ['merge-to-page.ts', '10000'],
  ['merge-to-page.ts', '10000', '--rate', '100', '--seconds', '5'],
  ['intake.ts', '1000', '--seconds', '5'],
  ['intake.ts', '1000', '--seconds', '5', '--database', 'postgres'],
  ['browser.ts', '10000'],
  ['history-import.ts', '500', 'merge_commit', '5'],
  ['history-import.ts', '500', 'squash', '5'],
  ['sql-medians.ts', '10000'],
];

/** Whether it ended well. */
function run(args: readonly string[]): Promise<boolean> {
  const [program = '', ...more] = args;
  process.stdout.write(`\n— ${args.join(' ')}\n`);
  const file = path.join(__dirname, program);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...more, '--check'], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)));
}

const countSeconds = (begun: number): number => Math.round((performance.now() - begun) / 1000);

async function runAll(): Promise<void> {
  const begun = performance.now();
  const failed: string[] = [];
  for (const args of programs) {
    const begunThis = performance.now();
    if (!(await run(args))) failed.push(args.join(' '));
    process.stdout.write(`  in ${countSeconds(begunThis)} s\n`);
  }
  process.stdout.write(`\n${programs.length} programs in ${countSeconds(begun)} s\n`);
  if (failed.length === 0) return;
  process.stdout.write(`Worse than their goals, or wrong:\n${failed.map((name) => `  ${name}\n`).join('')}`);
  process.exitCode = 1;
}

void runAll();
