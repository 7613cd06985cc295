import { applyWholeReading, mergeActivities, type KnownActivity } from './merge-activities';

function anActivity(change: Partial<KnownActivity>): KnownActivity {
  return {
    ...{ key: 'k', kind: 'comment', at: 5, actor: null, isInline: false, isDeleted: false },
    ...{ state: null, sourceHash: null, isDraft: null, goneAt: null, ...change },
  };
}

describe('An activity told by several sources', () => {
  it('is the same whichever came first: the earliest, and all that any of them knew', () => {
    const one = anActivity({ at: 7, actor: '{a}', isInline: true, sourceHash: 'a' });
    const other = anActivity({ at: 6, isDeleted: true, sourceHash: 'b', isDraft: false });
    const both = anActivity({ at: 6, actor: '{a}', isInline: true, isDeleted: true, sourceHash: 'b', isDraft: false });
    expect(mergeActivities(one, other)).toEqual(both);
    expect(mergeActivities(other, one)).toEqual(both);
    expect(mergeActivities(both, one)).toEqual(both);
    expect(mergeActivities(undefined, one)).toBe(one);
  });
});

describe('A whole reading of the activity', () => {
  const read = (known: KnownActivity[], ...shown: string[]) =>
    applyWholeReading(known, { number: 1, shown: new Set(shown), asOf: 9 });

  it('takes away what it does not show, and brings back what it shows', () => {
    expect(read([anActivity({})])).toEqual([anActivity({ goneAt: 9 })]);
    expect(read([anActivity({ goneAt: 8 })], 'k')).toEqual([anActivity({})]);
    expect(read([anActivity({}), anActivity({ key: 'gone', goneAt: 8 })], 'k')).toEqual([]);
  });

  it('says nothing of what is later, of updates, and of a verdict that was taken back', () => {
    const approval = anActivity({ kind: 'approval', actor: '{a}' });
    const withdrawal = anActivity({ key: 'w', kind: 'approval_withdrawn', actor: '{a}', at: 6 });
    expect(read([anActivity({ at: 10 }), anActivity({ kind: 'update' }), approval, withdrawal])).toEqual([]);
  });
});
