import { ben, cleo, day, fieldStart, hour, minute, startField, type Field } from '../../support/field/field';
import { openPullRequest, type On } from '../../support/field/open-pull-request';
import { listMerged, readOpenWork } from '../../support/field/read-field';

let field: Field;

beforeEach(async () => {
  field = await startField({ environment: { RECONCILE_MINUTES: '720' } });
});
afterEach(() => field.close());

const openedAt = fieldStart - 30 * day;
const ahead = fieldStart + 40 * day;

const open = (commits = [{ authoredAt: openedAt - hour }]): On => openPullRequest(field, { at: openedAt, commits }).on;

/** Days without a move, and days since it was opened, of the only open pull request. */
async function readAges(): Promise<{ stale: number; inProgress: number }> {
  const { items } = await readOpenWork(field);
  const [one] = items;
  const toDays = (seconds: number | undefined): number => Math.round(((seconds ?? NaN) * 1000 * 100) / day) / 100;
  return { stale: toDays(one?.time_stale), inProgress: toDays(one?.time_in_progress) };
}

describe('A commit that is dated forty days ahead', () => {
  it('makes an old pull request fresh when it arrives, and not for forty days', async () => {
    const on = open();
    await field.install();
    expect(await readAges()).toEqual({ stale: 30, inProgress: 30 });
    await field.tell(field.simulator.pullRequests.push({ ...on, by: ben.uuid, commits: [{ authoredAt: ahead }] }));
    expect((await readAges()).stale).toBeCloseTo(0, 1);
    await field.advance(5 * day);
    expect(await readAges()).toEqual({ stale: 5, inProgress: 35 });
  });

  it('is stale since its arrival where it arrived before the install', async () => {
    const on = open();
    const pushedAt = fieldStart - 10 * day;
    field.simulator.pullRequests.push({ ...on, by: ben.uuid, at: pushedAt, commits: [{ authoredAt: ahead }] });
    await field.install();
    expect(await readAges()).toEqual({ stale: 10, inProgress: 30 });
  });

  it('is stale since the opening where it was there from the beginning', async () => {
    open([{ authoredAt: openedAt - hour }, { authoredAt: ahead }]);
    await field.install();
    expect(await readAges()).toEqual({ stale: 30, inProgress: 30 });
  });

  it('leaves the time to open unknown, and every other time as it is', async () => {
    const on = open([{ authoredAt: ahead }]);
    await field.install();
    const approvedAt = field.clock.now();
    await field.tell(field.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    const mergedAt = field.clock.now();
    await field.tell(field.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    const [merged] = await listMerged(field);
    expect(merged?.time_to_open).toBeNull();
    expect(merged?.time_to_merge).toBe((mergedAt - openedAt) / 1000);
    expect(merged?.time_to_first_approval).toBe((approvedAt - openedAt) / 1000);
  });

  it('does not count in the lead time before it was written', async () => {
    const on = open([{ authoredAt: openedAt - hour }, { authoredAt: ahead }]);
    await field.install();
    const mergedAt = field.clock.now();
    await field.tell(field.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    await field.advance(minute);
    const report = await field.get<Record<string, object>>('/metrics/accelerate?from=2026-11-01&to=2026-11-30');
    expect(report['lead_time_for_changes']).toMatchObject({
      ...{ n: 1, excluded: 1 },
      value: (mergedAt - openedAt + hour) / 1000,
    });
  });
});
