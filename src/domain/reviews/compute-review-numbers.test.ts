import { anInstant, hour } from '../../../test/support/builders';
import { aHistory, aRecordedPullRequest, theIgnored } from '../../../test/support/facts/lives';
import { listCountedActivities } from './counted-activities';
import { computeReviewNumbers } from './compute-review-numbers';
import type { RecordedPullRequest } from '../pull-requests/pull-request-history';
import { reviewDurations } from './review-numbers';

function digest(table: string, overrides: Partial<RecordedPullRequest> = {}) {
  return computeReviewNumbers(aRecordedPullRequest(table, overrides), { ignored: theIgnored, deployedAt: null });
}

/** First review, first approval, first to last, last to merge in hours; reviews, comments. Merged after 24 hours. */
function readReviews(table: string) {
  const found = digest(table);
  const [, , ...durations] = reviewDurations.map((name) => found[name]);
  return [...durations.map((seconds) => (seconds === null ? null : seconds / 3_600)), found.reviews, found.comments];
}

const none = [null, null, null, null] as const;

describe('the reviews of a merged pull request', () => {
  it.each([
    ['none: no durations, and zero of each', '', [null, null, null, null, 0, 0]],
    ['an approval', '2 rita approves', [2, 2, 0, 22, 1, 0]],
    ['two approvals', '2 rita approves; 6 carl approves', [2, 2, 4, 18, 2, 0]],
    ['activities, not people', '2 rita annotates; 3 rita annotates; 4 rita approves', [2, 4, 0, 20, 3, 2]],
    ['a changes request', '2 rita requests; 5 rita approves', [2, 5, 0, 19, 2, 0]],
    ['an inline comment', '2 rita annotates', [2, null, null, null, 1, 1]],
    ['no general comment', '2 rita comments', [null, null, null, null, 0, 1]],
    ['nothing of the author but comments', '1 ada approves; 2 ada annotates; 3 ada comments', [...none, 0, 2]],
    ['nothing of a bot', '1 robot approves; 2 robot annotates; 3 robot comments; 4 robot requests', [...none, 0, 0]],
    ['nothing of an unknown person', '1 ? approves; 2 ? annotates; 3 ? comments; 4 ? requests', [...none, 0, 0]],
    ['nothing after the merge', '25 rita approves; 26 rita annotates; 27 rita comments', [...none, 0, 0]],
    ['what happened with the merge', '24 rita approves; 24 carl annotates', [24, 24, 0, 0, 2, 1]],
    ['nothing deleted', '2 rita annotated-deleted; 3 rita commented-deleted', [...none, 0, 0]],
    ['no approval withdrawn', '2 rita approves; 3 rita unapproves', [...none, 0, 0]],
    ['no changes request withdrawn', '2 rita requests; 3 rita unrequests; 4 carl approves', [4, 4, 0, 20, 1, 0]],
    [
      'one given again with its second date',
      '2 rita approves; 3 rita unapproves; 5 rita approves',
      [5, 5, 0, 19, 1, 0],
    ],
    ['one withdrawn twice', '2 rita approves; 3 rita unapproves; 5 rita approves; 6 rita unapproves', [...none, 0, 0]],
    ['one withdrawn after the merge', '2 rita approves; 25 rita unapproves', [2, 2, 0, 22, 1, 0]],
    ['one withdrawn with the merge', '2 rita approves; 24 rita unapproves', [...none, 0, 0]],
    ["one when another's is withdrawn", '2 rita approves; 3 carl approves; 4 carl unapproves', [2, 2, 0, 22, 1, 0]],
    ['an approval when a changes request is withdrawn', '2 rita approves; 3 rita unrequests', [2, 2, 0, 22, 1, 0]],
    ['an approval that a push follows', '2 rita approves; 3 ada pushes', [2, 2, 0, 22, 1, 0]],
    ['a review before the opening', '-1 rita approves', [-1, -1, 0, 25, 1, 0]],
  ])('count %s', (_, table, expected) => {
    expect(readReviews(table)).toEqual(expected);
  });

  it('are the same in whatever order the activities are listed', () => {
    const table = ['2 rita approves', '3 rita unapproves', '5 rita approves', '6 carl annotates'];
    expect(readReviews([...table].reverse().join(';'))).toEqual(readReviews(table.join(';')));
  });

  it('count for a known person where the author is unknown', () => {
    expect(digest('2 rita approves', { authorUuid: null }).reviews).toBe(1);
  });
});

describe('the other numbers of a merged pull request', () => {
  it('are times to open and to merge, and its size', () => {
    expect(digest('')).toMatchObject({ timeToOpen: 7_200, timeToMerge: 86_400, linesChanged: 40, commits: 2 });
  });

  it.each([
    ['no time to open without a commit', { firstCommitAt: null }, { timeToOpen: null, timeToMerge: 86_400 }],
    ['none where the first commit follows the opening', { firstCommitAt: anInstant + 1 }, { timeToOpen: null }],
    ['zero where both are one', { firstCommitAt: anInstant }, { timeToOpen: 0 }],
    ['no commits where they could not be read', { isComplete: false, changes: [] }, { commits: null }],
    ['no commits where some are missing', { isComplete: false }, { commits: null }],
    ['no lines where they were not read', { linesChanged: null }, { linesChanged: null }],
    ['a negative time to merge where sources disagree', { mergedAt: anInstant - hour }, { timeToMerge: -3_600 }],
  ])('have %s', (_, overrides, expected) => {
    expect(digest('', overrides)).toMatchObject(expected);
  });

  it('end their phases with the merge, or with the deployment where it is known', () => {
    expect(digest('').phases).toMatchObject({
      coding: 7_200,
      waiting_for_first_review: 86_400,
      waiting_for_deployment: 0,
    });
    const pullRequest = aRecordedPullRequest('');
    const deployedAt = pullRequest.mergedAt + hour;
    expect(computeReviewNumbers(pullRequest, { ignored: theIgnored, deployedAt }).phases.waiting_for_deployment).toBe(
      3_600,
    );
  });
});

describe('whether an activity counts, and why not', () => {
  it.each([
    ['2 ada approves', 'author'],
    ['2 ada requests', 'author'],
    ['2 ada comments', null],
    ['2 robot comments', 'ignored'],
    ['2 ? approves', 'unknown_person'],
    ['2 rita annotated-deleted', 'deleted'],
    ['2 rita approves; 3 rita unapproves', 'withdrawn'],
    ['25 rita approves', 'after_merge'],
    ['2 rita approves', null],
    ['2 rita comments', null],
    ['2 robot pushes', null],
  ])('is told after "%s": %s', (table, reason) => {
    const life = aHistory(table, { state: 'MERGED', mergedAt: anInstant + 24 * hour });
    expect(listCountedActivities(life, theIgnored)[0]).toMatchObject({
      activity: life.activities[0],
      notCounted: reason,
    });
  });

  it('is told of an open pull request without a limit in time', () => {
    expect(listCountedActivities(aHistory('999 rita approves'), theIgnored)).toMatchObject([{ isReview: true }]);
  });
});
