import { aWorkspaceUuid as workspace } from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import type { Transaction } from '../../store/database/transaction';
import { jobs, notices } from '../../store/schema/work';
import { Inbox, TooMuchHeld, type ArrivedNotice } from './inbox';

const work = { kind: 'work-notices', key: 'all', runAt: 1 };
const build = (deliveryId: string, more: Partial<ArrivedNotice> = {}): ArrivedNotice => ({
  ...{ workspace, deliveryId, eventKey: 'repo:push', body: `{"text":"it's ${deliveryId} \\u0000 \\"é\u{1f941}\\""}` },
  receivedAt: 7,
  ...more,
});

describe.each(databaseKinds)('The inbox on %s', (kind) => {
  let stores: TestStores;
  let groups: string[][];
  let begun: number;
  let isRefused: boolean;
  let inbox: Inbox;

  beforeEach(async () => {
    stores = await openTestStores(kind);
    groups = [];
    begun = 0;
    isRefused = false;
    const plan = async (workspaces: readonly string[], tx: Transaction): Promise<void> => {
      groups.push([...workspaces]);
      for (const one of workspaces) await stores.jobs.enqueue({ ...work, workspace: one }, tx);
      if (isRefused) throw new Error('no room');
    };
    inbox = new Inbox(stores, { plan, begin: () => (begun += 1) }, { longestWaitMs: 60_000 });
  });
  afterEach(() => stores.close());

  const list = () => stores.database.find(notices, { where: {}, order: ['deliveryId', 'workspace'] });

  it('keeps many at once with the work on them, in few transactions, each as it came and once', async () => {
    const arrived = Array.from({ length: 700 }, (_, index) => build(`delivery ${String(index).padStart(3, '0')}`));
    const foreign = build('delivery 000', { workspace: '{other}' });
    await Promise.all([...arrived, foreign, ...arrived.slice(0, 50)].map((notice) => inbox.keep(notice)));
    const kept = await list();
    expect(kept.map(({ body }) => body)).toEqual([foreign, ...arrived].map(({ body }) => body));
    expect(new Set(kept.map(({ state, receivedAt }) => `${state} ${receivedAt}`))).toEqual(new Set(['waiting 7']));
    expect(groups).toEqual([[workspace], [workspace, '{other}'].sort()]);
    expect(begun).toBe(2);
    expect(await stores.database.find(jobs, { where: {} })).toHaveLength(2);
  });

  it('keeps nothing, and says so to all, where the work on them cannot be put down; then goes on', async () => {
    isRefused = true;
    const ends = await Promise.allSettled([inbox.keep(build('one')), inbox.keep(build('two'))]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([await list(), await stores.database.find(jobs, { where: {} }), begun]).toEqual([[], [], 0]);
    isRefused = false;
    await inbox.keep(build('one'));
    expect(await list()).toHaveLength(1);
  });

  it('holds so many that await a proof and no more, none larger than Bitbucket sends, and takes the others', async () => {
    const awaits = 'a new secret';
    const large = build('large', { awaits, body: JSON.stringify('é'.repeat(128 * 1024)) });
    await expect(inbox.keep(large)).rejects.toThrow(TooMuchHeld);
    const held = Array.from({ length: 999 }, (_, index) => build(`held ${index}`, { awaits }));
    await Promise.all(held.map((notice) => inbox.keep(notice)));
    await inbox.keep(build('last', { awaits }));
    await expect(inbox.keep(build('more', { awaits: 'another' }))).rejects.toMatchObject({ status: 503 });
    await Promise.all([inbox.keep(build('usual')), inbox.keep(build('more', { awaits, workspace: '{other}' }))]);
    expect(await stores.notices.countHeld(workspace)).toBe(1_000);
    await stores.notices.settleHeld({ workspace, awaits }, 'forgotten');
    await inbox.keep(build('more', { awaits: 'another' }));
    expect((await list()).map(({ deliveryId, state }) => `${deliveryId} ${state}`)).toEqual([
      ...['more held', 'more held', 'usual waiting'],
    ]);
  });

  it('says so in time where the database keeps silent, and keeps later what it was given then', async () => {
    let answer = (): void => undefined;
    const isAnswering = new Promise<void>((resolve) => (answer = resolve));
    const transaction: TestStores['database']['transaction'] = async (work, options) => {
      await isAnswering;
      return stores.database.transaction(work, options);
    };
    const silent = { ...stores, database: { transaction } } as unknown as TestStores;
    const plan = async (): Promise<void> => undefined;
    const limits = { longestWaitMs: 5 };
    const other = new Inbox(silent, { plan, begin: () => undefined }, limits);
    const ends = await Promise.allSettled([other.keep(build('one')), other.keep(build('two'))]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    limits.longestWaitMs = 60_000;
    const third = other.keep(build('three'));
    answer();
    await third;
    expect((await list()).map(({ deliveryId }) => deliveryId)).toEqual(['three']);
  });

  it('says so where the database does not answer at all', async () => {
    const broken = { ...stores, database: { transaction: () => Promise.reject(new Error('closed')) } };
    const other = new Inbox(broken as unknown as TestStores, { plan: async () => undefined, begin: () => undefined });
    const ends = await Promise.allSettled([other.keep(build('one')), other.keep(build('two'))]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
