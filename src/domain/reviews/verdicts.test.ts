import fc from 'fast-check';
import { anInstant, day, hour } from '../../../test/support/builders';
import {
  aDeed,
  aHistory,
  anOpenPullRequest,
  aRecordedPullRequest,
  theIgnored,
} from '../../../test/support/facts/lives';
import { listCountedActivities } from './counted-activities';
import { computeReviewNumbers } from './compute-review-numbers';
import { toPhaseSpans } from './phase-ledger';
import { reviewDurations } from './review-numbers';
import { toWorkInProgress } from './work-in-progress';

/** First review, first approval, first to last, last to merge in hours; reviews. Merged after 24 hours. */
function readMerged(table: string) {
  const found = computeReviewNumbers(aRecordedPullRequest(table), { ignored: theIgnored, deployedAt: null });
  const durations = reviewDurations.slice(2).map((name) => found[name]);
  const inHours = durations.map((seconds) => (seconds === null ? null : Math.round(seconds / 36) / 100));
  return [...inHours, found.reviews];
}

function readOpen(table: string) {
  const { phase, reviews } = toWorkInProgress(anOpenPullRequest(table), { ignored: theIgnored, now: anInstant + day });
  return `${phase} ${reviews}`;
}

const none = [null, null, null] as const;

/** What happened; the merged pull request's numbers; phase and reviews while it is open. */
const table: readonly [string, readonly (number | null)[], string][] = [
  ['2 rita approves; 5 rita requests', [2, ...none, 2], 'reviewed 2'],
  ['2 rita requests; 5 rita approves', [2, 5, 0, 19, 2], 'approved 2'],
  ['2 rita approves; 5 rita requests; 7 rita approves', [2, 7, 0, 17, 3], 'approved 3'],
  ['2 rita approves; 5 rita approves', [2, 5, 0, 19, 2], 'approved 2'],
  ['2 rita approves; 5 carl requests', [2, 2, 0, 22, 2], 'approved 2'],
  ['2 rita approves; 3 carl approves; 5 rita requests', [2, 3, 0, 21, 3], 'approved 3'],
  // The removal belongs to the replacement, whichever notice comes first.
  ['2 rita approves; 5 rita requests; 5:00:20 rita unapproves', [2, ...none, 2], 'reviewed 2'],
  ['2 rita approves; 5 rita unapproves; 5:00:20 rita requests', [2, ...none, 2], 'reviewed 2'],
  ['2 rita approves; 5 rita unapproves; 5:01 rita requests', [2, ...none, 2], 'reviewed 2'],
  ['2 rita requests; 5 rita approves; 5 rita unrequests', [2, 5, 0, 19, 2], 'approved 2'],
  ['2 rita requests; 5 rita unrequests; 5:01 rita approves', [2, 5.02, 0, 18.98, 2], 'approved 2'],
  // A removal by itself takes back what was given.
  ['2 rita approves; 5 rita unapproves; 5:01:01 rita requests', [5.02, ...none, 1], 'reviewed 1'],
  ['2 rita approves; 5 rita requests; 5:01:01 rita unapproves', [5, ...none, 1], 'reviewed 1'],
  ['2 rita approves; 5 rita unapproves; 5:00:20 carl requests', [5.01, ...none, 1], 'reviewed 1'],
  ['2 rita approves; 5 rita unapproves; 7 rita approves', [7, 7, 0, 17, 1], 'approved 1'],
  ['2 rita approves; 5 rita unapproves; 5:00:20 rita approves', [5.01, 5.01, 0, 18.99, 1], 'approved 1'],
  // The one that replaced is taken back later: the replaced one stays a review, and comes to no force again.
  ['2 rita approves; 5 rita requests; 7 rita unrequests', [2, ...none, 1], 'reviewed 1'],
  ['2 rita requests; 5 rita approves; 7 rita unapproves', [2, ...none, 1], 'reviewed 1'],
  ['2 rita approves; 5 rita requests; 5:00:20 rita unapproves; 7 rita unrequests', [2, ...none, 1], 'reviewed 1'],
  ['2 rita approves; 5 rita requests; 7 rita unrequests; 9 rita approves', [2, 9, 0, 15, 2], 'approved 2'],
  // What Bitbucket no longer shows was taken back, unless a later verdict explains why it is shown no longer.
  ['2 rita approved-gone', [null, ...none, 0], 'open 0'],
  ['2 rita approved-gone; 5 rita requests', [2, ...none, 2], 'reviewed 2'],
  ['2 rita requested-gone; 5 rita approves', [2, 5, 0, 19, 2], 'approved 2'],
  ['2 rita approved-gone; 5 rita approves', [5, 5, 0, 19, 1], 'approved 1'],
  ['2 rita requests; 5 rita approved-gone', [2, ...none, 1], 'reviewed 1'],
  ['2 rita approves; 5 rita requested-gone', [2, 2, 0, 22, 1], 'approved 1'],
  ['2 rita approved-gone; 5 rita requested-gone', [null, ...none, 0], 'open 0'],
  ['2 rita approves; 5 rita unapproves; 5:00:20 rita requested-gone', [null, ...none, 0], 'open 0'],
  ['2 rita approved-gone; 5 carl requests', [5, ...none, 1], 'reviewed 1'],
  // A removal says why it is not shown: all is as it was when it was shown.
  ['2 rita approved-gone; 5 rita unapproves; 7 rita approves', [7, 7, 0, 17, 1], 'approved 1'],
  ['2 rita approves; 5 rita requested-gone; 7 rita unrequests', [2, ...none, 1], 'reviewed 1'],
  [
    '2 rita approved-gone; 5 rita requested-gone; 5:00:20 rita unapproves; 7 rita unrequests',
    [2, ...none, 1],
    'reviewed 1',
  ],
  // Verdicts of the author, of bots and of nobody known are none, and replace none.
  ['2 ada approves; 5 ada requests', [null, ...none, 0], 'open 0'],
  ['2 robot approves; 5 robot requests', [null, ...none, 0], 'open 0'],
  ['2 ? approves; 5 ? requests', [null, ...none, 0], 'open 0'],
  ['2 rita approves; 5 ? requests; 6 robot requests; 7 ada requests', [2, 2, 0, 22, 1], 'approved 1'],
  // A comment on the code is a review and no verdict.
  ['2 rita approves; 5 rita annotates', [2, 2, 0, 22, 2], 'approved 2'],
];

