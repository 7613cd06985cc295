import { isEnoughToTell } from '../../../domain/metrics/enough-to-tell';
import type { Interval } from '../../../domain/calendar/bucket';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatEach, formatSpan, type Bucket } from '../charts/buckets';
import { formatMonth, formatShortDate } from '../format/dates';
import { formatCount } from '../format/numbers';
import { formatInUnit, pickOneUnit } from '../format/one-unit';

/** The words of the charts of deployments and of lead times. */
export const deliveryChartWords = {
  failed: 'Failed',
  mean: 'Mean',
  meanOf: (interval: Interval) => `Mean of ${formatSpan(interval)}`,
} as const;

/** "in the week of 19 Oct". */
function nameBucket({ start }: Bucket, interval: Interval): string {
  if (interval === 'month') return `in ${formatMonth(start)}`;
  return interval === 'week' ? `in the week of ${formatShortDate(start)}` : `on ${formatShortDate(start)}`;
}

/** When the most was deployed, and when the most of it failed. */
export function describeDeployments({ range, ...report }: AccelerateReport): string {
  const most = findHighest(report.deployment_frequency.series, ({ deployments }) => deployments);
  const worst = findHighest(report.change_failure_rate.series, ({ failed }) => failed);
  const peak =
    most === null ? '' : `Most deployments, ${formatCount(most.deployments)}, ${nameBucket(most, range.interval)}.`;
  if (worst === null || worst.failed === 0) return `${peak} None failed.`.trim();
  const part = `${formatCount(worst.failed)} of ${formatCount(worst.n)}`;
  return `${peak} Most failed, ${part}, ${nameBucket(worst, range.interval)}.`.trim();
}

/** When the median was highest and lowest, of the buckets with enough to tell. */
export function describeLeadTime({ range, ...report }: AccelerateReport): string {
  const { value, series } = report.lead_time_for_changes;
  const unit = pickOneUnit(value);
  const known = series.filter((bucket) => bucket.value !== null && isEnoughToTell('duration', bucket.n));
  const [highest, lowest] = [1, -1].map((way) => findHighest(known, (bucket) => (bucket.value ?? 0) * way));
  if (!highest || !lowest || highest === lowest) {
    return `Half of the changes of ${formatEach(range.interval)} took at most the median.`;
  }
  const [high, low] = [highest, lowest].map(
    (bucket) => `${formatInUnit(bucket.value, unit)}, ${nameBucket(bucket, range.interval)}`,
  );
  return `The median was highest, ${high}, and lowest, ${low}.`;
}

/** The first of the highest ones. */
function findHighest<T>(all: readonly T[], toValue: (one: T) => number): T | null {
  return all.reduce<T | null>((most, one) => (most === null || toValue(one) > toValue(most) ? one : most), null);
}
