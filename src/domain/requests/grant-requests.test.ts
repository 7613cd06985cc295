import { grantRequests } from './grant-requests';

const spent = (count: number) => [{ minute: 0, lane: 'import' as const, count }];
const asked = { now: 1, lane: 'live' as const, limit: 10, most: 4 };

describe('Requests', () => {
  it('are granted as far as there is room for them', () => {
    expect(grantRequests({ minutes: spent(3), pausedUntil: null }, asked)).toEqual({ granted: true, count: 4 });
    expect(grantRequests({ minutes: spent(8), pausedUntil: 1 }, asked)).toEqual({ granted: true, count: 2 });
  });

  it('are refused until the hour has room again, or the pause that Bitbucket asked for is over', () => {
    const isRefused = { granted: false, count: 0 };
    expect(grantRequests({ minutes: [], pausedUntil: 2 }, asked)).toEqual({ ...isRefused, retryAt: 2 });
    const minutes = spent(10);
    expect(grantRequests({ minutes, pausedUntil: null }, asked)).toEqual({ ...isRefused, retryAt: 3_660_000 });
    const late = { ...asked, now: 9_000_000 };
    expect(grantRequests({ minutes, pausedUntil: null }, late)).toEqual({ ...isRefused, retryAt: 9_000_001 });
  });
});