describe('the verdicts of one person', () => {
  it.each(table)('count in a merged pull request: %s', (activities, expected) => {
    expect(readMerged(activities)).toEqual(expected);
  });

  it.each(table)('count in an open pull request: %s', (activities, _, expected) => {
    expect(readOpen(activities)).toBe(expected);
  });

  it.each([
    ['after the merge replace nothing', '2 rita approves; 25 rita requests', [2, 2, 0, 22, 1]],
    ['at the merge replace what they said before', '2 rita approves; 24 rita requests', [2, ...none, 2]],
    [
      'after the merge claim no removal',
      '2 rita approves; 24 rita unapproves; 24:00:20 rita requests',
      [null, ...none, 0],
    ],
    ['are not taken back after the merge', '2 rita approves; 5 rita requests; 25 rita unrequests', [2, ...none, 2]],
  ])('%s', (_, activities, expected) => {
    expect(readMerged(activities)).toEqual(expected);
  });

  it('say what replaced them, and to which one a removal belongs', () => {
    const life = aHistory('2 rita approves; 5 rita requests; 5:00:20 rita unapproves; 9 carl approves');
    const [approval, request, removal, other] = listCountedActivities(life, theIgnored);
    expect(approval).toMatchObject({ isReview: true, notCounted: null, replacedBy: life.activities[1] });
    expect(request).toMatchObject({ isReview: true, replacedBy: null });
    expect(removal).toMatchObject({ isReview: false, notCounted: null, replacedBy: life.activities[1] });
    expect(other?.replacedBy).toBeNull();
  });
});

