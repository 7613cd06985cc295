import { RateLimited } from '../../bitbucket/client/errors';
import { aWorkspaceUuid as workspace, hour, minute } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { openTestStores, type TestStores } from '../../../test/support/test-database';
import { RequestGate } from './request-gate';

const limit = 1000;

describe('the request gate', () => {
  let stores: TestStores;

  beforeEach(async () => {
    stores = await openTestStores('sqlite');
  });

  afterEach(async () => stores.close());

  function open() {
    const clock = createFixedClock();
    const gate = new RequestGate({
      requests: stores.requests,
      workspaces: stores.workspaces,
      requestsPerHour: limit,
      clock,
    });
    return { clock, gate };
  }

  it('lets one request of an import and one of live work under way at once', async () => {
    const { gate } = open();
    let [running, most] = [0, 0];
    const ask = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, () => gate.pass(workspace, 'import', ask)));
    expect(most).toBe(1);

    await Promise.all([
      ...Array.from({ length: 5 }, () => gate.pass(workspace, 'import', ask)),
      ...Array.from({ length: 5 }, () => gate.pass(workspace, 'live', ask)),
    ]);
    expect(most).toBe(2);
  });

  it('counts blocks as what was sent of them, in the usage and after settling in the store', async () => {
    const { gate, clock } = open();
    for (let count = 0; count < 23; count += 1) await gate.reserve(workspace, 'import', 'commits');
    clock.advance(minute);
    for (let count = 0; count < 4; count += 1) await gate.reserve(workspace, 'import', 'commits');
    await gate.reserve(workspace, 'live', 'activity');

    const counted = { used: 28, byPurpose: { commits: 27, activity: 1 }, total: 28 };
    expect(await gate.usage(workspace, clock.now())).toMatchObject(counted);
    await gate.settle();
    expect(await stores.requests.usage(workspace, clock.now())).not.toMatchObject(counted);
    clock.advance(1000);
    await gate.settle();
    expect(await stores.requests.usage(workspace, clock.now())).toMatchObject(counted);
  });

  it('gives requests that were reserved for something else to what needs them, before it says that none are left', async () => {
    const clock = createFixedClock();
    const gate = new RequestGate({
      requests: stores.requests,
      workspaces: stores.workspaces,
      requestsPerHour: 10,
      clock,
    });
    // Two of ten are kept for live work.
    for (const purpose of ['workspace', 'groups', 'repositories', 'pull_requests', 'history', 'commits', 'a', 'b']) {
      await gate.reserve(workspace, 'import', purpose);
    }
    expect((await gate.usage(workspace, clock.now())).used).toBe(8);
    await expect(gate.reserve(workspace, 'import', 'sizes')).rejects.toThrow(RateLimited);
  });

  describe('where Bitbucket says what it grants', () => {
    const workspaces = () => stores.workspaces;
    const openFree = (requestsPerHour: number | null = null) => {
      const clock = createFixedClock();
      const gate = new RequestGate({ requests: stores.requests, workspaces: workspaces(), requestsPerHour, clock });
      return { clock, gate };
    };
    const limitOf = async ({ gate, clock }: ReturnType<typeof openFree>) =>
      (await gate.usage(workspace, clock.now())).limit;
    beforeEach(() => workspaces().save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: 0 }));

    it.each([
      [null, 1000],
      [60, 1000],
      [1000, 1000],
      [4500, 4500],
      [1_000_000_000, 10_000],
    ])('takes %j for %i', async (limit, taken) => {
      const free = openFree();
      expect(await limitOf(free)).toBe(1000);
      await free.gate.note(workspace, { limit, isNear: false });
      expect(await limitOf(free)).toBe(taken);
      expect(await limitOf(openFree())).toBe(taken);
    });

    it('takes back what it no longer grants', async () => {
      const free = openFree();
      await free.gate.note(workspace, { limit: 4500, isNear: false });
      await free.gate.note(workspace, { limit: null, isNear: false });
      expect(await limitOf(free)).toBe(4500);
      await free.gate.note(workspace, { limit: 1000, isNear: false });
      expect(await limitOf(free)).toBe(1000);
    });

    it('keeps to what the operator set', async () => {
      const set = openFree(300);
      await set.gate.note(workspace, { limit: 4500, isNear: false });
      expect(await limitOf(set)).toBe(300);
    });

    it('lets an import wait for a minute while little is left, and live work go on', async () => {
      const { gate, clock } = openFree();
      await gate.note(workspace, { limit: 1000, isNear: true });
      await expect(gate.reserve(workspace, 'import', 'commits')).rejects.toEqual(new RateLimited(clock.now() + minute));
      await expect(gate.reserve(workspace, 'live', 'activity')).resolves.toBeUndefined();
      clock.advance(minute);
      await expect(gate.reserve(workspace, 'import', 'commits')).resolves.toBeUndefined();
    });
  });

  it('lets nothing through during a pause, also what was being counted when it came', async () => {
    const { gate, clock } = open();
    const until = clock.now() + minute;
    const counting = gate.reserve(workspace, 'live', 'activity');
    await gate.pause(workspace, until);

    await expect(counting).rejects.toEqual(new RateLimited(until));
    await expect(gate.reserve(workspace, 'import', 'commits')).rejects.toEqual(new RateLimited(until));
    clock.advance(minute);
    await expect(gate.reserve(workspace, 'import', 'commits')).resolves.toBeUndefined();
  });

  it.each([0, 600_000])(
    'meets at most three refusals when the limit is cut without a word, %d ms long',
    async (length) => {
      const { gate, clock } = open();
      const end = clock.now() + 12 * hour;
      const sent: number[] = [];
      let [refusals, served] = [0, 0];
      while (clock.now() < end && served < 2000) {
        // After 300 requests Bitbucket allows 200 in any hour.
        const ask = async (): Promise<void> => {
          await gate.reserve(workspace, 'import', 'commits');
          const recent = sent.filter((at) => at > clock.now() - hour).length;
          if (served >= 300 && recent >= 200) {
            refusals += 1;
            const until = clock.now() + Math.max(minute, length);
            await gate.pause(workspace, until);
            throw new RateLimited(until);
          }
          sent.push(clock.now());
          served += 1;
        };
        const asked = await Promise.allSettled([1, 2].map(() => gate.pass(workspace, 'import', ask)));
        const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
        const retryAt = refused.map((error) => (error instanceof RateLimited ? error.retryAt : 0));
        clock.advance(Math.max(500, ...retryAt.map((at) => at - clock.now())));
      }

      expect(served).toBeGreaterThan(1500);
      expect(refusals).toBeLessThanOrEqual(3);
    },
  );
});
