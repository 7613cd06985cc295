import { parseArgs } from 'node:util';
import { allScenarios } from './all-scenarios';
import type { AnyScenario, Outcome, Sizes } from './support/scenario';

/*
 * `npm run torture -- --seed 7 [--only NAME[,NAME]] [--kills 200 …]`: each scenario, one line of figures each. Ends with 1
 * where a promise did not hold, with 2 where the command line is wrong. `--list` says what there is.
 */

interface Wanted {
  readonly seed: number;
  readonly sizes: Partial<Sizes>;
  readonly scenarios: readonly AnyScenario[];
}

const sizeNames = [...new Set(allScenarios.flatMap(({ usual }) => Object.keys(usual)))];

/** @throws {Error} naming what of the command line is wrong. */
function readWanted(): Wanted | 'list' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      seed: { ...text, default: '1' },
      only: text,
      list: { type: 'boolean', default: false },
      ...Object.fromEntries(sizeNames.map((name) => [name, text])),
    },
  });
  const { seed, only, list, ...given } = values;
  if (list) return 'list';
  const sizes = Object.entries(given as Record<string, string>).map(([name, value]) => [name, readCount(name, value)]);
  return { seed: readCount('seed', seed), sizes: Object.fromEntries(sizes) as Sizes, scenarios: choose(only) };
}

function readCount(name: string, text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new Error(`--${name} is "${text}": allowed is a whole number.`);
  return Number(text);
}

function choose(only: string | undefined): readonly AnyScenario[] {
  if (only === undefined) return allScenarios;
  return only.split(',').map((name) => {
    const found = allScenarios.find((scenario) => scenario.name === name);
    if (found === undefined) throw new Error(`There is no scenario "${name}"; --list names those that there are.`);
    return found;
  });
}

function describe({ name, promise, usual }: AnyScenario): string {
  const flags = Object.entries(usual).map(([size, count]) => `--${size} ${count}`);
  return `${name}: ${promise} (${flags.join(' ')})\n`;
}

function formatOutcome({ figures, broken }: Outcome, seconds: number): string {
  const counted = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  const line = [...counted, `${seconds} s`, broken.length === 0 ? 'holds' : 'BROKEN'].join(' · ');
  return [line, ...broken.map((sentence) => `  ${sentence}`), ''].join('\n');
}

async function runAll({ seed, sizes, scenarios }: Wanted): Promise<void> {
  for (const scenario of scenarios) {
    process.stdout.write(`${scenario.name} (seed ${seed}): `);
    const begun = performance.now();
    const outcome = await scenario.run(seed, sizes);
    process.stdout.write(formatOutcome(outcome, Math.round((performance.now() - begun) / 1000)));
    if (outcome.broken.length > 0) process.exitCode = 1;
  }
}

function fail(error: unknown, code: number): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = code;
}

try {
  const wanted = readWanted();
  if (wanted === 'list') process.stdout.write(allScenarios.map(describe).join(''));
  else runAll(wanted).catch((error: unknown) => fail(error, 1));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
