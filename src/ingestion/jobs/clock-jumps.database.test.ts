import { findNextRunAt } from '../../../test/support/situation/find-next-run';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { createSilentLog } from '../../machine/log';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { jobs } from '../../store/schema/work';
import { createMendTimes } from './clock-jumps';

const run = async () => 'done' as const;

describe.each(databaseKinds)('A clock that is put back, on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
  });
  afterEach(() => stores.close());

  const open = (clock = createFixedClock(anInstant)) => {
    let steadyMs = 0;
    const handlers = {
      often: { lane: 'live', everyMs: hour, run },
      once: { lane: 'live', run },
      erase: { lane: 'import', everyMs: Infinity, run },
    } as const;
    const mend = createMendTimes({ stores, clock, log: createSilentLog(), handlers, steady: () => steadyMs });
    const enqueue = (name: string, runAt: number) => stores.jobs.enqueue({ workspace, kind: name, key: 'all', runAt });
    const list = async () => {
      const rows = await stores.database.find(jobs, { where: {}, order: ['kind'] });
      return Object.fromEntries(rows.map((job) => [job.kind, job.runAt - clock.now()]));
    };
    return { clock, mend, enqueue, list, pass: (ms: number) => (clock.advance(ms), (steadyMs += ms)) };
  };

  it('delays nothing that waits, and ends leases, but leaves dates', async () => {
    const { clock, mend, enqueue, list, pass } = open();
    await mend();
    clock.advance(day);
    await mend();
    await enqueue('often', clock.now() + 10 * minute);
    await enqueue('once', clock.now());
    await enqueue('erase', clock.now() + 30 * day);
    await stores.jobs.claim({ kinds: ['once'], now: clock.now(), leaseMs: 30_000, limit: 1 });
    pass(minute);
    clock.advance(-day);
    await mend();
    expect(await list()).toEqual({ often: 9 * minute, once: 0, erase: 31 * day - minute });
    expect(await findNextRunAt(stores, ['once'])).toBe(clock.now() + 30_000);
  });

  it('while no process ran lets nothing wait longer than it ever does', async () => {
    const { mend, enqueue, list, pass } = open();
    await enqueue('often', anInstant + day);
    await enqueue('once', anInstant + day);
    await enqueue('erase', anInstant + 30 * day);
    await mend();
    expect(await list()).toEqual({ often: hour, once: 2 * hour, erase: 30 * day });
    // Also what another process puts down later.
    await stores.database.write(`UPDATE jobs SET run_at = run_at + $1 WHERE kind = 'often'`, [day]);
    pass(minute);
    await mend();
    expect((await list())['often']).toBe(hour);
  });
});
