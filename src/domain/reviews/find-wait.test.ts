import { anInstant, day, hour } from '../../../test/support/builders';
import { aDeed, allDeeds, anOpenPullRequest, theAuthor, theIgnored } from '../../../test/support/facts/lives';
import { createChance } from '../../../simulator/world/random';
import type { OpenPullRequest } from '../pull-requests/pull-request-history';
import { findWait } from './find-wait';
import { findPresentPhase } from './phase-ledger';

const now = anInstant + 2 * day;
const people = ['ada', 'rita', 'sam', 'robot', '?'] as const;
const asked = { reviewerUuids: ['{rita}', '{sam}'] };
const wait = (table: string, overrides: Partial<OpenPullRequest> = {}) =>
  findWait(anOpenPullRequest(table, { ...asked, ...overrides }), { ignored: theIgnored, now });

describe('What an open pull request waits for, whom and since when', () => {
  it.each([
    ['nobody has said anything', '', 'first_review', 0, ['{rita}', '{sam}']],
    ['only a bot and the author have', '2 robot requests; 3 ada approves', 'first_review', 0, ['{rita}', '{sam}']],
    ['changes are requested', '5 rita requests', 'changes', 5, [theAuthor]],
    ['the author has answered a request', '5 rita requests; 7 ada pushes', 'review', 7, ['{rita}', '{sam}']],
    [
      'somebody not asked requested changes, answered by now',
      '5 tom requests; 7 ada pushes',
      'review',
      7,
      ['{tom}', '{rita}', '{sam}'],
    ],
    ['the request was taken back', '5 rita requests; 6 rita unrequests', 'review', 6, ['{rita}', '{sam}']],
    ['a reviewer commented on the code', '5 rita annotates', 'answer', 5, [theAuthor]],
    ['a comment came before the request', '4 sam annotates; 5 rita requests', 'changes', 4, [theAuthor]],
    ['a general comment alone', '5 rita comments', 'first_review', 0, ['{rita}', '{sam}']],
    ['it is approved', '5 rita approves', 'merge', 5, [theAuthor]],
    ['one approves and another requests changes', '5 rita approves; 6 sam requests', 'changes', 6, [theAuthor]],
    ['the author has answered that one', '5 rita approves; 6 sam requests; 8 ada pushes', 'merge', 8, [theAuthor]],
    ['the request became an approval', '5 rita requests; 6 rita approves', 'merge', 6, [theAuthor]],
    ['the approval was taken back', '5 rita approves; 9 rita unapproves', 'review', 9, ['{rita}', '{sam}']],
    ['Bitbucket no longer shows the approval', '5 rita approved-gone', 'first_review', 0, ['{rita}', '{sam}']],
  ] as const)('%s', (...[, table, waitsFor, hours, whom]) => {
    expect(wait(table)).toMatchObject({ waitsFor, since: anInstant + hours * hour, whom });
  });

  it('is the author in a draft and nobody in a queue, also where no activity tells of it', () => {
    expect(wait('1 ada readies; 3 ada drafts', { isDraft: true })).toMatchObject({
      waitsFor: 'ready',
      since: anInstant + 3 * hour,
    });
    expect(wait('4 rita approves', { isQueued: true })).toMatchObject({
      ...{ waitsFor: 'queue', since: anInstant + 4 * hour, whom: [] },
    });
    expect(wait('4 rita approves; 6 ada queues')).toMatchObject({ waitsFor: 'queue', since: anInstant + 6 * hour });
  });

  it('is nobody where nobody was asked but bots and the author, and not known where that is not', () => {
    expect(wait('', { reviewerUuids: [] }).whom).toEqual([]);
    expect(wait('', { reviewerUuids: ['{robot}', theAuthor] }).whom).toEqual([]);
    expect(wait('', { reviewerUuids: null }).whom).toBeNull();
    expect(wait('5 rita requests; 7 ada pushes', { reviewerUuids: null }).whom).toEqual(['{rita}']);
    expect(wait('5 rita approves', { authorUuid: null }).whom).toBeNull();
  });

  it('never began in the future', () => {
    expect(wait('400 rita approves')).toMatchObject({ waitsFor: 'merge', since: now });
    expect(wait('', { openedAt: now + day }).since).toBe(now);
  });

  it('agrees with the present phase of its life, but for approved ones with a request in force', () => {
    const chance = createChance(20_261_129);
    const told = allDeeds.filter((deed) => !deed.startsWith('draft') && deed !== 'readies');
    const drawn = Array.from({ length: 2_000 }, () =>
      Array.from({ length: chance.between(0, 9) }, () =>
        aDeed(chance.between(0, 40), chance.pick(people), chance.pick(told)),
      ),
    );
    const pairs = drawn.map((activities) => {
      const life = anOpenPullRequest('', { ...asked, activities });
      const found = findWait(life, { ignored: theIgnored, now }).phase;
      return [found, findPresentPhase(life, { ignored: theIgnored, deployedAt: null, endAt: now })?.phase] as const;
    });
    const others = pairs.filter(([found, present]) => found !== present);
    expect(others.length).toBeGreaterThan(10);
    expect(new Set(others.map(String))).toEqual(new Set(['waiting_for_author,approved']));
  });
});
