import { reviewMetricKeys } from '../../reviews/review-metrics';
import fc from 'fast-check';
import { toDateRange } from '../../calendar/date-range';
import { aMergedPullRequest, day, hour, minute } from '../../../../test/support/builders';
import { aDeed, allDeeds } from '../../../../test/support/facts/lives';
import { drawQuestions } from '../../../../test/support/naive/questions';
import { computeNaiveReviews, readNaiveReviews, type NaiveReview } from '../../../../test/support/naive/reviews';
import { mean as computeMean } from '../../../../test/support/naive/statistics';
import type { RecordedPullRequest } from '../../pull-requests/pull-request-history';
import { computeReviewNumbers } from '../../reviews/compute-review-numbers';
import { buildWorkspaceColumns } from '../../../../test/support/facts/workspace-columns';
import { computeReviews } from './compute-reviews';

/*
 * Every number of Changes & Reviews against the second calculation of test/support/naive. All times are whole quarters of
 * a second, so sums are exact in whatever order they are taken.
 */

const systems = ['{drums}', '{bells}', '{gongs}'];
const teams = ['red', 'blue', 'green'];
const bots = new Set(['{robot}']);
const begin = Date.UTC(2026, 0, 1);

/** Always the same numbers: a linear congruential generator (Numerical Recipes). */
function createDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function rollPullRequests(count: number): RecordedPullRequest[] {
  const roll = createDice(20_261_122);
  const pick = <T>(all: readonly T[]): T => all[roll(all.length)] as T;
  const people = ['ada', 'rita', 'carl', 'robot', '?'];
  return Array.from({ length: count }, (_, index) => {
    const openedAt = begin + roll(300 * 96) * 15 * minute + roll(4) * 250;
    const mergedAt = openedAt + roll(10 * 96) * 15 * minute - (roll(20) === 0 ? 12 * day : 0) + roll(4) * 250;
    const offset = (openedAt - aDeed(0, '?', 'pushes').at) / hour;
    const activities = Array.from({ length: roll(9) }, () =>
      aDeed(offset + (roll(3) === 0 ? roll(9) / 240 : roll(240) - 1), pick(people), pick(allDeeds)),
    );
    return {
      ...aMergedPullRequest({ number: index + 1, openedAt, mergedAt, repositoryUuid: pick(systems) }),
      authorUuid: roll(8) === 0 ? null : '{ada}',
      isComplete: roll(6) > 0,
      changes: Array.from({ length: 1 + roll(5) }, (_, at) => ({ changeId: `${index} ${at}`, createdAt: openedAt })),
      teams: teams.filter(() => roll(3) === 0),
      destinationBranch: pick(['main', 'dev', null]),
      isDraft: roll(5) === 0,
      firstCommitAt: roll(5) === 0 ? null : openedAt + (2 - roll(20)) * hour,
      linesChanged: roll(4) === 0 ? null : roll(900),
      activities,
    };
  });
}

const history = rollPullRequests(700);
const naive = readNaiveReviews(
  history.map((one) => ({ ...one, system: { uuid: one.repositoryUuid, slug: '', name: '' }, isDeployment: false })),
  bots,
);

it('every number of Changes & Reviews equals a second, naive calculation under 200 filters', () => {
  const reviewed = history.map((pullRequest) => ({
    ...pullRequest,
    review: computeReviewNumbers(pullRequest, { ignored: bots, deployedAt: null }),
  }));
  const columns = buildWorkspaceColumns(reviewed);
  const ask = { after: '2026-01-01', first: { min: -20, max: 320 }, mostDays: 120 };
  let compared = 0;
  fc.assert(
    fc.property(drawQuestions({ ...ask, systems, teams }), (question) => {
      const range = toDateRange({ ...question, timezone: question.zone });
      const found = computeReviews({ ...columns, timezone: question.zone }, { ...question, range });
      const { metrics, rows, phases, ...counts } = computeNaiveReviews(naive, question);
      expect(found.metrics).toEqual(metrics);
      expect({ merged: found.merged, incomplete: found.incomplete, unsized: found.unsized }).toEqual(counts);
      expect(found.phases.series.map(({ n }) => n)).toEqual(phases.series.map(({ n }) => n));
      expectWholeLives(found.phases, rows);
      for (const metric of reviewMetricKeys) {
        const { n, series } = found.metrics[metric];
        expect(series.reduce((sum, bucket) => sum + bucket.n, 0)).toBe(n);
        compared += n;
      }
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
  expect(compared).toBeGreaterThan(50_000);
});

/** The mean phases add up to the mean of all lives, from the first commit or the opening to the merge. */
function expectWholeLives({ mean }: { mean: Readonly<Record<string, number>> | null }, rows: readonly NaiveReview[]) {
  const lives = rows.map(({ merge: { firstCommitAt, openedAt, mergedAt } }) => {
    const beginAt = Math.min(firstCommitAt ?? openedAt, openedAt);
    return (Math.max(mergedAt, openedAt) - beginAt) / 1000;
  });
  const sum = mean === null ? null : Object.values(mean).reduce((all, one) => all + one, 0);
  const expected = computeMean(lives);
  expect(sum === null).toBe(expected === null);
  // A mean that lies between two milliseconds may be rounded either way: a thousandth of one tells.
  expect(sum ?? 0).toBeCloseTo(expected ?? 0, 6);
}
