import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../simulator/simulator';
import { runCommandLine } from '../../src/command-line/run-command-line';
import { createTerminal } from '../../src/command-line/terminal/terminal';
import { systemClock } from '../../src/machine/clock';
import { openOperations } from '../../src/open-operations';
import { buildProduct, type Ending, type RunOptions, type SpawnedProduct } from '../support/spawned-product';
import { createSmallWorld } from '../support/visits/small-world';

/**
 * The real command on a real SQLite file, with the simulated Bitbucket: in processes of its own where signals, the list of
 * processes, a terminal or the code of the process are what matters; else in this one, as every start takes a second.
 */

let product: SpawnedProduct;
let simulator: Simulator;
let folder: string;
let slug: string;
let token: string;

beforeAll(async () => {
  product = buildProduct();
  folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-command-'));
  mkdirSync(path.join(folder, 'folder'));
  const world = createSmallWorld(systemClock.now(), 10);
  simulator = await startSimulator({ world, appKey: 'drumbeat' });
  slug = world.workspaces[0]?.slug ?? '';
  token = simulator.credentials.createWorkspaceToken().secret;
  writeFileSync(path.join(folder, 'token'), `${token}\n`);
});

afterAll(async () => {
  await simulator.close();
  product.remove();
  rmSync(folder, { recursive: true, force: true });
});

const toEnvironment = (name: string): Record<string, string> => ({
  DATABASE_URL: `sqlite:${path.join(folder, name)}`,
  BITBUCKET_URL: simulator.url,
  BITBUCKET_API_URL: simulator.url,
  BASE_URL: 'http://localhost:1',
  LOG_LEVEL: 'warn',
});
const drumbeat = (command: readonly string[], more: Partial<RunOptions> = {}): Promise<Ending> =>
  product.run({ environment: toEnvironment('one.sqlite'), command, ...more });

/** Ends as the process would, whose streams and environment these are. */
async function runHere(command: readonly string[], more: Partial<RunOptions> = {}): Promise<Ending> {
  const { environment: given = toEnvironment('one.sqlite'), input = '' } = more;
  const environment = { PORT: '0', ...given };
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const terminal = createTerminal({ input: Readable.from([input]), output, errors, environment });
  const code = await runCommandLine(command, terminal, {
    ...{ clock: systemClock, version: '0.0.0', onInterrupt: () => () => undefined },
    open: (options) => openOperations(environment, options),
    serve: () => Promise.reject(new Error('No server was asked for.')),
    exit: (asked) => expect(asked).toBe('not to end'),
    wait: (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
  });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, output: read(output), errorLines: read(errors).split('\n').slice(0, -1) };
}
const tell = ({ errorLines }: Ending): string => errorLines.join('\n');

