import { findFirstCommitAt, findLastCommitAt, replaceCommitList, type SeenCommit } from './commit-list';

const a = { hash: 'a', authoredAt: 1 };
const b = { hash: 'b', authoredAt: 5 };
const seen = (commit: typeof a, seenAt: number | null): SeenCommit => ({ ...commit, seenAt });

describe('The commits of a pull request', () => {
  it('are those of the list read last, each seen when it first came', () => {
    expect(replaceCommitList([], { commits: [a], seenAt: 10 })).toEqual([seen(a, 10)]);
    expect(replaceCommitList([seen(a, 10)], { commits: [b, a], seenAt: 20 })).toEqual([seen(b, 20), seen(a, 10)]);
    expect(replaceCommitList([seen(a, null)], { commits: [b, a], seenAt: 20 })).toEqual([seen(b, 20), seen(a, null)]);
    expect(replaceCommitList([seen(a, 10)], { commits: [], seenAt: 20 })).toEqual([]);
  });

  it('are no others when the list is the same, or names one twice', () => {
    expect(replaceCommitList([seen(a, 10), seen(b, 10)], { commits: [a, b, a], seenAt: 20 })).toBeNull();
    expect(replaceCommitList([], { commits: [], seenAt: 20 })).toBeNull();
    expect(replaceCommitList([seen(a, 1)], { commits: [{ ...a, authoredAt: 2 }], seenAt: 20 })).not.toBeNull();
  });

  it('begin with the earliest that was ever known', () => {
    expect(findFirstCommitAt(null, [b, a])).toBe(1);
    expect(findFirstCommitAt(0, [b, a])).toBe(0);
    expect(findFirstCommitAt(3, [])).toBe(3);
    expect(findFirstCommitAt(null, [])).toBeNull();
  });

  it('end with the latest, which was made no later than it was seen', () => {
    expect(findLastCommitAt([seen(b, 9), seen(a, 9)], 20)).toBe(5);
    expect(findLastCommitAt([{ authoredAt: 40, seenAt: 9 }], 20)).toBe(9);
    expect(findLastCommitAt([{ authoredAt: 40, seenAt: null }], 20)).toBe(20);
    expect(findLastCommitAt([], 20)).toBeNull();
  });
});
