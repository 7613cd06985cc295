import { anInstant, day, hour } from '../../../test/support/builders';
import { anOpenPullRequest, theIgnored } from '../../../test/support/facts/lives';
import type { OpenPullRequest } from '../pull-requests/pull-request-history';
import { toWorkInProgress } from './work-in-progress';

function look(table: string, overrides: Partial<OpenPullRequest> = {}) {
  return toWorkInProgress(anOpenPullRequest(table, overrides), { ignored: theIgnored, now: anInstant + day });
}

describe('an open pull request', () => {
  it.each([
    ['open', 0, 0, ''],
    ['open', 0, 1, '1 rita comments'],
    ['open', 0, 1, '1 ada annotates; 2 ada approves'],
    ['open', 0, 0, '1 robot approves; 2 ? approves; 3 rita annotated-deleted'],
    ['open', 0, 0, '1 rita approves; 2 rita unapproves'],
    ['reviewed', 1, 1, '1 rita annotates'],
    ['reviewed', 1, 0, '1 rita requests'],
    ['reviewed', 1, 0, '1 rita requests; 2 carl approves; 3 carl unapproves'],
    ['approved', 1, 0, '1 rita approves'],
    ['approved', 1, 0, '1 rita approves; 2 ada pushes'],
    ['approved', 2, 0, '1 rita approves; 2 carl requests'],
    ['approved', 1, 0, '1 rita approves; 2 rita unapproves; 3 rita approves'],
    ['approved', 1, 0, '1 rita approves; 2 carl approves; 3 carl unapproves'],
  ])('is %s with %i reviews and %i comments after "%s"', (...[phase, reviews, comments, table]) => {
    expect(look(table)).toMatchObject({ phase, reviews, comments });
  });

  it('is as old as its opening', () => {
    expect(look('').secondsInProgress).toBe(86_400);
  });

  it.each([
    ['its opening', '', {}, 24],
    ['its last commit', '', { lastCommitAt: anInstant + 3 * hour }, 21],
    ['a comment', '4 rita comments', {}, 20],
    ["the author's comment", '4 ada comments', {}, 20],
    ['a review', '5 rita approves', {}, 19],
    ['an edit or push, by whomever', '6 carl pushes; 5 ? pushes', {}, 18],
    ['one by somebody whom Bitbucket does not name', '6 ? pushes', {}, 18],
    ['no edit of a bot', '8 robot pushes', {}, 24],
    ["no approval of the author's own", '8 ada approves', {}, 24],
    ['a verdict that another one replaced', '8 rita approves; 9 rita requests; 10 rita unrequests', {}, 16],
    ['the latest, in whatever order', '7 rita approves; 6 ada pushes', {}, 17],
    ['no comment of a bot', '8 robot comments', {}, 24],
    ['no deleted comment', '8 rita commented-deleted', {}, 24],
    ['no withdrawn approval', '8 rita approves; 9 rita unapproves', {}, 24],
  ])('is stale since %s', (...[, table, overrides, hours]) => {
    expect(look(table, overrides).secondsStale).toBe(hours * 3_600);
  });

  it.each([
    ['a commit', '', { lastCommitAt: anInstant + 2 * day }],
    ['an activity', '48 rita comments', {}],
    ['its opening', '', { openedAt: anInstant + 2 * day }],
  ])('is never stale for less than no time, though %s is dated in the future', (_, table, overrides) => {
    const found = look(table, overrides);
    expect(found.secondsStale).toBe(0);
    expect(found.secondsInProgress).toBeGreaterThanOrEqual(0);
  });
});
