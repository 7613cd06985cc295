import type { AccelerateReport } from '../charts/accelerate-report';
import { toDeploymentFrequency } from './deployment-frequency';
import { toLeadTimeForChanges } from './lead-time-for-changes';
import type { MetricContext, MetricView } from './metric-view';
import { toChangeFailureRate, toReworkRate } from './shares';
import { toTimeToRecover } from './time-to-recover';

/** The five metrics in the order of every page: speed first, then stability. */
export function toMetricViews(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView[] {
  return [
    toDeploymentFrequency(report, before, context),
    toLeadTimeForChanges(report, before, context),
    toChangeFailureRate(report, before, context),
    toTimeToRecover(report, before, context),
    toReworkRate(report, before, context),
  ];
}
