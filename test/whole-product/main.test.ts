import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../support/postgres/free-port';
import { waitUntil } from '../support/product/wait-until';
import { buildProduct, type Ending, type RunOptions, type SpawnedProduct } from '../support/spawned-product';
import { testEncryptionKey } from '../support/test-database';

/** The real process, as an operator starts it: how it ends, and what it says before. */

const key = testEncryptionKey.toString('base64');
let product: SpawnedProduct;
let folder: string;
let taken: Server;

beforeAll(async () => {
  product = buildProduct();
  folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-main-'));
  mkdirSync(path.join(folder, 'folder'));
  writeFileSync(path.join(folder, 'text'), 'This is no database. '.repeat(100));
  writeFileSync(path.join(folder, 'bad.sqlite.key'), 'no key');
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
});

afterAll(async () => {
  product.remove();
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => taken.close(resolve));
});

const toSqlite = (file: string): string => `sqlite:${path.join(folder, file)}`;
const inMemory = { DATABASE_URL: 'sqlite::memory:' };

interface Wrong {
  readonly what: string;
  readonly environment: () => RunOptions['environment'];
  readonly code: 1 | 2;
  /** What the one line on standard error must name. */
  readonly words: readonly string[];
}

const wrongs: readonly Wrong[] = [
  {
    what: 'a database that is a folder',
    environment: () => ({ DATABASE_URL: toSqlite('folder') }),
    code: 1,
    words: ['DATABASE_URL', 'is a folder'],
  },
  {
    what: 'a file that is no database',
    environment: () => ({ DATABASE_URL: toSqlite('text') }),
    code: 1,
    words: ['DATABASE_URL', 'no SQLite database'],
  },
  {
    what: 'a key file that holds no key',
    environment: () => ({ DATABASE_URL: toSqlite('bad.sqlite') }),
    code: 1,
    words: ['ENCRYPTION_KEY', 'bad.sqlite.key'],
  },
  {
    what: 'a port that is taken',
    environment: () => ({ ...inMemory, PORT: (taken.address() as AddressInfo).port.toString() }),
    code: 1,
    words: ['PORT', 'taken'],
  },
  {
    what: 'a PostgreSQL that is not there',
    environment: () => ({ DATABASE_URL: 'postgres://me:canary@localhost:1/none', ENCRYPTION_KEY: key }),
    code: 1,
    words: ['DATABASE_URL', 'localhost:1', 'start PostgreSQL'],
  },
  {
    what: 'a file of a secret that is not there',
    environment: () => ({ METRICS_TOKEN_FILE: '/none' }),
    code: 2,
    words: ['METRICS_TOKEN_FILE', 'not found'],
  },
];

function expectOneSentence(
  { code, output, errorLines }: Ending,
  expected: { code: number; words: readonly string[] },
): void {
  expect({ code, output, errorLines }).toEqual({ code: expected.code, output: '', errorLines: [expect.any(String)] });
  for (const word of expected.words) expect(errorLines[0]).toContain(word);
  expect(errorLines[0]).not.toMatch(/canary|\bat .*:\d+:\d+|^\{/u);
}

describe('A start ends with one sentence that names the variable', () => {
  let endings: ReadonlyMap<Wrong, Promise<Ending>>;
  beforeAll(() => {
    // Side by side: most of a start is waiting for files.
    endings = new Map(wrongs.map((wrong) => [wrong, product.run({ environment: wrong.environment() })]));
  });

  it.each(wrongs)('for $what', async (wrong) => {
    const ending = await endings.get(wrong);
    expect(ending).toBeDefined();
    if (ending !== undefined) expectOneSentence(ending, wrong);
  });
});

it('a start that waits for what never answers is a failure that is told, not a silent success', async () => {
  const before = `import net from 'node:net'; net.Server.prototype.listen = function () { return this; };`;
  const ending = await product.run({ environment: inMemory, before });
  expectOneSentence(ending, { code: 1, words: ['cannot start', 'never answered'] });
});

it('a stop before the start is through ends it well and at once', async () => {
  const before = `import net from 'node:net';
    net.Server.prototype.listen = function () {
      setInterval(() => {}, 1000);
      setImmediate(() => process.kill(process.pid, 'SIGTERM'));
      return this;
    };`;
  const { code, errorLines } = await product.run({ environment: inMemory, before });
  expect({ code, errorLines }).toEqual({ code: 0, errorLines: ['Drumbeat was asked to stop before it had started.'] });
});

it('a rejection that nobody handles ends the process with one line of the log', async () => {
  const before = `const write = process.stdout.write;
    process.stdout.write = function (...all) { setImmediate(() => Promise.reject(new Error('on purpose'))); return write.apply(this, all); };`;
  const ending = await product.run({ environment: { ...inMemory, LOG_LEVEL: 'warn' }, before });
  expect(ending.code).toBe(1);
  expect(ending.errorLines).toHaveLength(1);
  expect(JSON.parse(ending.errorLines[0] ?? '')).toMatchObject({ level: 60, err: { message: 'on purpose' } });
});

it('a good start tells the configuration without secrets, and a stop ends it well', async () => {
  const environment = {
    ...inMemory,
    ENCRYPTION_KEY: key,
    METRICS_TOKEN: 'canary-canary-canary',
    SHUTDOWN_GRACE_SECONDS: '0',
    IMPORT_DAY: '30',
  };
  const { code, output, errorLines } = await product.run({ environment, stopAt: 'listens at' });
  expect(code).toBe(0);
  expect(output).toMatch(/^Drumbeat listens at http:\/\/localhost:\d+\n$/u);
  const lines = errorLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 40, variable: 'IMPORT_DAY', likely: 'IMPORT_DAYS' },
    {
      level: 30,
      configuration: {
        IMPORT_DAYS: '365 (default)',
        DATABASE_URL: 'sqlite::memory:',
        ENCRYPTION_KEY: 'set',
        METRICS_TOKEN: 'set',
        APP_KEY: 'drumbeat (default)',
      },
    },
  ]);
  expect(errorLines.join()).not.toContain('canary');
});

it('a second server on one file is told of the first, which says that it will end before it does', async () => {
  const environment = { DATABASE_URL: toSqlite('held.sqlite'), LOG_LEVEL: 'error', SHUTDOWN_GRACE_SECONDS: '2' };
  const port = await findFreePort();
  let tell: (pid: number) => void = () => undefined;
  const listening = new Promise<number>((resolve) => (tell = resolve));
  const first = product.run({ environment: { ...environment, PORT: port.toString() }, onOutput: tell });
  const pid = await listening;
  const second = await product.run({ environment });
  expectOneSentence(second, { code: 1, words: ['DATABASE_URL', `process ${pid} on `, 'end that process'] });
  process.kill(pid, 'SIGTERM');
  const look = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    return answer.status === 503 ? answer : null;
  };
  const answer = await waitUntil(look, { withinMs: 20_000, what: 'the announcement of the end' });
  expect(answer.headers.get('connection')).toBe('close');
  expect(await answer.json()).toEqual({ status: 'unavailable', problems: ['This process is about to end.'] });
  expect(await first).toMatchObject({ code: 0, errorLines: [] });
});
