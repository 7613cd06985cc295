import { findDefaultBranchAt } from './default-branch';

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
