import { formatDateRange, buildTime } from './dates';
import { formatDuration } from './durations';
import { formatPercent, formatShare } from './numbers';
import { buildSparkline } from './sparkline';

describe('the format of durations', () => {
  it.each([
    [187_200, '2 d 4 h'],
    [93_600, '1 d 2 h'],
    [5_400, '1 h 30 min'],
    [172_790, '2 d'],
    [3_599.6, '1 h'],
    [59, '59 s'],
    [0, '0 s'],
    [0.2, 'less than 1 s'],
  ])('says %d seconds in the two largest units', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

describe('the format of numbers', () => {
  it('says a share with what it is a share of', () => {
    expect(formatShare(9, 108)).toBe('9 of 108, 8.3 %');
    expect(formatShare(0, 0)).toBe('0 of 0');
  });

  it('never rounds a little to nothing', () => {
    expect(formatPercent(0.001)).toBe('0.1 %');
    expect(formatPercent(0)).toBe('0 %');
  });
});

describe('the format of dates', () => {
  it('names the month and leaves the first year out where it is the same', () => {
    expect(formatDateRange('2026-08-25', '2026-11-22')).toBe('25 Aug – 22 Nov 2026');
    expect(formatDateRange('2025-12-30', '2026-01-02')).toBe('30 Dec 2025 – 2 Jan 2026');
    expect(formatDateRange('2026-11-03', '2026-11-03')).toBe('3 Nov 2026');
  });

  it('is relative for seven days and absolute from then on, in the zone of the workspace', () => {
    const now = Date.parse('2026-11-18T10:00:00Z');
    const context = { now, timezone: 'Pacific/Auckland' };
    expect(buildTime(now - 3 * 3_600_000, context).text).toBe('3 hours ago');
    expect(buildTime(now - 8 * 86_400_000, context).text).toBe('10 Nov 2026, 23:00');
    expect(buildTime(now, context).full).toBe('18 Nov 2026, 23:00 (Pacific/Auckland)');
  });
});

describe('sparklines', () => {
  it('begin anew after a gap and mark what stands alone', () => {
    const line = buildSparkline([1, 2, null, 4], 'Deployments');
    expect(line?.path).toBe('M3 16.5L33 12M93 3');
    expect(line?.dots).toEqual([{ x: 93, y: 3 }]);
  });

  it('are nothing when nothing is known', () => {
    expect(buildSparkline([null, null], 'Deployments')).toBeNull();
  });
});
