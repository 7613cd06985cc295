import { aPullRequestSnapshot } from '../../../test/support/builders';
import { isOlder } from './pull-request-list';

const page = (...instants: number[]) => instants.map((updatedAt) => aPullRequestSnapshot({ updatedAt }));

describe('a page of pull requests', () => {
  it('ends the list once it comes newest first and reaches what is older', () => {
    expect(isOlder(page(30, 20, 9), 10)).toBe(true);
    expect(isOlder(page(30, 20, 10), 10)).toBe(false);
    expect(isOlder(page(), 10)).toBe(false);
  });

  it('ends nothing when Bitbucket did not sort it: newer ones may follow', () => {
    expect(isOlder(page(9, 30, 8), 10)).toBe(false);
  });
});
