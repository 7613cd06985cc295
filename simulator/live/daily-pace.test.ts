import { createSampleWorld } from '../world/growth/sample-world';
import { findDailyMerges, listRunning, mayMerge } from './daily-pace';

const now = Date.parse('2026-11-20T12:00:00Z');
const dayMs = 86_400_000;

describe('the pace of what happens live', () => {
  const world = createSampleWorld(7, now);

  it('is that of a busy day of the four weeks before', () => {
    const most = findDailyMerges(world, now);
    // Some 440 of 90 days.
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThan(12);
    expect(mayMerge(world, { now: now + 2 * dayMs, most })).toBe(true);
    expect(mayMerge(world, { now, most: 0 })).toBe(false);
  });

  it('goes on with what is open, at whatever age', () => {
    const ages = listRunning(world).map(({ pullRequest }) => now - pullRequest.createdAt);
    expect(ages.length).toBeGreaterThan(10);
    expect(Math.max(...ages)).toBeGreaterThan(7 * dayMs);
  });
});
