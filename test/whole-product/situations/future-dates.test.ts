import {
  ben,
  cleo,
  day,
  situationStart,
  hour,
  minute,
  startSituation,
  type Situation,
} from '../../support/situation/situation';
import { openPullRequest, type On } from '../../support/situation/open-pull-request';
import { listMerged, readOpenWork } from '../../support/situation/read-situation';

let situation: Situation;

beforeEach(async () => {
  situation = await startSituation({ environment: { RECONCILE_MINUTES: '720' } });
});
afterEach(() => situation.close());

const openedAt = situationStart - 30 * day;
const ahead = situationStart + 40 * day;

const open = (commits = [{ authoredAt: openedAt - hour }]): On =>
  openPullRequest(situation, { at: openedAt, commits }).on;

/** Days without a move, and days since it was opened, of the only open pull request. */
async function readAges(): Promise<{ stale: number; inProgress: number }> {
  const { items } = await readOpenWork(situation);
  const [one] = items;
  const toDays = (seconds: number | undefined): number => Math.round(((seconds ?? NaN) * 1000 * 100) / day) / 100;
  return { stale: toDays(one?.time_stale), inProgress: toDays(one?.time_in_progress) };
}

describe('A commit that is dated forty days ahead', () => {
  it('makes an old pull request fresh when it arrives, and not for forty days', async () => {
    const on = open();
    await situation.install();
    expect(await readAges()).toEqual({ stale: 30, inProgress: 30 });
    await situation.tell(
      situation.simulator.pullRequests.push({ ...on, by: ben.uuid, commits: [{ authoredAt: ahead }] }),
    );
    expect((await readAges()).stale).toBeCloseTo(0, 1);
    await situation.advance(5 * day);
    expect(await readAges()).toEqual({ stale: 5, inProgress: 35 });
  });

  it('is stale since its arrival where it arrived before the install', async () => {
    const on = open();
    const pushedAt = situationStart - 10 * day;
    situation.simulator.pullRequests.push({ ...on, by: ben.uuid, at: pushedAt, commits: [{ authoredAt: ahead }] });
    await situation.install();
    expect(await readAges()).toEqual({ stale: 10, inProgress: 30 });
  });

  it('is stale since the opening where it was there from the beginning', async () => {
    open([{ authoredAt: openedAt - hour }, { authoredAt: ahead }]);
    await situation.install();
    expect(await readAges()).toEqual({ stale: 30, inProgress: 30 });
  });

  it('leaves the time to open unknown, and every other time as it is', async () => {
    const on = open([{ authoredAt: ahead }]);
    await situation.install();
    const approvedAt = situation.clock.now();
    await situation.tell(situation.simulator.pullRequests.approve({ ...on, by: cleo.uuid }));
    const mergedAt = situation.clock.now();
    await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    const [merged] = await listMerged(situation);
    expect(merged?.time_to_open).toBeNull();
    expect(merged?.time_to_merge).toBe((mergedAt - openedAt) / 1000);
    expect(merged?.time_to_first_approval).toBe((approvedAt - openedAt) / 1000);
  });

  it('does not count in the lead time before it was written', async () => {
    const on = open([{ authoredAt: openedAt - hour }, { authoredAt: ahead }]);
    await situation.install();
    const mergedAt = situation.clock.now();
    await situation.tell(situation.simulator.pullRequests.merge({ ...on, strategy: 'squash' }));
    await situation.advance(minute);
    const report = await situation.get<Record<string, object>>('/metrics/accelerate?from=2026-11-01&to=2026-11-30');
    expect(report['lead_time_for_changes']).toMatchObject({
      ...{ n: 1, excluded: 1 },
      value: (mergedAt - openedAt + hour) / 1000,
    });
  });
});
