import { parseArgs } from 'node:util';

type End = () => unknown;
const ends: End[] = [];

/** What is done when the program has ended, however it did; the last first. */
export function atEnd(end: End): void {
  ends.push(end);
}

async function finish(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

/** Runs a program, tells what went wrong, and clears up behind it. */
export function runProgram(program: () => Promise<void>): void {
  process.once('SIGINT', () => void finish().finally(() => process.exit(130)));
  void program()
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    })
    .then(finish)
    .finally(() => process.exit());
}

/**
 * What programs take: `[N] [--database sqlite|postgres] [--use FILE] [--check] …`. `--use` is an SQLite file that
 * `reference-data.ts N` has filled; it is copied, and the copy is measured.
 */
export function readOptions(usualMerges: number) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      database: { type: 'string', default: 'sqlite' },
      use: { type: 'string' },
      workspaces: { type: 'string', default: '1' },
      rate: { type: 'string', default: '0' },
      seconds: { type: 'string', default: '20' },
    },
  });
  const { database, use, ...counts } = values;
  return {
    merges: Number(positionals[0] ?? usualMerges),
    ...{ database, use, workspaces: Number(counts.workspaces), rate: Number(counts.rate) },
    seconds: Number(counts.seconds),
  };
}
