import fc from 'fast-check';
import { anInstant as now, day, hour } from '../../../test/support/builders';
import { toVerifiedAt } from './verified-at';

const compared = (verifiedAt: number | null, problemSince: number | null = null) => ({ verifiedAt, problemSince });
const ask = (repositories: ReturnType<typeof compared>[], repositoriesReadAt: number | null = now) =>
  toVerifiedAt({ repositoriesReadAt, repositories, now });

describe('Up to when a workspace was compared', () => {
  it('is the earliest of its repositories, and never later than their list was read', () => {
    expect(ask([compared(now - hour), compared(now - 2 * hour)])).toBe(now - 2 * hour);
    expect(ask([compared(now - hour)], now - 3 * hour)).toBe(now - 3 * hour);
    expect(ask([])).toBe(now);
  });

  it('is not known before the list was read, and while a repository was compared with nothing yet', () => {
    expect(ask([compared(now)], null)).toBeNull();
    expect(ask([compared(now), compared(null)])).toBeNull();
  });

  it('is held back by a repository that is refused, for a day at most', () => {
    const refused = (since: number) => [compared(now - hour), compared(since - hour, since)];
    expect(ask(refused(now - day + 1))).toBe(now - day + 1 - hour);
    expect(ask(refused(now - day))).toBe(now - hour);
    expect(ask([compared(now - hour), compared(null, now - hour)])).toBeNull();
    expect(ask([compared(now - hour), compared(null, now - day)])).toBe(now - hour);
  });

  it('does not move where nothing at all was compared', () => {
    expect(ask([compared(now - 3 * day, now - 2 * day)])).toBeNull();
  });

  it('is never later than the mark of a repository without a problem', () => {
    const mark = fc.option(fc.integer({ min: now - 3 * day, max: now }), { nil: null });
    const repositories = fc.array(fc.record({ verifiedAt: mark, problemSince: mark }));
    fc.assert(
      fc.property(repositories, mark, (rows, repositoriesReadAt) => {
        const at = toVerifiedAt({ repositoriesReadAt, repositories: rows, now });
        const sound = rows.filter(({ problemSince }) => problemSince === null);
        expect(at === null || sound.every(({ verifiedAt }) => verifiedAt !== null && at <= verifiedAt)).toBe(true);
      }),
    );
  });
});
