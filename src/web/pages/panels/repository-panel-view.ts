import type { Links } from '../../routing/paths';
import type { AccelerateReport } from '../../presentation/charts/accelerate-report';
import type { MetricContext, MetricView } from '../../presentation/metrics/metric-view';
import { buildMetricViews } from '../../presentation/metrics/metric-views';
import { formatLocalDate } from '../../presentation/format/dates';
import type { LevelView } from '../../presentation/format/levels';
import type { LinkView } from '../../presentation/format/links';
import { buildSparkline, type SparklineView } from '../../presentation/format/sparkline';

export interface RepositoryPanelView {
  readonly title: string;
  /** "Last 90 days". */
  readonly range: string;
  readonly numbers: readonly PanelNumberView[];
  /** In place of the numbers. */
  readonly nothing: string | null;
  readonly more: LinkView;
}

export interface PanelNumberView {
  readonly name: string;
  readonly value: string;
  readonly unit: string | null;
  readonly reason: string | null;
  readonly level: LevelView | null;
  readonly sparkline: SparklineView | null;
}

/** Four numbers of a repository and how they moved; the rework rate is on the page. */
export function buildRepositoryPanelView(
  report: AccelerateReport,
  { uuid, isImporting, now }: { uuid: string; isImporting: boolean; now: number },
  links: Links,
): RepositoryPanelView {
  const more = { href: links.page('repository', { repository: uuid }), text: 'Show delivery performance' };
  const nothingYet = isImporting
    ? 'The history is being imported; numbers appear here as they come in.'
    : 'No deployments in the last 90 days.';
  const context: MetricContext = {
    notes: [],
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
    nothing: isEmpty ? nothingYet : null,
    more,
  };
}

function buildNumber(metric: MetricView): PanelNumberView {
  const { name, value, unit, reason, level } = metric;
  const values = metric.chart.drawing.series[0]?.values ?? [];
  return {
    name,
    value,
    unit,
    reason,
    level,
    sparkline: buildSparkline(values, `${name} over the last 90 days. ${metric.chart.sentence}`),
  };
}
