import { applyWholeReading, mergeActivities, type KnownActivity } from './merge-activities';

function anAct(change: Partial<KnownActivity>): KnownActivity {
  return {
    ...{ key: 'k', kind: 'comment', at: 5, actor: null, isInline: false, isDeleted: false },
    ...{ state: null, sourceHash: null, isDraft: null, goneAt: null, ...change },
  };
}

describe('An act told by several sources', () => {
  it('is the same whichever came first: the earliest, and all that any of them knew', () => {
    const one = anAct({ at: 7, actor: '{a}', isInline: true, sourceHash: 'a' });
    const other = anAct({ at: 6, isDeleted: true, sourceHash: 'b', isDraft: false });
    const both = anAct({ at: 6, actor: '{a}', isInline: true, isDeleted: true, sourceHash: 'b', isDraft: false });
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
    expect(read([anAct({})])).toEqual([anAct({ goneAt: 9 })]);
    expect(read([anAct({ goneAt: 8 })], 'k')).toEqual([anAct({})]);
    expect(read([anAct({}), anAct({ key: 'gone', goneAt: 8 })], 'k')).toEqual([]);
  });

  it('says nothing of what is later, of updates, and of a verdict that was taken back', () => {
    const approval = anAct({ kind: 'approval', actor: '{a}' });
    const withdrawal = anAct({ key: 'w', kind: 'approval_withdrawn', actor: '{a}', at: 6 });
    expect(read([anAct({ at: 10 }), anAct({ kind: 'update' }), approval, withdrawal])).toEqual([]);
  });
});
