import { findMergedAt, keepEarliest, type MergeTimes } from './merge-time';

const nothing: MergeTimes = { activity: null, merge_commit: null, closed_on: null, notice: null };

describe('The moment of a merge', () => {
  it('is what the most trusted source says, though others say something earlier', () => {
    expect(findMergedAt('MERGED', { activity: 40, merge_commit: 30, closed_on: 20, notice: 10 })).toBe(40);
    expect(findMergedAt('MERGED', { ...nothing, merge_commit: 30, closed_on: 20, notice: 10 })).toBe(30);
    expect(findMergedAt('MERGED', { ...nothing, closed_on: 20, notice: 10 })).toBe(20);
    expect(findMergedAt('MERGED', { ...nothing, notice: 10 })).toBe(10);
  });

  it('is unknown while no source tells it, and of what is not merged', () => {
    expect(findMergedAt('MERGED', nothing)).toBeNull();
    expect(findMergedAt('OPEN', { ...nothing, notice: 10 })).toBeNull();
  });

  it('is, of what one source says more than once, the earliest', () => {
    expect(keepEarliest(null, 20)).toBe(20);
    expect(keepEarliest(20, 30)).toBe(20);
    expect(keepEarliest(30, 20)).toBe(20);
  });
});
