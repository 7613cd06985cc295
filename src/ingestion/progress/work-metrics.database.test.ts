import { Registry } from 'prom-client';
import { aWorkspaceUuid as workspace, anInstant, day, minute } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { createRememberingLog } from '../../../test/support/remembering-log';
import { BitbucketClock } from '../requests/bitbucket-clock';
import { registerWorkMetrics } from './work-metrics';

describe.each(databaseKinds)('What is told of work, on %s', (kind) => {
  let stores: TestStores;
  const clock = createFixedClock(anInstant);
  beforeAll(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterAll(() => stores.close());

  it('is read from the database when it is asked for, and left out while that does not answer', async () => {
    const now = clock.now();
    const enqueue = (name: string, key: string, runAt: number) =>
      stores.jobs.enqueue({ workspace, kind: name, key, runAt });
    await enqueue('read', 'a', now - minute);
    await enqueue('read', 'b', now - 1000);
    await enqueue('later', 'c', now + minute);
    await enqueue('gone', 'd', now);
    const [gone] = await stores.jobs.claim({ kinds: ['gone'], now, leaseMs: 1, limit: 1 });
    if (gone !== undefined) await stores.givenUp.bury(gone, { problem: 'refused', now });
    await stores.notices.keepAll([
      { workspace, deliveryId: 'd', bodyHash: 'h', eventKey: null, body: '{}', receivedAt: now - 3000 },
    ]);
    await stores.database.transaction(async (tx) => {
      await stores.repairs.add(workspace, { now: now - 9 * day, count: 5 }, tx);
      await stores.repairs.add(workspace, { now, count: 4 }, tx);
    });
    await stores.requests.reserveSome({ workspace, now, limit: 1000, lane: 'live', purpose: 'p' }, { most: 8 });
    const metrics = new Registry();
    const handlers = { read: { lane: 'live', run: async () => 'done' as const } } as const;
    registerWorkMetrics(metrics, { stores, clock, handlers, requestsPerHour: 20, getBitbucketAhead: () => -1500 });
    const text = await metrics.metrics();
    for (const line of [
      'drumbeat_jobs_waiting{lane="live",kind="read"} 2',
      'drumbeat_oldest_job_age_seconds{lane="live",kind="read"} 60',
      'drumbeat_jobs_given_up{kind="gone"} 1',
      'drumbeat_notices_waiting 1',
      'drumbeat_oldest_notice_age_seconds 3',
      'drumbeat_bitbucket_requests_last_hour 8',
      'drumbeat_bitbucket_requests_left 12',
      'drumbeat_repaired_pull_requests_total 9',
      'bitbucket_clock_offset_seconds -1.5',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain(workspace);
    expect(await stores.workCounts.read(workspace, now)).toMatchObject({ jobsWaiting: 2, repairedInWeek: 4 });
    const unreadable = new Registry();
    const broken = {
      ...stores,
      workCounts: { readAll: () => Promise.reject(new Error('gone')), readRequests: async () => [] },
    };
    registerWorkMetrics(unreadable, {
      ...{ stores: broken as never, clock, handlers, requestsPerHour: 20 },
      getBitbucketAhead: () => null,
    });
    expect((await unreadable.metrics()).split('\n').filter((line) => /^drumbeat/u.test(line))).toEqual([]);
  });

  it('names clocks that differ by more than a minute, until they are right again', async () => {
    const { log, lines } = createRememberingLog();
    const read = async () => (await stores.workspaces.get(workspace))?.bitbucketAheadSeconds;
    const watch = new BitbucketClock({ clock, log, workspaces: stores.workspaces });
    const told: (number | null | undefined)[] = [];
    for (const ahead of [30_000, -90_000, -100_000, -300_000, 1000]) {
      await watch.note(workspace, clock.now() + ahead);
      told.push(await read());
    }
    expect(told).toEqual([null, -90, -90, -300, null]);
    expect(lines.filter(({ msg }) => String(msg).includes('let a time server set it'))).toHaveLength(1);
    await watch.note(workspace, clock.now() - day);
    expect(watch.toSafe(clock.now())).toBe(clock.now() - day);
    expect(watch.toSafe(clock.now() + day)).toBe(clock.now() - day);
    await watch.note(workspace, clock.now() + day);
    expect(watch.toSafe(clock.now())).toBe(clock.now());
  });
});
