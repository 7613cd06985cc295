import { toRetryAt } from './retry-after';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('the pause after a 429', () => {
  const plain = { now, inRow: 0, random: () => 0 };

  it('is as many seconds as the header says', () => {
    expect(toRetryAt('90', plain)).toBe(now + 90_000);
  });

  it('lasts until the date that the header says', () => {
    expect(toRetryAt('Sun, 22 Nov 2026 12:10:00 GMT', plain)).toBe(now + 600_000);
  });

  it('is at least a second, and at most a day', () => {
    expect(toRetryAt('0', plain)).toBe(now + 1000);
    expect(toRetryAt('Sun, 22 Nov 2026 11:00:00 GMT', plain)).toBe(now + 1000);
    expect(toRetryAt('999999999', plain)).toBe(now + 86_400_000);
  });

  it.each([null, '', 'soon', '-5', '2026'.repeat(5)])('is a minute where the header promises nothing: %j', (header) => {
    expect(toRetryAt(header, plain)).toBe(now + 60_000);
  });

  it('doubles with each refusal in a row, up to an hour', () => {
    const pauses = [1, 2, 5, 6, 40].map((inRow) => toRetryAt(null, { ...plain, inRow }) - now);
    expect(pauses).toEqual([120_000, 240_000, 1_920_000, 3_600_000, 3_600_000]);
  });

  it('is lengthened by chance, never shortened', () => {
    expect(toRetryAt(null, { ...plain, random: () => 0.5 })).toBe(now + 66_000);
  });
});
