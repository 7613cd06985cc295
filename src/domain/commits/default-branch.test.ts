import { findDefaultBranchAt, learnDefaultBranch } from './default-branch';

describe('The default branch at a moment', () => {
  const known = [
    { since: 10, branch: 'master' },
    { since: 20, branch: 'main' },
  ];

  it.each([
    [15, 'master'],
    [19, 'master'],
    [20, 'main'],
    [99, 'main'],
  ])('is the one that was known then: %i', (at, branch) => {
    expect(findDefaultBranchAt(known, at)).toBe(branch);
  });

  it('is the first that came to be known, before any was', () => {
    expect(findDefaultBranchAt(known, 5)).toBe('master');
  });

  it('is unknown while none is known', () => {
    expect(findDefaultBranchAt([], 5)).toBeNull();
  });
});

describe('What is known of a default branch after a reading', () => {
  const master = { since: 10, branch: 'master' };
  const main = (since: number) => ({ since, branch: 'main' });
  const readAt = 30;

  it.each([
    [
      'is known from the reading on, where nobody told of a change',
      { toldAt: null, known: [master] },
      [master, main(30)],
    ],
    ['is known from when the change was told of', { toldAt: 20, known: [master] }, [master, main(20)]],
    [
      'is known from then on though somebody read it before',
      { toldAt: 20, known: [master, main(25)] },
      [master, main(20)],
    ],
    ['stays known from before a change told of later', { toldAt: 20, known: [master, main(15)] }, [master, main(15)]],
    [
      'has nothing from what was told before the branch that it follows',
      { toldAt: 5, known: [master] },
      [master, main(30)],
    ],
    ['is the first, whatever was told', { toldAt: 20, known: [] }, [main(30)]],
  ])('%s', (_what, { known, toldAt }, expected) => {
    expect(learnDefaultBranch(known, { branch: 'main', readAt, toldAt })).toEqual(expected);
  });
});
