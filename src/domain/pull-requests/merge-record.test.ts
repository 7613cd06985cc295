import { judgeMerge, noteDefaultBranchAtMerge, noteTeamsOfMerge, addMergeRecord } from './merge-record';

const nothing = { defaultBranchAtMerge: null, teamsAsOf: null, mergeRecordedAt: null };

describe('What was so at a merge', () => {
  it('is written down once, and what a notice told before stays', () => {
    const recorded = { ...nothing, defaultBranchAtMerge: 'main', mergeRecordedAt: 3 };
    expect(addMergeRecord(nothing, { defaultBranch: 'main', mergeRecordedAt: 3 })).toEqual(recorded);
    expect(addMergeRecord(recorded, { defaultBranch: 'other', mergeRecordedAt: 9 })).toBeNull();
    const told = noteDefaultBranchAtMerge(nothing, 'old');
    expect(told && addMergeRecord(told, { defaultBranch: 'main', mergeRecordedAt: 3 })).toEqual({
      ...{ ...recorded, defaultBranchAtMerge: 'old' },
    });
    expect(noteDefaultBranchAtMerge(recorded, 'other')).toBeNull();
  });

  it('has teams once it is recorded, the first that are told', () => {
    const recorded = { ...nothing, mergeRecordedAt: 3 };
    expect(noteTeamsOfMerge(nothing, 'merge')).toBeNull();
    expect(noteTeamsOfMerge(recorded, 'import')).toEqual({ ...recorded, teamsAsOf: 'import' });
    expect(noteTeamsOfMerge({ ...recorded, teamsAsOf: 'merge' }, 'import')).toBeNull();
  });

  it('is judged by the default branch of its moment, or of its last change', () => {
    const known = [
      { since: 1, branch: 'master' },
      { since: 5, branch: 'main' },
    ];
    const recorded = { ...nothing, mergeRecordedAt: 9 };
    expect(judgeMerge({ ...recorded, mergedAt: 4, updatedAt: 6 }, known).defaultBranchAtMerge).toBe('master');
    expect(judgeMerge({ ...recorded, mergedAt: null, updatedAt: 6 }, known).defaultBranchAtMerge).toBe('main');
  });
});