describe('the phases of a pull request whose verdicts change', () => {
  const read = (activities: string) =>
    toPhaseSpans(aHistory(activities), { ignored: theIgnored, deployedAt: null, endAt: anInstant + 10 * hour })
      .slice(1)
      .map(({ phase, startAt, endAt }) => `${phase} ${Math.round((endAt - startAt) / 36_000) / 100}`)
      .join(', ');

  it.each([
    ['2 rita approves; 5 rita requests', 'waiting_for_first_review 2, approved 3, waiting_for_author 5'],
    ['2 rita requests; 5 rita approves', 'waiting_for_first_review 2, waiting_for_author 3, approved 5'],
    [
      '2 rita approves; 5 rita requests; 6 ada pushes',
      'waiting_for_first_review 2, approved 3, waiting_for_author 1, in_review 4',
    ],
    ['2 rita approves; 3 carl approves; 5 rita requests', 'waiting_for_first_review 2, approved 8'],
    [
      '2 rita requests; 5 rita approves; 7 rita unapproves',
      'waiting_for_first_review 2, waiting_for_author 3, approved 2, in_review 3',
    ],
    [
      '2 rita approves; 5 rita unapproves; 5:00:36 rita requests',
      'waiting_for_first_review 2, approved 3.01, waiting_for_author 4.99',
    ],
    [
      '2 rita approves; 5 rita unapproves; 6 rita requests',
      'waiting_for_first_review 2, approved 3, in_review 1, waiting_for_author 4',
    ],
    ['2 rita approved-gone; 5 rita requests', 'waiting_for_first_review 2, approved 3, waiting_for_author 5'],
    ['2 rita approved-gone; 5 rita unapproves', 'waiting_for_first_review 2, approved 3, in_review 5'],
    ['2 rita approved-gone; 5 carl annotates', 'waiting_for_first_review 5, waiting_for_author 5'],
    ['2 rita approves; 5 rita requested-gone', 'waiting_for_first_review 2, approved 8'],
  ])('are, after "%s": %s', (activities, expected) => {
    expect(read(activities)).toBe(expected);
  });
});

describe('whatever the verdicts', () => {
  const seconds = fc.integer({ min: 0, max: 40 }).map((number) => (number * 15) / 3_600);
  const verdicts = ['approves', 'unapproves', 'requests', 'unrequests', 'approved-gone', 'requested-gone'] as const;
  const activities = fc.uniqueArray(
    fc
      .tuple(seconds, fc.constantFrom('rita', 'carl', 'ada'), fc.constantFrom(...verdicts))
      .map(([hours, who, deed]) => aDeed(hours, who, deed)),
    // One verdict a person, kind and moment, as the store keeps them.
    { maxLength: 12, selector: ({ kind, at, actorUuid }) => `${kind} ${at} ${actorUuid ?? ''}` },
  );
  const mergedAt = fc.constantFrom(null, anInstant + 5 * 60_000);

  it('neither their order nor repeats of them change what one counts as, or whether it is approved', () => {
    fc.assert(
      fc.property(activities, mergedAt, fc.array(fc.nat(11), { maxLength: 6 }), (once, merged, again) => {
        const repeated = [...again.flatMap((index) => once[index] ?? []), ...once.toReversed()];
        const [one, other] = [once, repeated].map((list) => aHistory('', { activities: list, mergedAt: merged }));
        const tell = (life: typeof one) =>
          new Map(
            listCountedActivities(life ?? aHistory(''), theIgnored).map(({ activity, ...counted }) => [
              JSON.stringify(activity),
              counted,
            ]),
          );
        expect(tell(other)).toEqual(tell(one));
        const context = { ignored: theIgnored, deployedAt: null, endAt: anInstant + hour };
        expect(toPhaseSpans(other ?? aHistory(''), context)).toEqual(toPhaseSpans(one ?? aHistory(''), context));
      }),
      { numRuns: 400 },
    );
  });

  it('a person has at most one in force, their last, and a replaced one is never an approval', () => {
    fc.assert(
      fc.property(activities, (list) => {
        const counted = listCountedActivities(aHistory('', { activities: list }), theIgnored);
        for (const who of ['{rita}', '{carl}']) {
          const standing = counted.filter(({ activity, isReview, replacedBy }) => {
            return activity.actorUuid === who && isReview && replacedBy === null;
          });
          expect(new Set(standing.map(({ activity }) => `${activity.kind} ${activity.at}`)).size).toBeLessThanOrEqual(
            1,
          );
        }
        const isApproved = counted.some((one) => one.isReview && one.activity.kind === 'approval' && !one.replacedBy);
        const found = toWorkInProgress(
          { ...anOpenPullRequest(''), activities: list },
          { ignored: theIgnored, now: anInstant },
        );
        expect(found.phase === 'approved').toBe(isApproved);
      }),
      { numRuns: 400 },
    );
  });
});
