import { describeExpiry, formatMoment } from './expiry';

const day = 86_400_000;
const endsAt = Date.UTC(2026, 11, 3, 9);
const at = (now: number) => describeExpiry({ expiresAt: endsAt }, { now, slug: 'acme' });

it('the end of a token is announced at 30, 7 and 1 days, and told after it', () => {
  const announced = [31, 30, 8, 7, 2, 1, 0.5, 0, -9].map((left) => at(endsAt - left * day)?.announced);
  expect(announced).toEqual([null, 30, 30, 7, 7, 1, 1, 0, 0]);
  expect(at(endsAt - day)).toEqual({
    ...{ endsAt, announced: 1 },
    ...{ sentence: 'The token ends on 3 December.', wayOut: 'drumbeat rotate acme' },
  });
  expect(at(endsAt)?.sentence).toBe('The token ended on 3 December.');
  expect(at(endsAt - 320 * day)?.sentence).toBe('The token ends on 3 December 2026.');
  expect(describeExpiry({ expiresAt: null }, { now: 0, slug: 'acme' })).toBeNull();
});

it('moments are told by day and clock time', () => {
  expect(formatMoment(Date.UTC(2026, 10, 24, 10, 2))).toBe('Tuesday 24 November at 10:02 UTC');
});
