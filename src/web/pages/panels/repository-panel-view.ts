import type { Links } from '../../routing/paths';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { MetricContext, MetricView } from '../../presentation/metrics/metric-view';
import { computeValues } from '../../presentation/charts/chart-table';
import { buildMetricViews } from '../../presentation/metrics/metric-views';
import { formatLocalDate } from '../../presentation/format/dates';
import { buildSparkline } from '../../presentation/format/sparkline';

/** Four numbers of a repository and how they moved; the rework rate is on the page. */
export function buildRepositoryPanelView(
  report: AccelerateReport,
  { uuid, isImporting, now }: { uuid: string; isImporting: boolean; now: number },
  links: Links,
) {
  const more = { href: links.page('repository', { repository: uuid }), text: 'Show delivery performance' };
  const nothingYet = isImporting
    ? 'The history is being imported; numbers appear here as they come in.'
    : 'No deployments in the last 90 days.';
  const context: MetricContext = {
    notes: [],
    tablesHref: null,
    toBucketHref: () => more.href,
    today: formatLocalDate(now, report.range.timezone),
    rows: { deployments: more, failedDeployments: more, fixes: more, incidents: more },
  };
  const isEmpty = report.deployment_frequency.deployments === 0;
  const metrics = isEmpty ? [] : buildMetricViews(report, null, context).slice(0, 4);
  return {
    title: 'Delivery performance',
    range: 'Last 90 days',
    numbers: metrics.map(buildNumber),
    // In place of the numbers.
    nothing: isEmpty ? nothingYet : null,
    more,
  };
}

function buildNumber(metric: MetricView) {
  const { sentence, drawing } = metric.chart;
  const [first] = drawing.series;
  const label = `${metric.name} over the last 90 days. ${sentence}`;
  return { ...metric, sparkline: buildSparkline(first === undefined ? [] : computeValues(drawing, first), label) };
}
