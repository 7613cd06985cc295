import { countRoom, findRefusal, firstMinuteOf, leavesAt, type RequestMinute } from './request-window';

const minute = 60_000;
const hour = 60 * minute;
const limit = 10;
const spent = (count: number, lane: RequestMinute['lane'], at = 0): RequestMinute => ({ minute: at, lane, count });

describe('The requests of an hour', () => {
  it('keep a fifth of the limit for live work', () => {
    expect(findRefusal([spent(7, 'import')], 'import', limit)).toBeNull();
    expect(findRefusal([spent(8, 'import')], 'import', limit)).toEqual({ retryAt: minute + hour });
    expect(findRefusal([spent(8, 'import')], 'live', limit)).toBeNull();
    expect(findRefusal([spent(10, 'live')], 'live', limit)).toEqual({ retryAt: minute + hour });
  });

  it('keep only as much of the fifth as live work has not used', () => {
    expect(countRoom([], 'import', limit)).toBe(8);
    expect(countRoom([spent(1, 'live')], 'import', limit)).toBe(8);
    expect(countRoom([spent(5, 'live')], 'import', limit)).toBe(5);
    expect(countRoom([spent(5, 'live')], 'live', limit)).toBe(5);
  });

  it('are refused until enough of them have left the hour', () => {
    const minutes = [spent(1, 'import', 3), spent(9, 'import', 5)];
    expect(findRefusal(minutes, 'import', limit)).toEqual({ retryAt: leavesAt(5) });
    expect(findRefusal(minutes, 'live', limit)).toEqual({ retryAt: leavesAt(3) });
  });

  it('count a minute to its very end', () => {
    expect(firstMinuteOf(hour + 5 * minute + 59_999)).toBe(5);
    expect(leavesAt(5)).toBe(hour + 6 * minute);
  });
});
