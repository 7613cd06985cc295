import { createFixedClock } from '../../../test/support/fixed-clock';
import { createSilentLog } from '../../machine/log';
import type { Job } from '../../store/work/job-store';
import { Lane } from './lane';

/** A job table in memory, and runs that end when the test says so. */
function startLane(waiting: Job[]) {
  const ends = new Map<Job, () => void>();
  const claims: number[] = [];
  const clock = createFixedClock(0);
  const jobs = {
    nextRunAt: async () => (waiting.length === 0 ? null : 0),
    claim: async ({ limit, except = [] }: { readonly limit: number; readonly except?: readonly string[] }) => {
      const claimed = waiting.filter(({ workspace }) => !except.includes(workspace)).slice(0, limit);
      for (const job of claimed) waiting.splice(waiting.indexOf(job), 1);
      if (claimed.length > 0) claims.push(claimed.length);
      return claimed;
    },
  };
  const run = (job: Job) => new Promise<void>((resolve) => ends.set(job, resolve));
  const nothing = { onIdle: async () => undefined, onLook: () => undefined };
  const lane = new Lane({ lane: 'live', kinds: ['read'], jobs, run, clock, log: createSilentLog(), ...nothing });
  const working = lane.work();
  return {
    claims,
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

  it('claims the next together, when half of it is free', async () => {
    const lane = startLane([...listJobs('one', 24), ...listJobs('two', 24), ...listJobs('three', 24)]);
    await lane.settle();
    expect(lane.claims).toEqual([24, 24]);
    for (const job of lane.listRunning().slice(0, 23)) lane.end(job);
    await lane.settle();
    expect(lane.claims).toEqual([24, 24]);
    for (const job of lane.listRunning().slice(0, 1)) lane.end(job);
    await lane.settle();
    expect(lane.claims).toEqual([24, 24, 24]);
    await lane.stop();
  });

  it('lets what runs come to its end when it is stopped', async () => {
    const lane = startLane(listJobs('one', 2));
    await lane.settle();
    expect(lane.listRunning()).toHaveLength(2);
    await lane.stop();
  });
});
