import fc from 'fast-check';
import { createChance } from '../../../simulator/world/random';
import { aMergedPullRequest, hour } from '../../../test/support/builders';
import { prepareBothDeliveries } from '../../../test/support/facts/both-deliveries';
import { drawQuestions } from '../../../test/support/naive/questions';
import type { MergedPullRequest } from '../pull-requests/pull-request';

/*
 * Every number of Delivery performance against the second calculation of test/support/naive. Everything happens at one of
 * four hours of a day, so that many things happen at one instant, where the rules for ties tell.
 */

const systems = ['{drums}', '{bells}', '{gongs}'];
const teams = ['red', 'blue', 'green'];
const rules = { branchPrefixes: ['hotfix'], titlePrefixes: ['fix'] };
const quarter = 6 * hour;

function drawMerges(count: number): MergedPullRequest[] {
  const chance = createChance(20_261_122);
  return Array.from({ length: count }, (_, index) => {
    const mergedAt = Date.UTC(2026, 0, 1) + chance.between(0, 4 * 200) * quarter;
    const reverted = `revert-pr-${chance.between(1, count)}`;
    return aMergedPullRequest({
      ...{ number: index + 1, mergedAt, openedAt: mergedAt - chance.between(0, 20) * quarter },
      repositoryUuid: chance.pick(systems),
      sourceBranch: chance.pick(['feature/count', 'feature/tune', 'hotfix/tune', 'HOTFIX', reverted, null]),
      title: chance.pick(['Count the drums', 'Tune the drums', 'Fix the drums']),
      destinationBranch: chance.pick(['main', 'main', 'main', 'release']),
      changes: Array.from({ length: chance.between(0, 3) }, (_change, at) => ({
        changeId: `${index} ${at}`,
        // Some are so old that their lead time is none of those that fit into four bytes.
        createdAt: mergedAt - chance.between(-3, 40) * (index % 8 === 0 ? 40 : 1) * quarter,
      })),
      isComplete: chance.happens(0.8),
      teams: teams.filter(() => chance.happens(0.3)),
    });
  });
}

it('every number of Delivery performance equals a second, naive calculation under 200 filters', () => {
  const answerBoth = prepareBothDeliveries(drawMerges(600), rules);
  const ask = { after: '2026-01-01', first: { min: -20, max: 200 }, mostDays: 120 };
  let compared = 0;
  fc.assert(
    fc.property(drawQuestions({ ...ask, systems, teams }), (question) => {
      const { found, expected } = answerBoth(question);
      expect(found).toEqual(expected);
      compared += found.metrics.deployment_frequency.deployments;
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
  expect(compared).toBeGreaterThan(10_000);
});
