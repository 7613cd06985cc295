import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atEnd, runProgram } from './support/run-program';

/*
 * `npm run bench`: the short form of every question, one after the other, in less than ten minutes. Fails where a ratio is
 * worse than its goal by more than a fifth, and where an answer is wrong.
 */

const root = path.resolve(__dirname, '..');

/** Filled once, and copied by each program that measures on it. */
const files = {
  two: ['30000', '--workspaces', '2'],
  small: ['10000'],
} as const;

interface Program {
  readonly args: readonly string[];
  readonly use?: keyof typeof files;
}

const programs: readonly Program[] = [
  { args: ['answers.ts', '30000', '--workspaces', '2'], use: 'two' },
  { args: ['cold.ts', '30000', '--workspaces', '2'], use: 'two' },
  { args: ['memory.ts', '30000', '--workspaces', '2'], use: 'two' },
  { args: ['csv.ts', '30000'], use: 'two' },
  { args: ['pages.ts', '10000'], use: 'small' },
  { args: ['merge-to-page.ts', '10000'], use: 'small' },
  { args: ['merge-to-page.ts', '10000', '--rate', '100', '--seconds', '5'], use: 'small' },
  { args: ['browser.ts', '10000'], use: 'small' },
  { args: ['answers.ts', '5000', '--database', 'postgres'] },
  { args: ['intake.ts', '1000', '--seconds', '5'] },
  { args: ['intake.ts', '1000', '--seconds', '5', '--database', 'postgres'] },
  { args: ['history-import.ts', '500', 'merge_commit', '5'] },
  { args: ['history-import.ts', '500', 'squash', '5'] },
  { args: ['sql-medians.ts', '10000'] },
];

const countSeconds = (begun: number): number => Math.round((performance.now() - begun) / 1000);

/** Whether it ended well. */
async function run(args: readonly string[]): Promise<boolean> {
  const [program = '', ...more] = args;
  const begun = performance.now();
  process.stdout.write(`\n— ${args.join(' ')}\n`);
  const file = path.join(__dirname, program);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...more], { cwd: root, stdio: 'inherit' });
  const isWell = await new Promise<boolean>((resolve) => child.once('close', (code) => resolve(code === 0)));
  process.stdout.write(`  in ${countSeconds(begun)} s\n`);
  return isWell;
}

async function runAll(folder: string): Promise<readonly string[]> {
  const toFile = (name: string): string => path.join(folder, `${name}.sqlite`);
  for (const [name, args] of Object.entries(files)) {
    const isFilled = await run(['reference-data.ts', ...args, '--database', `sqlite:${toFile(name)}`]);
    if (!isFilled) return ['reference-data.ts'];
  }
  const failed: string[] = [];
  for (const { args, use } of programs) {
    const copied = use === undefined ? [] : ['--use', toFile(use)];
    if (!(await run([...args, ...copied, '--check']))) failed.push(args.join(' '));
  }
  return failed;
}

async function runBench(): Promise<void> {
  const begun = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-bench-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const failed = await runAll(folder);
  process.stdout.write(`\n${programs.length} programs in ${countSeconds(begun)} s\n`);
  if (failed.length === 0) return;
  process.stdout.write(`Worse than their goals, or wrong:\n${failed.map((name) => `  ${name}\n`).join('')}`);
  process.exitCode = 1;
}

runProgram(runBench);
