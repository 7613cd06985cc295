import { anchorPause, pickLonger } from './pause';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('A pause', () => {
  const pause = { since: 10 * minute, until: 15 * minute };

  it('stays as it is while the clock goes on, and when it jumps ahead', () => {
    expect(anchorPause(pause, 12 * minute)).toBe(pause);
    expect(anchorPause(pause, day)).toBe(pause);
    expect(anchorPause(pause, pause.since - minute)).toBe(pause);
  });

  it('of a clock that was ahead lasts as long as it was to last, from now on', () => {
    const ahead = { since: day, until: day + 5 * minute };
    expect(anchorPause(ahead, 10 * minute)).toEqual(pause);
  });

  it('is the longer of two', () => {
    const longer = { since: 0, until: 16 * minute };
    expect(pickLonger(pause, longer)).toBe(longer);
    expect(pickLonger(longer, pause)).toBe(longer);
  });
});
