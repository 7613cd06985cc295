import { computePrecedence, pickNewer, pickNewestKnown } from './merge-snapshots';

describe('Of two snapshots of a pull request', () => {
  it('the one updated later is newer, and at the same instant the one in the more final state', () => {
    const precedence = (updatedAt: number, state: 'OPEN' | 'DECLINED' | 'MERGED') =>
      computePrecedence({ updatedAt, state });
    expect(precedence(2, 'OPEN')).toBeGreaterThan(precedence(1, 'MERGED'));
    expect(precedence(1, 'MERGED')).toBeGreaterThan(precedence(1, 'DECLINED'));
    expect(precedence(1, 'DECLINED')).toBeGreaterThan(precedence(1, 'OPEN'));
  });

  it('the same is picked in either order, also when they are as new as each other', () => {
    const [old, young, twin] = [
      { seen: 1, title: 'Z' },
      { seen: 2, title: 'A' },
      { seen: 2, title: 'B' },
    ];
    expect([pickNewer(old, young), pickNewer(young, old)]).toEqual([young, young]);
    expect([pickNewer(young, twin), pickNewer(twin, young)]).toEqual([twin, twin]);
  });

  it('a field is taken from the newest that knows it', () => {
    const [known, unknown, newer] = [
      { seen: 1, value: 'main' },
      { seen: 3, value: null },
      { seen: 2, value: 'fix' },
    ];
    expect([pickNewestKnown(known, unknown), pickNewestKnown(unknown, known)]).toEqual([known, known]);
    expect([pickNewestKnown(known, newer), pickNewestKnown(newer, known)]).toEqual([newer, newer]);
  });
});
