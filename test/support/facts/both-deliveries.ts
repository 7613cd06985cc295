import { toDateRange } from '../../../src/domain/calendar/date-range';
import { findIncidents } from '../../../src/domain/incidents/find-incidents';
import { computeAccelerate } from '../../../src/domain/metrics/columns/compute-accelerate';
import {
  buildDeliveryColumns,
  toDeploymentOrder,
  toIncidentOrder,
} from '../../../src/domain/metrics/columns/delivery-columns';
import type { MergedPullRequest } from '../../../src/domain/pull-requests/pull-request';
import { deploymentsOf } from '../builders';
import { computeNaiveAccelerate } from '../naive/accelerate';
import type { NaiveQuestion } from '../naive/facts';
import { findNaiveIncidents, type NaiveRules } from '../naive/incidents';

/**
 * Answers questions about merged pull requests twice, for a test to compare: as the product and as the naive
 * calculation.
 */
export function prepareBothDeliveries(history: readonly MergedPullRequest[], rules: NaiveRules) {
  const deployments = deploymentsOf(history);
  const incidents = findIncidents({ pullRequests: history, deployments }, { revert: true, ...rules });
  const columns = buildDeliveryColumns({
    deployments: toDeploymentOrder(deployments),
    incidents: toIncidentOrder(incidents),
  });
  const merges = history.map((one) => ({
    ...one,
    system: { uuid: one.repositoryUuid, slug: '', name: '' },
    isDeployment: one.destinationBranch === one.defaultBranchAtMerge,
  }));
  const naive = { merges, incidents: findNaiveIncidents(merges, rules) };
  return (question: Required<NaiveQuestion>) => {
    const range = toDateRange({ ...question, timezone: question.zone });
    const { metrics, overall, incompleteDeployments } = computeAccelerate(columns, { ...question, range });
    return {
      found: { metrics, overall, incomplete: incompleteDeployments },
      expected: computeNaiveAccelerate(naive, question),
    };
  };
}
