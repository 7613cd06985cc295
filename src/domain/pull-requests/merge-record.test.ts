import { judgeMerge, noteDefaultBranchAtMerge, noteTeamsOfMerge, sealMerge } from './merge-record';

const nothing = { defaultBranchAtMerge: null, teamsAsOf: null, sealedAt: null };

describe('What was so at a merge', () => {
  it('is written down once, and what a notice told before stays', () => {
    const sealed = { ...nothing, defaultBranchAtMerge: 'main', sealedAt: 3 };
    expect(sealMerge(nothing, { defaultBranch: 'main', sealedAt: 3 })).toEqual(sealed);
    expect(sealMerge(sealed, { defaultBranch: 'other', sealedAt: 9 })).toBeNull();
    const told = noteDefaultBranchAtMerge(nothing, 'old');
    expect(told && sealMerge(told, { defaultBranch: 'main', sealedAt: 3 })).toEqual({
      ...{ ...sealed, defaultBranchAtMerge: 'old' },
    });
    expect(noteDefaultBranchAtMerge(sealed, 'other')).toBeNull();
  });

  it('has teams once it is sealed, the first that are told', () => {
    const sealed = { ...nothing, sealedAt: 3 };
    expect(noteTeamsOfMerge(nothing, 'merge')).toBeNull();
    expect(noteTeamsOfMerge(sealed, 'import')).toEqual({ ...sealed, teamsAsOf: 'import' });
    expect(noteTeamsOfMerge({ ...sealed, teamsAsOf: 'merge' }, 'import')).toBeNull();
  });

  it('is judged by the default branch of its moment, or of its last change', () => {
    const known = [
      { since: 1, branch: 'master' },
      { since: 5, branch: 'main' },
    ];
    const sealed = { ...nothing, sealedAt: 9 };
    expect(judgeMerge({ ...sealed, mergedAt: 4, updatedAt: 6 }, known).defaultBranchAtMerge).toBe('master');
    expect(judgeMerge({ ...sealed, mergedAt: null, updatedAt: 6 }, known).defaultBranchAtMerge).toBe('main');
  });
});
