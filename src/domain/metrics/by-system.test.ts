import fc from 'fast-check';
import { createChance } from '../../../simulator/world/random';
import { aMergedPullRequest, day, hour } from '../../../test/support/builders';
import { buildWorkspaceColumns } from '../../../test/support/facts/workspace-columns';
import { drawQuestions } from '../../../test/support/naive/questions';
import { intervals } from '../calendar/bucket';
import { toDateRange } from '../calendar/date-range';
import { recutDays } from '../columns/change-month';
import type { WorkspaceColumns } from '../columns/month-columns';
import type { ReviewNumbers } from './reviews/review-figures';
import { mapPhases } from '../reviews/phase-ledger';
import { computeAccelerate, computeAccelerateBySystem, computeAccelerateByTeam } from './delivery/compute-accelerate';
import { reviewMetricKeys } from '../reviews/review-metrics';
import {
  computeReviewMetric,
  computeReviewNumbers,
  computeReviews,
  computeReviewsBySystem,
  rankBySystem,
} from './reviews/compute-reviews';

const systems = ['{drums}', '{bells}', '{gongs}'];
const teams = ['red', 'blue', 'green'];
const rules = { revert: true, branchPrefixes: ['hotfix'], titlePrefixes: [] };

const chance = createChance(20_261_128);
/** One in five is not known, one in ten negative. */
const rollSeconds = () => (chance.happens(0.2) ? null : chance.between(0, 900) * (chance.happens(0.1) ? -1 : 1));
const merges = Array.from({ length: 900 }, (_none, index) => {
  const mergedAt = Date.UTC(2026, 0, 1) + chance.between(0, 4 * 120) * 6 * hour;
  const durations = { timeToOpen: rollSeconds(), timeToMerge: rollSeconds(), timeToFirstReview: rollSeconds() };
  const others = { timeToFirstApproval: 5_000_000.25, firstToLastApproval: 0, lastApprovalToMerge: rollSeconds() };
  const sizes = { linesChanged: chance.between(0, 2_000), commits: 1, comments: chance.between(0, 3), reviews: null };
  const phases = mapPhases(() => chance.between(0, 400) / 4);
  return {
    ...aMergedPullRequest({ number: index + 1, mergedAt, openedAt: mergedAt - day }),
    repositoryUuid: chance.pick(systems),
    sourceBranch: chance.pick(['feature', 'feature', 'hotfix', `revert-pr-${chance.between(1, 900)}`]),
    destinationBranch: chance.pick(['main', 'main', 'release']),
    changes: [0, 1].map((at) => ({ changeId: `${index} ${at}`, createdAt: mergedAt - chance.between(-3, 90) * hour })),
    isComplete: chance.happens(0.8),
    teams: teams.filter(() => chance.happens(0.3)),
    review: { ...durations, ...others, ...sizes, phases },
  };
});
const columns = buildWorkspaceColumns(merges, 'UTC', rules);

function cutIn(timezone: string): WorkspaceColumns {
  return { ...columns, timezone, months: columns.months.map((month) => recutDays(month, timezone)) };
}

const questions = drawQuestions({
  ...{ after: '2026-01-01', first: { min: -10, max: 110 }, mostDays: 90 },
  ...{ systems, teams },
});

it('tells of each system what asking it alone tells', () => {
  fc.assert(
    fc.property(questions, (drawn) => {
      const range = toDateRange({ ...drawn, timezone: drawn.zone });
      const [own, asked] = [cutIn(drawn.zone), { ...drawn, range, interval: null }];
      const chosen = [...columns.names.systems].filter((uuid) => drawn.systems?.includes(uuid) ?? true);
      const alone = chosen.map((uuid) => ({ ...asked, systems: [uuid] }));
      const withoutParts = alone.map((one) => ({ accelerate: computeAccelerate(own, one), leadMedians: [] }));
      expect([...computeAccelerateBySystem(own, asked)]).toEqual(withoutParts.map((one, at) => [chosen[at], one]));
      expect([...computeReviewsBySystem(own, asked)]).toEqual(
        alone.map((one) => [one.systems[0], computeReviewNumbers(own, one)]),
      );
      const { phases, ...numbers } = computeReviews(own, asked);
      expect([computeReviewNumbers(own, asked), phases.n]).toEqual([numbers, numbers.merged]);
      for (const key of reviewMetricKeys) {
        expect(computeReviewMetric(own, asked, key)).toEqual(numbers.metrics[key]);
      }
      for (const by of [...reviewMetricKeys, 'merged'] as const) {
        const toValue = ({ metrics, merged }: ReviewNumbers) => (by === 'merged' ? merged : metrics[by].value);
        expect([...rankBySystem(own, asked, by)]).toEqual(
          alone.map((one) => [one.systems[0], toValue(computeReviewNumbers(own, one))]),
        );
      }
    }),
    { numRuns: 60, seed: 9 },
  );
});

it('tells of each team what asking it alone tells, and how lead times went', () => {
  fc.assert(
    fc.property(questions, fc.subarray(teams), fc.constantFrom(...intervals), (drawn, slugs, interval) => {
      const range = toDateRange({ ...drawn, timezone: drawn.zone });
      const own = cutIn(drawn.zone);
      const asked = { ...drawn, range, interval, teams: slugs };
      const expectOf = (alone: typeof asked) => {
        const inParts = computeAccelerate(own, alone);
        const leadMedians = inParts.metrics.lead_time_for_changes.series.map(({ value }) => value);
        return { accelerate: computeAccelerate(own, { ...alone, interval: null }), leadMedians };
      };
      expect([...computeAccelerateByTeam(own, asked)]).toEqual(
        slugs.map((slug) => [slug, expectOf({ ...asked, teams: [slug] })]),
      );
      const chosen = [...columns.names.systems].filter((uuid) => drawn.systems?.includes(uuid) ?? true);
      expect([...computeAccelerateBySystem(own, asked)]).toEqual(
        chosen.map((uuid) => [uuid, expectOf({ ...asked, systems: [uuid] })]),
      );
    }),
    { numRuns: 100, seed: 11 },
  );
});
