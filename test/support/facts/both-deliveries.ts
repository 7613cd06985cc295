import { toDateRange } from '../../../src/domain/calendar/date-range';
import { recutDays } from '../../../src/domain/columns/change-month';
import { computeAccelerate } from '../../../src/domain/metrics/delivery/compute-accelerate';
import type { MergedPullRequest } from '../../../src/domain/pull-requests/pull-request';
import { computeNaiveAccelerate } from '../naive/accelerate';
import type { NaiveQuestion } from '../naive/facts';
import { findNaiveIncidents, type NaiveRules } from '../naive/incidents';
import { buildWorkspaceColumns } from './workspace-columns';

/**
 * Answers questions about merged pull requests twice, for a test to compare: as the product and as the naive
 * calculation.
 */
export function prepareBothDeliveries(history: readonly MergedPullRequest[], rules: NaiveRules) {
  const first = buildWorkspaceColumns(history, 'UTC', { revert: true, ...rules });
  const byZone = new Map([[first.timezone, first]]);
  const columnsOf = (timezone: string) => {
    const columns = byZone.get(timezone) ?? {
      ...first,
      timezone,
      months: first.months.map((one) => recutDays(one, timezone)),
    };
    byZone.set(timezone, columns);
    return columns;
  };
  const merges = history.map((one) => ({
    ...one,
    system: { uuid: one.repositoryUuid, slug: '', name: '' },
    isDeployment: one.destinationBranch === one.defaultBranchAtMerge,
  }));
  const naive = { merges, incidents: findNaiveIncidents(merges, rules) };
  return (question: Required<NaiveQuestion>) => {
    const range = toDateRange({ ...question, timezone: question.zone });
    const { metrics, overall, incompleteDeployments } = computeAccelerate(columnsOf(question.zone), {
      ...question,
      range,
    });
    return {
      found: { metrics, overall, incomplete: incompleteDeployments },
      expected: computeNaiveAccelerate(naive, question),
    };
  };
}