describe('Wrong use ends with 2 and what to do', () => {
  const canary = 'ATCTT3xcanarycanary';
  it.each([
    { what: 'no command', args: [], words: ['Usage: drumbeat', 'connect'] },
    { what: 'an unknown command', args: ['conect'], words: ["unknown command 'conect'", 'Did you mean connect?'] },
    { what: 'an unknown option', args: ['status', '--tokn=canary'], words: ["unknown option '--tokn'"] },
    {
      what: 'a token as an option',
      args: ['connect', 'acme', '--token', canary],
      words: ['everybody on this machine'],
    },
    { what: 'a token as an argument', args: ['connect', canary], words: ['everybody on this machine', '--token-file'] },
    { what: 'a date that is over', args: ['connect', 'acme', '--expires', '2020-01-01'], words: ['a day after today'] },
    { what: 'a date that is none', args: ['connect', 'acme', '--expires', '2027-02-30'], words: ['2027-03-12'] },
    { what: 'a duration that is none', args: ['sign-in-link', 'acme', '--valid', 'long'], words: ['15m, 8h or 30d'] },
    { what: 'nothing that is a token', args: ['connect', 'acme'], words: ['no token', '--token-file'] },
    { what: 'no file of a token', args: ['connect', 'acme', '--token-file', '/none'], words: ['not found'] },
    { what: 'wishes that are two', args: ['sign-in-link', 'acme', '--list', '--revoke', 'x'], words: ['stand alone'] },
  ])('for $what', async ({ args, words }) => {
    const ending = await runHere(args);
    expect(ending).toMatchObject({ code: 2, output: '' });
    for (const word of words) expect(tell(ending)).toContain(word);
    expect(tell(ending)).not.toContain('canary');
  });

  it('also as JSON, and in a process of its own', async () => {
    const { code, output } = await drumbeat(['connect', 'acme', '--tokn=canary', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(output)).toMatchObject({ outcome: 'wrong_use', exit_code: 2, way_out: 'Look at --help.' });
    expect(output).not.toContain('canary');
  });
});

describe('What is in the way has a code of its own', () => {
  it.each([
    { what: 'no database', environment: () => toEnvironment('none.sqlite'), code: 2, word: 'There is no database' },
    { what: 'a wrong environment', environment: () => ({ PORT: 'x' }), code: 2, word: 'PORT is "x"' },
    {
      what: 'a database in memory',
      environment: () => ({ ...toEnvironment(''), DATABASE_URL: 'sqlite::memory:' }),
      code: 2,
      word: 'no other',
    },
    { what: 'a database that is a folder', environment: () => toEnvironment('folder'), code: 4, word: 'is a folder' },
  ])('$what', async ({ environment, code, word }) => {
    const ending = await runHere(['status'], { environment: environment() });
    expect(ending).toMatchObject({ code, output: '' });
    expect(tell(ending)).toContain(word);
  });

  it('a token that may not, and a Bitbucket that is not there', async () => {
    const weak = simulator.credentials.createWorkspaceToken({ scopes: ['account', 'repository'] }).secret;
    const refused = await runHere(['connect', slug, '--json'], { input: weak });
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.output)).toMatchObject({ outcome: 'refused', hook: null, import: null });
    const environment = { ...toEnvironment('one.sqlite'), BITBUCKET_API_URL: 'http://127.0.0.1:9' };
    const silent = await runHere(['connect', slug, '--dry-run'], { input: weak, environment });
    expect(silent.code).toBe(4);
    expect(silent.output).toContain('Bitbucket cannot be reached');
    expect(`${refused.output}${tell(refused)}${silent.output}${tell(silent)}`).not.toContain(weak);
  });
});

it('A token is nowhere to be seen, and what is printed is JSON alone', async () => {
  const seen: string[] = [];
  const onOutput = (pid: number): void => void seen.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const ending = await drumbeat(['connect', slug, '--json', '--no-wait', '--verbose', '--expires', 'never'], {
    input: `${token}\n`,
    onOutput,
  });
  expect(ending.code).toBe(0);
  expect(JSON.parse(ending.output)).toMatchObject({ outcome: 'connected', workspace: { slug }, import: null });
  expect(seen.length).toBeGreaterThan(0);
  expect(`${seen.join()}${ending.output}${tell(ending)}`).not.toContain(token);
});

describe('On a terminal', () => {
  const before = `for (const stream of [process.stdin, process.stdout, process.stderr]) {
      Object.defineProperty(stream, 'isTTY', { value: true });
    }
    process.stdin.setRawMode = () => process.stdin;`;

  it('the token is asked for and shows as dots, and checks have colours', async () => {
    const answers = [
      ['does not show', `${token}\r`],
      ['leave it empty', '\r'],
    ] as const;
    const ending = await drumbeat(['connect', slug, '--dry-run'], { before, answers });
    expect(ending.code).toBe(0);
    expect(ending.output).toContain('\u001b[32mworks');
    expect(`${ending.output}${tell(ending)}`).not.toContain(token);
  });

  it('Ctrl-C at a question changes nothing', async () => {
    const ending = await drumbeat(['connect', slug], { before, answers: [['does not show', 'abc\u0003']] });
    expect(ending).toMatchObject({ code: 130, output: '' });
    expect(tell(ending)).toContain('Nothing was changed.');
  });
});

it('Ctrl-C while the import is watched leaves it to the server', async () => {
  const command = ['connect', slug, '--wait', '--token-file', path.join(folder, 'token')];
  const environment = toEnvironment('watched.sqlite');
  const ending = await drumbeat(command, { environment, stopAt: 'Watching the import', stopWith: 'SIGINT' });
  expect(ending.code).toBe(130);
  expect(tell(ending)).toContain('The import goes on in the server.');
});
