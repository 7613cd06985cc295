import { deliveryMetricKeys, deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import {
  compareFrequencies,
  compareShares,
  type FrequencyFigure,
  type ShareFigure,
} from '../../../domain/metrics/movement';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { buildLevel, buildLevelOf, tooEarlyToTell, type LevelView } from '../format/levels';
import { formatCount, formatPercent, buildRate } from '../format/numbers';
import { formatUnit } from '../format/units';
import {
  durationComparison,
  buildComparison,
  buildMedianFigure,
  type ComparedFigure,
  type ComparisonView,
} from './comparison';
import { readCount, buildDeliveryChart, type MetricFigures } from './delivery-chart';
import { deliveryWords, type DeliveryWords } from './delivery-words';
import type { MetricContext, MetricView } from './metric-view';
import { isRangeComplete } from './range-complete';

/** The Accelerate metrics in the order of every page: speed first, then stability. */
export function buildMetricViews(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView[] {
  return deliveryMetricKeys.map((key) => buildMetricView(key, { report, before }, context));
}

interface Compared {
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
}

function buildMetricView(key: DeliveryMetricKey, { report, before }: Compared, context: MetricContext): MetricView {
  const words: DeliveryWords = deliveryWords[key];
  const figures = report[key];
  return {
    key: key.replaceAll('_', '-'),
    name: words.name,
    ...formatValue(key, figures.value),
    reason: figures.value === null ? words.toReason(report) : null,
    level: buildMetricLevel(key, report),
    sample: words.toSample(report),
    comparison: compare(key, { report, before }),
    explanation: words.explain(report),
    rows: { ...context.rows[words.rows], text: words.toRowsText(report) },
    chart: buildDeliveryChart(key, report, context),
  };
}

/** A rate is given in the period that makes it a number of at least one. */
function formatValue(key: DeliveryMetricKey, value: number | null): Pick<MetricView, 'value' | 'unit'> {
  const { members }: DeliveryMetric = deliveryMetrics[key];
  return members.value === 'per day' ? buildRate(value ?? 0) : { value: formatUnit[members.value](value), unit: null };
}

/**
 * `null`: the metric has none. A count has one whenever there is anything to count. None has one before the history of
 * its range is read.
 */
export function buildMetricLevel(key: DeliveryMetricKey, report: AccelerateReport): LevelView | null {
  const figures = report[key];
  if (!('level' in figures)) {
    return null;
  }
  const { table } = report.level;
  if (!isRangeComplete(report)) {
    return figures.value === null ? null : tooEarlyToTell;
  }
  return deliveryMetrics[key].evidence === 'count' ? buildLevel(figures.level, table) : buildLevelOf(figures, table);
}

/** The lowest of the levels; `null`: there is none. */
export function buildOverallLevel(report: AccelerateReport): LevelView | null {
  return isRangeComplete(report) ? buildLevel(report.level.overall, report.level.table) : tooEarlyToTell;
}

/** Medians, shares and counts are each compared in a way of their own. */
function compare(key: DeliveryMetricKey, { report, before }: Compared): ComparisonView {
  const { evidence, betterWhen, counted }: DeliveryMetric = deliveryMetrics[key];
  const [now, then]: readonly [MetricFigures, MetricFigures | undefined] = [report[key], before?.[key]];
  const toFigure = (figures: MetricFigures) => ({
    ...{ part: readCount(figures, counted), n: readCount(figures, 'n') },
    ...{ count: readCount(figures, counted), days: readCount(figures, 'days') },
  });
  const figures = { now: toFigure(now), before: then === undefined ? null : toFigure(then) };
  if (evidence === 'count') {
    return buildComparison(report, before, { ...figures, ...frequencyComparison, betterWhen });
  }
  if (evidence === 'share') {
    const toKnown = (figure: ShareFigure | null) => (figure === null || figure.n === 0 ? null : figure);
    const known = { now: toKnown(figures.now), before: toKnown(figures.before) };
    return buildComparison(report, before, { ...known, ...shareComparison, betterWhen });
  }
  const medians = { now: buildMedianFigure(buildMedian(now)), before: buildMedianFigure(then && buildMedian(then)) };
  return buildComparison(report, before, { ...medians, ...durationComparison, betterWhen });
}

function buildMedian(figures: MetricFigures) {
  return { value: figures.value, n: readCount(figures, 'n') };
}

type Comparing<Figure> = Pick<ComparedFigure<Figure>, 'compare' | 'describe' | 'describeChange'>;

const toPerDay = ({ count, days }: FrequencyFigure): number => count / days;

const frequencyComparison: Comparing<FrequencyFigure> = {
  compare: compareFrequencies,
  describe: (figure) => {
    const rate = buildRate(toPerDay(figure));
    return `${rate.value} ${rate.unit}`;
  },
  describeChange: (current, earlier) => {
    const [now, before] = [toPerDay(current), toPerDay(earlier)];
    const word = now > before ? 'more' : 'fewer';
    return before === 0 ? word : `${formatPercent(Math.abs(now - before) / before)} ${word}`;
  },
};

const shareComparison: Comparing<ShareFigure> = {
  compare: compareShares,
  describe: ({ part, n }) => formatPercent(part / n),
  describeChange: (current, earlier) => {
    const difference = current.part / current.n - earlier.part / earlier.n;
    const points = Math.max(1, Math.round(Math.abs(difference) * 100));
    return `${formatCount(points)} percentage point${points === 1 ? '' : 's'} ${difference > 0 ? 'higher' : 'lower'}`;
  },
};
