import { formatInUnit, formatShortPercent, pickOneUnit } from './one-unit';

describe('one unit of a metric', () => {
  it.each([
    [null, 's'],
    [0, 's'],
    [59, 's'],
    [72, 'min'],
    [4_320, 'h'],
    [259_200, 'h'],
    [345_600, 'd'],
  ])('is picked by the main value: %s seconds are read in %s', (seconds, word) => {
    expect(pickOneUnit(seconds).word).toBe(word);
  });

  it('shows two digits that matter', () => {
    const hours = pickOneUnit(108_000);
    expect([108_000, 4_320, 1_800, 572_400, null].map((seconds) => formatInUnit(seconds, hours))).toEqual([
      '30 h',
      '1.2 h',
      '0.5 h',
      '159 h',
      '—',
    ]);
    expect([0.0526, 0, 0.211, null].map(formatShortPercent)).toEqual(['5.3 %', '0 %', '21 %', '—']);
  });
});
