import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

/** What a process said and how it ended. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
  /** Without the empty last one. */
  readonly errorLines: readonly string[];
}

export interface RunOptions {
  /** Nothing of the environment of the tests is handed on but the path. */
  readonly environment: Readonly<Record<string, string>>;
  /** JavaScript to run before the product, to put something in its way. */
  readonly before?: string;
  /** Asks the process to stop once it has written this text. */
  readonly stopAt?: string;
  /** Default: SIGTERM. */
  readonly stopWith?: NodeJS.Signals;
  /** Of the command line; left out: the server. */
  readonly command?: readonly string[];
  /** Standard input, which ends after it. */
  readonly input?: string;
  /** What is typed once a text was written, one after the other. */
  readonly answers?: readonly (readonly [after: string, typed: string])[];
  /** Hears of the process while it runs, with each piece that it writes. */
  readonly onOutput?: (pid: number) => void;
}

export interface SpawnedProduct {
  /** The file that Node is given, for a test that starts it its own way. */
  readonly file: string;
  run(options: RunOptions): Promise<Ending>;
  remove(): void;
}

const root = path.resolve(__dirname, '../..');
const beside = ['node_modules', 'views', 'public', 'atlassian-connect.json', 'config.json', 'package.json'];

/** The product as it is installed: translated once, so that many starts of it cost little. */
export function buildProduct(): SpawnedProduct {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-product-'));
  const source = path.join(root, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/u.test(file) && !/\.(?:test|conformance)\.ts$|^(?:testing|simulator)\b/u.test(file))
    .map((file) => path.join(source, file));
  const outdir = path.join(folder, 'dist');
  buildSync({ entryPoints: files, outdir, outbase: source, format: 'cjs', platform: 'node', target: 'node20' });
  for (const name of beside) symlinkSync(path.join(root, name), path.join(folder, name));
  const file = path.join(outdir, 'main.js');
  return {
    file,
    run: (options) => run(options.command === undefined ? file : path.join(outdir, 'drumbeat.js'), options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function run(file: string, options: RunOptions): Promise<Ending> {
  const { environment, before, command = [] } = options;
  const preload = before === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(before)}`];
  const child = spawn(process.execPath, [...preload, file, ...command], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment },
    stdio: [options.input === undefined && options.answers === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const said = { output: '', errors: '' };
  const react = createReaction(child, options);
  listenTo(child.stdout, (text) => {
    said.output += text;
    react(`${said.output}${said.errors}`);
  });
  listenTo(child.stderr, (text) => {
    said.errors += text;
    react(`${said.output}${said.errors}`);
  });
  if (options.input !== undefined) child.stdin?.end(options.input);
  const code = await untilClosed(child);
  return { code, output: said.output, errorLines: said.errors.split('\n').slice(0, -1) };
}

/** What is done when the process has written something: answered, stopped, told. */
function createReaction(child: ChildProcess, options: RunOptions): (said: string) => void {
  const { stopAt, stopWith = 'SIGTERM', answers = [], onOutput } = options;
  const waiting = [...answers];
  let isStopped = false;
  const answer = (said: string): void => {
    const [next] = waiting;
    if (next === undefined || !said.includes(next[0])) return;
    waiting.shift();
    child.stdin?.write(next[1]);
  };
  return (said) => {
    if (child.pid !== undefined) onOutput?.(child.pid);
    answer(said);
    // Once: a process that is asked again is meant to end at once.
    if (isStopped || stopAt === undefined || !said.includes(stopAt)) return;
    isStopped = child.kill(stopWith);
  };
}

function listenTo(stream: ChildProcess['stdout'], listener: (text: string) => void): void {
  stream?.setEncoding('utf8').on('data', listener);
}

function untilClosed(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
