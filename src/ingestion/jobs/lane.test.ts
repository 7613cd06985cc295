import { createFixedClock } from '../../../test/support/fixed-clock';
import { createSilentLog } from '../../machine/log';
import type { Claim } from '../../store/work/claim-jobs';
import type { Job } from '../../store/work/job-store';
import { Lane } from './lane';

/** A job table in memory, and runs that end when the test says so. */
function startLane(waiting: Job[]) {
  const ends = new Map<Job, () => void>();
  const claims: number[] = [];
  const asked: Claim['running'][] = [];
  const clock = createFixedClock(0);
  const jobs = {
    isAnyDue: async () => waiting.length > 0,
    claim: async ({ limit, mostOfOne = limit, running = [], except = [] }: Claim) => {
      asked.push(running);
      const counts = new Map<string, number>();
      for (const { workspace } of running) counts.set(workspace, (counts.get(workspace) ?? 0) + 1);
      const claimed = waiting
        .filter(({ workspace }) => {
          counts.set(workspace, (counts.get(workspace) ?? 0) + 1);
          return !except.includes(workspace) && (counts.get(workspace) ?? 0) <= mostOfOne;
        })
        .slice(0, limit);
      for (const job of claimed) waiting.splice(waiting.indexOf(job), 1);
      if (claimed.length > 0) claims.push(claimed.length);
      return claimed;
    },
  };
  const run = (job: Job) => new Promise<void>((resolve) => ends.set(job, resolve));
  const nothing = { onIdle: async () => undefined, onLook: () => undefined, rest: async () => undefined };
  const lane = new Lane({ lane: 'live', kinds: ['read'], jobs, run, clock, log: createSilentLog(), ...nothing });
  const working = lane.work();
  return {
    ...{ claims, asked },
    listRunning: () => [...ends.keys()],
    async settle() {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    },
    end(job: Job) {
      ends.get(job)?.();
      ends.delete(job);
    },
    async stop() {
      lane.stop();
      for (const end of ends.values()) end();
      await working;
    },
  };
}

const listJobs = (workspace: string, count: number): Job[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ workspace, kind: 'read', key: `${workspace} ${index}`, payload: null, attempts: 0, generation: 1 },
  }));

describe('A lane', () => {
  it('leaves room for another workspace while one does not come to an end', async () => {
    const lane = startLane([...listJobs('silent', 90), ...listJobs('small', 3)]);
    await lane.settle();
    const running = lane.listRunning();
    expect(running.filter(({ workspace }) => workspace === 'silent')).toHaveLength(24);
    expect(running.filter(({ workspace }) => workspace === 'small')).toHaveLength(3);
    await lane.stop();
  });

  it('has room for another however many have come before, each with all that it may have', async () => {
    const bursts = Array.from({ length: 9 }, (_, index) => listJobs(`silent ${index}`, 90)).flat();
    const lane = startLane([...bursts, ...listJobs('small', 3)]);
    await lane.settle();
    expect(lane.listRunning()).toHaveLength(9 * 24 + 3);
    await lane.stop();
  });

  it('claims the next of a workspace together, when half of its share is free, and says what runs here', async () => {
    const lane = startLane(listJobs('one', 60));
    await lane.settle();
    expect(lane.claims).toEqual([24]);
    for (const job of lane.listRunning().slice(0, 11)) lane.end(job);
    await lane.settle();
    expect(lane.claims).toEqual([24]);
    for (const job of lane.listRunning().slice(0, 1)) lane.end(job);
    await lane.settle();
    expect(lane.claims).toEqual([24, 12]);
    expect(lane.asked.at(-1)).toEqual(lane.listRunning());
    await lane.stop();
  });

  it('lets what runs come to its end when it is stopped', async () => {
    const lane = startLane(listJobs('one', 2));
    await lane.settle();
    expect(lane.listRunning()).toHaveLength(2);
    await lane.stop();
  });
});
