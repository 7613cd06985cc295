import { aWorkspaceUuid as workspace, hour, minute } from '../../../test/support/builders';
import { jobs, notices as noticeTable } from '../schema/work';
import { findNextRunAt } from '../../../test/support/situation/find-next-run';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';

const now = 1_000 * hour;

function noJob(): never {
  throw new Error('no job was claimed');
}

describe.each(databaseKinds)('Work on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
  });
  afterEach(() => stores.close());

  const enqueue = (key: string, runAt = now, payload?: string): Promise<void> =>
    stores.jobs.enqueue({ workspace, kind: 'import', key, runAt, ...(payload === undefined ? {} : { payload }) });
  const claim = (at = now, limit = 10): ReturnType<TestStores['jobs']['claim']> =>
    stores.jobs.claim({ kinds: ['import', 'other'], now: at, leaseMs: minute, limit });

  const listJobs = () => stores.database.find(jobs, { where: { workspace } });

  describe('that is a job', () => {
    it('is claimed by one worker each, the longest due first, and again when its lease has ended', async () => {
      await enqueue('late', now - 1);
      await enqueue('early', now - 2);
      await enqueue('future', now + hour);
      const atOnce = (await Promise.all([claim(now, 1), claim(now, 1), claim(now, 1)])).flat();
      // On PostgreSQL whoever meets a job that another worker is just taking goes without, and asks again.
      expect(atOnce.length).toBeGreaterThanOrEqual(kind === 'sqlite' ? 2 : 1);
      const claimed = [...atOnce, ...(await claim())].map((job) => job.key);
      expect(claimed.toSorted()).toEqual(['early', 'late']);
      expect(await claim()).toEqual([]);
      expect(await findNextRunAt(stores, ['import'])).toBe(now + minute);
      expect((await claim(now + minute)).map((job) => job.key)).toEqual(['early', 'late']);
    });

    it('is claimed in turn with those of other workspaces, first of those of which the fewest run, and never twice', async () => {
      const [busy, calm] = ['{a-busy}', '{calm}'];
      const put = (of: string, key: string, runAt: number) =>
        stores.jobs.enqueue({ workspace: of, kind: 'import', key, runAt });
      for (let index = 0; index < 6; index += 1) await put(busy, `${index}`, now - 100 + index);
      await put(calm, 'only', now - 1);
      await enqueue('first', now - 50);
      const options = { kinds: ['import', 'other'], leaseMs: minute };
      expect(await stores.jobs.isAnyDue({ ...options, now })).toBe(true);
      const running = await stores.jobs.claim({ ...options, now, limit: 4, mostOfOne: 2 });
      expect(running.map(({ key }) => key)).toEqual(['0', '1', 'first', 'only']);
      await put(calm, 'next', now);
      // The clock has jumped: every lease looks as if it had ended.
      const after = { ...options, now: now + hour, running, mostOfOne: 3 };
      const next = await stores.jobs.claim({ ...after, limit: 2 });
      expect(next.map(({ key }) => key)).toEqual(['2', 'next']);
      expect(await stores.jobs.claim({ ...after, limit: 9, running: [...running, ...next] })).toEqual([]);
      expect(await stores.jobs.claim({ ...after, limit: 9, running, except: [busy, workspace] })).toEqual([]);
      expect(await stores.jobs.isAnyDue({ kinds: ['other'], now: now + hour })).toBe(false);
    });

    it('asked for again while it runs is due again after it', async () => {
      await enqueue('a', now, 'one');
      const [job] = await claim();
      await enqueue('a', now + hour, 'two');
      expect(await claim()).toEqual([]);
      await stores.jobs.completeAll([job ?? noJob()]);
      const [again] = await claim();
      expect(again).toMatchObject({ payload: 'two', attempts: 0, generation: 2 });
      await stores.jobs.completeAll([again ?? noJob()]);
      expect(await listJobs()).toEqual([]);
      expect(await findNextRunAt(stores, ['import'])).toBeNull();
    });

    it('is postponed with or without counting, buried, and alive when asked for again', async () => {
      await enqueue('a');
      const [job] = await claim();
      await stores.jobs.postpone(job ?? noJob(), { runAt: now + 5, countAttempt: true, problem: 'down' });
      const [second] = await claim(now + 5);
      expect(second).toMatchObject({ attempts: 1 });
      await stores.givenUp.bury(second ?? noJob(), { problem: 'five times', now });
      expect(await listJobs()).toMatchObject([{ key: 'a', state: 'dead', problem: 'five times' }]);
      expect(await claim(now + hour)).toEqual([]);
      await enqueue('a');
      expect(await claim()).toMatchObject([{ key: 'a', attempts: 0 }]);
      await stores.jobs.remove({ workspace, kind: 'import' });
      expect(await listJobs()).toEqual([]);
    });

    it('that was given up is due again when all such are, as many as are wanted and none of another kind', async () => {
      for (const key of ['r/1', 'r/2', 'r/3', 's/1']) {
        await enqueue(key);
        const [job] = await claim();
        await stores.givenUp.bury(job ?? noJob(), { problem: 'refused', now });
      }
      const revive = (which: { kind?: string; exceptKind?: string; keyPrefix?: string; limit: number }) =>
        stores.givenUp.revive({ workspace, now: now + 1, ...which });
      expect(await revive({ kind: 'other', limit: 9 })).toBe(0);
      expect(await revive({ exceptKind: 'import', limit: 9 })).toBe(0);
      expect(await stores.givenUp.revive({ workspace: '{other}', now, limit: 9 })).toBe(0);
      expect(await revive({ kind: 'import', keyPrefix: 'r/', limit: 2 })).toBe(2);
      expect(await claim()).toEqual([]);
      expect(await claim(now + 1)).toMatchObject([
        { key: 'r/1', attempts: 0 },
        { key: 'r/2', attempts: 0 },
      ]);
      expect(await revive({ exceptKind: 'other', limit: 9 })).toBe(2);
      expect((await listJobs()).filter(({ state }) => state === 'dead')).toEqual([]);
    });

    it('that was given up is listed with its reason and since when, and tried again at a press of a button', async () => {
      const bury = async (key: string, at: number) => {
        await enqueue(key);
        const [job] = await claim();
        await stores.givenUp.bury(job ?? noJob(), { problem: `refused ${key}`, now: at });
      };
      const list = (visible: readonly string[] | null, limit = 9) => stores.givenUp.list(workspace, { visible, limit });
      for (const [key, at] of [
        ['{r}/2', 2],
        ['{s}', 1],
        ['{r}/1', 3],
      ] as const) {
        await bury(key, at);
      }
      expect(await list(null, 2)).toEqual({
        jobs: [
          { kind: 'import', key: '{s}', problem: 'refused {s}', givenUpAt: 1 },
          { kind: 'import', key: '{r}/2', problem: 'refused {r}/2', givenUpAt: 2 },
        ],
        total: 3,
      });
      expect((await list(['{s}', '{t}'])).total).toBe(1);
      expect((await list(['{r}'])).jobs.map(({ key }) => key)).toEqual(['{r}/2', '{r}/1']);
      const tryAgain = (visible: readonly string[] | null, key: string | null = null) =>
        stores.givenUp.tryAgain({ workspace, visible, now }, key === null ? null : { kind: 'import', key });
      expect(await tryAgain(['{s}'], '{r}/1')).toBe(0);
      expect(await tryAgain(['{r}'], '{r}/1')).toBe(1);
      expect(await tryAgain(['{r}'])).toBe(1);
      expect(await tryAgain(null)).toBe(1);
      // It comes to it again: since when is not forgotten before a run went well.
      const [first, ...others] = await claim();
      await stores.givenUp.bury(first ?? noJob(), { problem: 'again', now: 9 });
      expect((await list(null)).jobs[0]?.givenUpAt).toBeLessThan(9);
      for (const job of others) {
        await stores.jobs.postpone(job, { runAt: now, countAttempt: false, problem: null });
        await stores.givenUp.bury(job, { problem: 'later', now: 9 });
      }
      expect((await list(null)).jobs.map(({ givenUpAt }) => givenUpAt)).toContain(9);
    });

    it('that waits because something was wrong is due at once when that has passed', async () => {
      for (const key of ['parked', 'fine']) await enqueue(key);
      for (const job of await claim()) {
        const problem = job.key === 'parked' ? 'refused' : null;
        await stores.jobs.postpone(job, { runAt: now + hour, countAttempt: true, problem });
      }
      await stores.jobs.hastenTroubled({ workspace: '{other}', now });
      expect(await claim()).toEqual([]);
      await stores.jobs.hastenTroubled({ workspace, now });
      expect(await claim()).toMatchObject([{ key: 'parked', attempts: 0 }]);
    });

    it('is neglected when it is due and nobody does any', async () => {
      const isNeglected = (at: number): Promise<boolean> => stores.jobs.isNeglected({ now: at, dueBy: at - minute });
      expect(await isNeglected(now)).toBe(false);
      await enqueue('a', now);
      await enqueue('future', now + 2 * hour);
      expect(await isNeglected(now)).toBe(false);
      expect(await isNeglected(now + minute)).toBe(true);
      await claim(now + minute);
      expect(await isNeglected(now + minute)).toBe(false);
      expect(await isNeglected(now + 3 * minute)).toBe(true);
    });

    it('is named with what is wrong with it until a run goes well, also while it is asked for again', async () => {
      const find = () => stores.jobs.find({ workspace, kind: 'import', key: 'a' });
      await enqueue('a', now - 1, 'one');
      await enqueue('b');
      const [a, b] = await claim();
      await stores.jobs.postpone(a ?? noJob(), { runAt: now + 5, countAttempt: true, problem: 'refused' });
      await stores.jobs.completeAll([b ?? noJob()]);
      expect(await find()).toMatchObject({ state: 'ready', attempts: 1, problem: 'refused' });
      await enqueue('a', now, 'two');
      expect(await find()).toMatchObject({ problem: 'refused' });
      const [again] = await claim();
      await enqueue('a', now, 'three');
      await stores.jobs.completeAll([again ?? noJob()]);
      expect(await find()).toMatchObject({ state: 'ready', problem: null });
      expect(await claim()).toMatchObject([{ key: 'a', payload: 'three', attempts: 0 }]);
    });
  });

  describe('that sends requests', () => {
    const reserve = (at: number, lane: 'live' | 'import' = 'import') =>
      stores.requests.reserveSome({ workspace, now: at, limit: 10, lane, purpose: `for ${lane}` }, { most: 1 });

    it('leaves a fifth of the limit to live work, and is refused until the first leave the hour', async () => {
      const results = await Promise.all(Array.from({ length: 12 }, () => reserve(now)));
      expect(results.filter((result) => result.granted)).toHaveLength(8);
      expect(await reserve(now)).toMatchObject({ granted: false, retryAt: now + minute + hour });
      expect(await reserve(now, 'live')).toMatchObject({ granted: true });
      expect(await reserve(now, 'live')).toMatchObject({ granted: true });
      expect(await reserve(now + hour, 'live')).toMatchObject({ granted: false, retryAt: now + minute + hour });
      expect(await reserve(now + minute + hour)).toMatchObject({ granted: true });
      expect(await stores.requests.usage(workspace, now + minute + hour)).toEqual({
        used: 1,
        windowEndsAt: now + 2 * minute + 2 * hour,
        byPurpose: { 'for import': 1 },
        pausedUntil: null,
        total: 11,
        totalByPurpose: { 'for import': 9, 'for live': 2 },
      });
    });

    it('waits for the longest pause', async () => {
      await stores.requests.pause(workspace, { since: now, until: now + 10 });
      await stores.requests.pause(workspace, { since: now, until: now + 5 });
      expect(await reserve(now + 9, 'live')).toMatchObject({ granted: false, retryAt: now + 10 });
      expect(await stores.requests.usage(workspace, now)).toMatchObject({ pausedUntil: now + 10, used: 0 });
      expect(await reserve(now + 10)).toMatchObject({ granted: true });
    });

    it('waits no longer for what a clock that was a day ahead has counted, and paused, than if it had not been', async () => {
      const day = 24 * hour;
      for (let sent = 0; sent < 10; sent += 1) await reserve(now + day, 'live');
      await stores.requests.pause(workspace, { since: now + day, until: now + day + minute });
      expect(await reserve(now)).toMatchObject({ granted: false, retryAt: now + minute });
      expect(await reserve(now + minute)).toMatchObject({ granted: false, retryAt: now + minute + hour });
      expect(await reserve(now + minute + hour)).toMatchObject({ granted: true });
      expect((await stores.requests.usage(workspace, now + minute + hour)).total).toBe(11);
    });
  });

  describe('that is a notice', () => {
    const notice = (deliveryId: string, receivedAt: number, bodyHash = 'h') => ({
      workspace,
      deliveryId,
      bodyHash,
      eventKey: 'repo:push',
      body: '{"text":"\\u0000"}',
      receivedAt,
    });

    it('is kept once and worked off oldest first', async () => {
      const { notices } = stores;
      await Promise.all([
        notices.keepAll([notice('b', 2), notice('a', 1), notice('a', 1)]),
        notices.keepAll([notice('a', 9), notice('b', 2), notice('a', 3, 'other body')]),
      ]);
      const waiting = await notices.listWaiting(workspace, 10);
      expect(waiting.map((one) => `${one.deliveryId} ${one.bodyHash}`).toSorted()).toEqual([
        'a h',
        'a other body',
        'b h',
      ]);
    });

    it('is marked for good', async () => {
      const { notices } = stores;
      await notices.keepAll([notice('a', 1), notice('b', 2)]);
      await notices.markAll(workspace, [
        { deliveryId: 'a', bodyHash: 'h', state: 'done', problem: null },
        { deliveryId: 'b', bodyHash: 'h', state: 'unreadable', problem: 'no number' },
      ]);
      await notices.keepAll([notice('a', 1), notice('b', 2)]);
      expect(await stores.database.find(noticeTable, { where: {}, order: ['deliveryId'] })).toMatchObject([
        { deliveryId: 'a', state: 'done', body: '' },
        { deliveryId: 'b', state: 'unreadable', problem: 'no number', body: notice('b', 2).body },
      ]);
    });

    it('is forgotten once it is old, but for the newest that was understood', async () => {
      const { notices } = stores;
      await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: 0 });
      const findLast = async () => (await stores.progress.read(workspace, [])).lastNoticeAt;
      expect(await findLast()).toBeNull();
      expect(await notices.lastReceivedAt(workspace)).toBeNull();
      await notices.keepAll([notice('a', 1), notice('b', 2), notice('c', 3)]);
      expect(await notices.lastReceivedAt(workspace)).toBe(3);
      const done = ['a', 'b'].map((deliveryId) => ({
        deliveryId,
        bodyHash: 'h',
        state: 'done' as const,
        problem: null,
      }));
      await notices.markAll(workspace, done);
      expect(await findLast()).toBe(2);
      const weekLater = 7 * 24 * hour;
      expect(await stores.endedRows.forget(workspace, weekLater + 9, 1)).toBe(1);
      expect(await findLast()).toBe(2);
    });

    it('leaves nothing behind once it has ended, and stays as long as it is worth something', async () => {
      const { notices, database } = stores;
      const day = 24 * hour;
      await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: 0 });
      await notices.keepAll(['u', 'x', 'w', 'd', 'e'].map((id) => notice(id, now)));
      const mark = (deliveryId: string, state: 'unknown' | 'unreadable' | 'done') => ({
        ...{ deliveryId, bodyHash: 'h', state, problem: null },
      });
      const marks = [mark('u', 'unknown'), mark('x', 'unreadable'), mark('d', 'done'), mark('e', 'done')];
      await notices.markAll(workspace, marks);
      expect(await database.readOne(`SELECT body FROM notices WHERE delivery_id = 'u'`, [])).toEqual({ body: '' });
      await stores.submissions.claim(workspace, { mark: 'm', now });
      await stores.requests.reserveSome({ workspace, now, limit: 9, lane: 'live', purpose: 'p' }, { most: 1 });
      const rights = { isAdministrator: false, repositories: null, readAt: now };
      for (const viewer of ['email:a', 'email:b', '{account}', 'link:l']) {
        await stores.viewers.saveRights(workspace, viewer, rights);
      }
      const signIn = { way: 'proxy', userUuid: null, name: null, startedAt: now } as const;
      await stores.viewers.saveSignIn({ ...signIn, id: 's', viewer: 'email:b', endsAt: now + 90 * day });
      await stores.viewers.saveSignIn({ ...signIn, id: 't', viewer: 'link:l', endsAt: now + 200 * day });
      const link = { workspace, tokenHash: 'h', name: null, isAdministrator: false, usedAt: now, revokedAt: null };
      await stores.viewers.saveLink({ ...link, id: 'l', madeAt: now, validUntil: now + day });
      await stores.viewers.saveLink({ ...link, tokenHash: 'i', id: 'k', madeAt: now, validUntil: now + day });
      await stores.connectionChecks.replaceAll(
        'never',
        [{ step: 's', result: 'works', sentence: '', wayOut: null }],
        now,
      );
      const after: number[] = [];
      for (const days of [0, 2, 8, 31, 92, 201]) {
        after.push(await stores.endedRows.forget(workspace, now + days * day, 1));
      }
      // The form and its minute; the unknown; the unreadable, a proxy's rights and the check; a link and the other
      // proxy's sign-in and rights; the other link's sign-in, rights and itself.
      expect(after).toEqual([0, 2, 1, 3, 3, 3]);
      expect((await notices.listWaiting(workspace, 9)).map(({ deliveryId }) => deliveryId)).toEqual(['w']);
      expect(await stores.viewers.getRights(workspace, '{account}')).not.toBeNull();
    });
  });
});
