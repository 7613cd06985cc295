import { compareShares, type ShareFigure } from '../../../domain/metrics/movement';
import { toCount, toCounted, toPercent, toShare, unknown } from '../format/numbers';
import { toTable } from '../format/tables';
import type { AccelerateReport, Bucket } from '../charts/accelerate-report';
import { toBucketAxis } from '../charts/bucket-axis';
import { toBucketName, toEach } from '../charts/buckets';
import { roundForDrawing, toLine } from '../charts/chart-drawing';
import { toComparison } from './comparison';
import { toShareRule } from './enough-rule';
import { toLevelOf } from '../format/levels';
import { toChartView, type ChartView } from '../charts/chart-view';
import type { MetricContext, MetricView, RowsName } from './metric-view';

interface ShareBucket extends Bucket {
  readonly value: number | null;
  readonly part: number;
  readonly n: number;
}

/** Deployments blamed by an incident ÷ deployments (docs/definitions.md, 5.1). */
export function toChangeFailureRate(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView {
  const figures = report.change_failure_rate;
  return {
    key: 'change-failure-rate',
    name: 'Change failure rate',
    value: toShareValue(figures.value),
    unit: null,
    reason: figures.value === null ? 'No deployments in this range.' : null,
    level: toLevelOf(figures, report.level.table),
    sample: toSample(figures.failed, figures.n),
    comparison: toShareComparison(report, before, [
      { part: figures.failed, n: figures.n },
      before === null ? null : { part: before.change_failure_rate.failed, n: before.change_failure_rate.n },
    ]),
    explanation: [
      'The share of deployments in the range that at least one incident is blamed on, whenever that happened. A deployment with several incidents counts once.',
      'A revert is blamed on what it takes back, any other incident on the last deployment of its repository before it. Incidents without such a deployment are left out.',
      `Here: ${toShare(figures.failed, figures.n)}.`,
      toShareRule({ hasLevel: true }),
    ],
    rows: { ...context.rows.failedDeployments, text: `Show the ${toCounted(figures.failed, 'failed deployment')}` },
    chart: toShareChart(
      report,
      {
        title: 'Change failure rate',
        part: 'Failed',
        sentence: 'Share of deployments that caused an incident',
        rows: 'failedDeployments',
      },
      { context, buckets: figures.series.map((bucket) => ({ ...bucket, part: bucket.failed })) },
    ),
  };
}

/** Deployments that fix an incident ÷ deployments (docs/definitions.md, 5.1). It has no levels. */
export function toReworkRate(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView {
  const figures = report.rework_rate;
  return {
    key: 'rework-rate',
    name: 'Rework rate',
    value: toShareValue(figures.value),
    unit: null,
    reason: figures.value === null ? 'No deployments in this range.' : null,
    level: null,
    sample: toSample(figures.rework, figures.n),
    comparison: toShareComparison(report, before, [
      { part: figures.rework, n: figures.n },
      before === null ? null : { part: before.rework_rate.rework, n: before.rework_rate.n },
    ]),
    explanation: [
      'The share of deployments in the range that were made to fix an incident, whether or not it is linked to a deployment.',
      `Here: ${toShare(figures.rework, figures.n)}. There are no published levels for it.`,
      toShareRule({ hasLevel: false }),
    ],
    rows: { ...context.rows.fixes, text: `Show the ${toCounted(figures.rework, 'fix', 'fixes')}` },
    chart: toShareChart(
      report,
      { title: 'Rework rate', part: 'Fixes', sentence: 'Share of deployments that fixed an incident', rows: 'fixes' },
      { context, buckets: figures.series.map((bucket) => ({ ...bucket, part: bucket.rework })) },
    ),
  };
}

function toShareValue(value: number | null): string {
  return value === null ? unknown : toPercent(value);
}

function toSample(part: number, all: number): string {
  return `${toCount(part)} of ${toCount(all)} deployment${all === 1 ? '' : 's'}`;
}

function toShareComparison(
  report: AccelerateReport,
  before: AccelerateReport | null,
  [now, then]: readonly [ShareFigure, ShareFigure | null],
): MetricView['comparison'] {
  return toComparison(report, before, {
    now: now.n === 0 ? null : now,
    before: then === null || then.n === 0 ? null : then,
    compare: compareShares,
    betterWhen: 'lower',
    describe: ({ part, n }) => toPercent(part / n),
    describeChange: (current, earlier) => {
      const difference = current.part / current.n - earlier.part / earlier.n;
      const points = Math.max(1, Math.round(Math.abs(difference) * 100));
      return `${toCount(points)} percentage point${points === 1 ? '' : 's'} ${difference > 0 ? 'higher' : 'lower'}`;
    },
  });
}

function toShareChart(
  report: AccelerateReport,
  words: { title: string; part: string; sentence: string; rows: RowsName },
  { buckets, context }: { buckets: readonly ShareBucket[]; context: MetricContext },
): ChartView {
  const { interval } = report.range;
  const isDrawn = buckets.some((bucket) => bucket.value !== null);
  const toHref = (bucket: Bucket) => context.toBucketHref(words.rows, bucket);
  return toChartView({
    sentence: isDrawn
      ? `${words.sentence}, ${toEach(interval)}; a gap means no deployments.`
      : 'No deployments in this range.',
    isDrawn,
    drawing: {
      ...toBucketAxis(buckets, { range: report.range, context, toHref }),
      unit: '%',
      isCount: false,
      isStacked: false,
      series: [
        toLine({
          name: words.title,
          values: buckets.map((bucket) => roundForDrawing(bucket.value === null ? null : bucket.value * 100)),
          texts: buckets.map((bucket) => toShare(bucket.part, bucket.n)),
        }),
      ],
    },
    table: toTable(
      `${words.title}, ${toEach(interval)}`,
      ['Period', 'Share', words.part, 'Deployments'],
      buckets.map((bucket) => ({
        href: toHref(bucket),
        cells: [
          toBucketName(bucket, report, context.today),
          toShareValue(bucket.value),
          toCount(bucket.part),
          toCount(bucket.n),
        ],
      })),
    ),
  });
}
