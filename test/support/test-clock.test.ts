import { systemClock } from '../../src/machine/clock';
import { readStart, usualStart } from './test-clock';

const toText = (wanted: string | undefined) => new Date(readStart(wanted)).toISOString();

describe('the day on which tests begin', () => {
  it('is the same one as long as nobody names another', () => {
    expect(toText(undefined)).toBe(usualStart);
    expect(toText('')).toBe(usualStart);
  });

  it('is the noon of a date, and an instant to the second', () => {
    expect(toText('2028-02-29')).toBe('2028-02-29T12:00:00.000Z');
    expect(toText('2027-12-31T23:59:30Z')).toBe('2027-12-31T23:59:30.000Z');
  });

  it('is the machine’s for "today"', () => {
    const before = systemClock.now();
    const start = readStart('today');
    expect(start).toBeGreaterThanOrEqual(before);
    expect(start).toBeLessThanOrEqual(systemClock.now());
  });

  it.each(['tomorrow', '2027-02-29', '2027-13-01', '28-02-29', '2028-02-29 10:00', '2028-02-29T25:00:00Z'])(
    'is refused in a sentence when it is %s',
    (wanted) => {
      expect(() => readStart(wanted)).toThrow(`TEST_DATE is "${wanted}"; it is a date`);
    },
  );
});
