import { aPerson } from '../../../test/support/builders';
import { isRenamed, pickFuller, type Sight } from './sight';

const sight = (at: number, person: Parameters<typeof aPerson>[0] = {}): Sight => ({ person: aPerson(person), at });

function expectPicked(picked: Sight, other: Sight): void {
  expect([pickFuller(picked, other), pickFuller(other, picked)]).toEqual([picked, picked]);
}

describe('Of two sights of a person', () => {
  it('the fuller is kept, a name being worth more than an account id', () => {
    expectPicked(sight(1), sight(2, { displayName: null }));
    expectPicked(sight(1, { accountId: null }), sight(2, { displayName: null }));
  });

  it('the newer is kept when they are equally full', () => {
    expectPicked(sight(2, { displayName: 'Ada Newname' }), sight(1));
  });

  it('the same is kept in either order when they are of one moment', () => {
    expectPicked(sight(1, { displayName: 'Bea' }), sight(1, { displayName: 'Ada' }));
  });

  it('tell whether somebody has another name or type, whatever their account id', () => {
    expect(isRenamed(aPerson(), aPerson({ displayName: 'Bea' }))).toBe(true);
    expect(isRenamed(aPerson(), aPerson({ type: 'app_user' }))).toBe(true);
    expect(isRenamed(aPerson(), aPerson({ accountId: null }))).toBe(false);
  });
});
