import type { Commit } from './commit';
import { aHash, anInstant } from '../../../test/support/builders';
import { findPushedCommits } from './find-pushed-commits';
import type { Push } from './push';

/** `3<2,1`: commit 3 with the parents 2 and 1; `3`: its parents are not told. */
const read = (text: string): Commit => {
  const [hash = '', parents] = text.split('<');
  return {
    ...{ hash: aHash(Number(hash)), authoredAt: anInstant + Number(hash) },
    parents: parents?.split(',').map((parent) => aHash(Number(parent))) ?? null,
  };
};

const push = (commits: string, overrides: Partial<Push> = {}): Push => {
  const list = commits.split(' ').map(read);
  return { branch: 'b', oldHash: null, newHash: list[0]?.hash ?? '', isWhole: true, commits: list, ...overrides };
};

interface Known {
  readonly base?: readonly number[];
  readonly list?: readonly number[];
}

const find = (head: number, pushes: readonly Push[], { base = [], list = [] }: Known = {}) => {
  const hashes = new Set(base.map(aHash));
  const [top] = list;
  const commits = list.map((number) => ({ hash: aHash(number), authoredAt: anInstant }));
  const earlier = top === undefined ? null : { head: aHash(top), commits };
  const found = findPushedCommits({ head: aHash(head), pushes, isBase: (hash) => hashes.has(hash), earlier });
  const numbers = found.commits.map(({ hash }) => Number.parseInt(hash, 16)).sort((a, b) => a - b);
  return `${numbers.join(' ')}${found.isComplete ? '' : ' …'}`;
};

describe('The commits that pushes told of', () => {
  it('are those of one push, down to the destination', () => {
    expect(find(12, [push('12<11 11<1')], { base: [1] })).toBe('11 12');
  });

  it('leave out what a new branch had in common with the destination', () => {
    expect(find(12, [push('12<11 11<3 3<2 2<1 1<0', { isWhole: false })], { base: [1, 2, 3] })).toBe('11 12');
  });

  it('are those of all pushes together', () => {
    const later = push('14<13 13<12', { oldHash: aHash(12) });
    expect(find(14, [push('12<11 11<1'), later], { base: [1] })).toBe('11 12 13 14');
  });

  it('are those of the last state after a forced push', () => {
    const forced = push('22<21 21<1', { oldHash: aHash(12) });
    expect(find(22, [push('12<11 11<1'), forced], { base: [1] })).toBe('21 22');
  });

  it('hold merge commits inside the branch, and not what they brought from the destination', () => {
    expect(find(13, [push('13<12,2 12<1')], { base: [1, 2] })).toBe('12 13');
  });

  it('are not all where a push listed only its newest', () => {
    const cut = push('17<16 16<15 15<14 14<13 13<12', { isWhole: false, oldHash: aHash(1) });
    expect(find(17, [cut], { base: [1] })).toBe('13 14 15 16 17 …');
  });

  it('are all where every push is whole, though nothing is known of the destination', () => {
    expect(find(12, [push('12<11 11<1')])).toBe('11 12');
  });

  it('are those of a single whole push where parents are not told', () => {
    expect(find(12, [push('12 11 1')], { base: [1] })).toBe('11 12');
    expect(find(13, [push('12 11'), push('13', { oldHash: aHash(12) })])).toBe(' …');
  });

  it('are never guessed where a new branch lists what was there before without end', () => {
    expect(find(12, [push('12<11 11<3 3<2 2<1 1<0', { isWhole: false })])).toBe(' …');
  });

  it('are not all where an earlier push was missed', () => {
    expect(find(14, [push('14<13 13<12', { oldHash: aHash(12) })])).toBe('13 14 …');
  });

  it('go on from the list of an earlier head', () => {
    expect(find(14, [push('14<13 13<12', { oldHash: aHash(12) })], { base: [1], list: [12, 11] })).toBe('11 12 13 14');
    expect(find(22, [push('22<21 21<1', { oldHash: aHash(12) })], { base: [1], list: [12, 11] })).toBe('21 22');
    expect(find(22, [push('22<11', { oldHash: aHash(12), isWhole: false })], { base: [1], list: [12, 11] })).toBe(
      '22 …',
    );
  });

  it('are none where the head was never pushed, or was on the destination before', () => {
    expect(find(99, [push('12<11')])).toBe(' …');
    expect(find(12, [push('12<11')], { base: [12] })).toBe(' …');
  });

  it('are found by a head that is cut', () => {
    const commits = [{ hash: 'c'.repeat(40), authoredAt: anInstant, parents: [aHash(1)] }];
    const pushes = [push('1', { newHash: 'c'.repeat(40), commits })];
    const isBase = (hash: string) => hash === aHash(1);
    const found = findPushedCommits({ head: 'c'.repeat(12), pushes, isBase, earlier: null });
    expect(found).toEqual({ isComplete: true, commits });
  });
});
