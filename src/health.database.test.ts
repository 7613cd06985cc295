import { copyFileSync, renameSync } from 'node:fs';
import { createHealth } from './health';
import { createSilentLog } from './machine/log';
import { openCore, type Core } from './open-core';
import { openDatabase } from './store/open-database';
import { createFixedClock } from '../test/support/fixed-clock';
import {
  createTestDatabase,
  databaseKinds,
  type DatabaseKind,
  type TestDatabaseUrl,
} from '../test/support/test-database';

const key = Buffer.alloc(32, 1);
const clock = createFixedClock(1_000_000);
const worker = {
  get lastSeenAt() {
    return clock.now();
  },
} as never;

let created: TestDatabaseUrl;
let core: Core;
let isLeaving: boolean;
let ask: ReturnType<typeof createHealth>;

async function start(kind: DatabaseKind): Promise<void> {
  created = await createTestDatabase(kind);
  const settings = { databaseUrl: created.url, encryptionKey: key, previousEncryptionKey: null };
  core = await openCore({ settings, log: createSilentLog() });
  isLeaving = false;
  ask = createHealth({ settings: { role: 'all' }, core, clock, worker, isLeaving: () => isLeaving });
}

/** A second later it is looked again. */
async function askAgain(): Promise<string> {
  clock.advance(1_000);
  return (await ask()).problems.join(' ');
}

afterEach(async () => {
  await core.close();
  await created.remove();
});

describe.each(databaseKinds)('Whether the process can work, on %s', (kind) => {
  beforeEach(() => start(kind));

  it('is tried by a write, once a second however many ask', async () => {
    const probe = jest.spyOn(core, 'probe');
    ask = createHealth({ settings: { role: 'all' }, core, clock, worker, isLeaving: () => isLeaving });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(
      Array.from({ length: 3 }, () => ({ ok: true, problems: [] })),
    );
    await ask();
    expect(probe).toHaveBeenCalledTimes(1);
    expect(await askAgain()).toBe('');
    expect(probe).toHaveBeenCalledTimes(2);
    const [row] = await core.database.read<{ at: number }>('SELECT probed_at AS at FROM encryption_key', []);
    expect(row?.at).toBe(clock.now());
  });

  it('is no, once the database knows another key or the process is about to end', async () => {
    await core.database.write('UPDATE encryption_key SET salt = $1', ['another']);
    expect(await askAgain()).toContain('The encryption key of this process is not that of the database');
    isLeaving = true;
    expect(await askAgain()).toBe('This process is about to end.');
  });

  it('is no while a write hangs, and while it does no other is begun', async () => {
    const probe = jest.fn(() => new Promise<never>(() => undefined));
    ask = createHealth({ settings: { role: 'all' }, core: { probe }, clock, worker, isLeaving: () => isLeaving });
    jest.useFakeTimers();
    const asked = Promise.all([askAgain(), askAgain()]);
    await jest.advanceTimersByTimeAsync(3_000);
    jest.useRealTimers();
    for (const said of await asked) expect(said).toContain('somebody else has locked it');
    expect(probe).toHaveBeenCalledTimes(1);
  });
});

describe('Whether the process can work, on an SQLite file', () => {
  beforeEach(() => start('sqlite'));

  it('is no once the file is another one, for what is written to the old one is lost', async () => {
    const file = created.url.slice('sqlite:'.length);
    copyFileSync(file, `${file}.backup`);
    renameSync(`${file}.backup`, file);
    expect(await askAgain()).toContain('was removed or replaced');
  });

  it('is no where nothing can be written, naming why', async () => {
    await core.database.write('PRAGMA query_only = 1', []);
    expect(await askAgain()).toBe('The database can only be read.');
  });

  it('lets the command line open the file beside it, and no second server', async () => {
    const visit = await openDatabase({ url: created.url, isVisit: true });
    await visit.close();
    expect(await askAgain()).toBe('');
  });
});
