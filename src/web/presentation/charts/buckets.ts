import type { Interval } from '../../../domain/calendar/bucket';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { addDays, daysBetween, formatDate, formatMonth, formatDateRange, formatShortDate } from '../format/dates';
import { formatCounted } from '../format/numbers';

/** Local dates, both included. */
export interface Bucket {
  readonly start: string;
  readonly end: string;
}

export type ReportRange = AccelerateReport['range'];

/** Of which range a bucket is. */
interface Ranged {
  readonly range: Omit<ReportRange, 'timezone'>;
}

/** Under a bar: "3 Nov" for a day or a week, "Nov 2026" for a month. */
export function formatBucketLabel(bucket: Bucket, interval: Interval): string {
  return interval === 'month' ? formatMonth(bucket.start) : formatShortDate(bucket.start);
}

/** First cell of a row: the dates in full, and whether the bucket is cut or still running. */
export function formatBucketName(bucket: Bucket, report: Ranged, today: string): string {
  const name = bucket.start === bucket.end ? formatDate(bucket.start) : formatDateRange(bucket.start, bucket.end);
  if (isUnfinished(bucket, today)) {
    return `${name}, not finished`;
  }
  return isCut(bucket, report) ? `${name}, part of a ${report.range.interval}` : name;
}

/** The bucket of today goes on until midnight; later ones have not begun. */
function isUnfinished(bucket: Bucket, today: string): boolean {
  return bucket.end >= today;
}

/** Position of the first bucket that is not finished; `null` when all are. */
export function findUnfinished(buckets: readonly Bucket[], today: string): number | null {
  const index = buckets.findIndex((bucket) => isUnfinished(bucket, today));
  return index === -1 ? null : index;
}

function isCut(bucket: Bucket, report: Ranged): boolean {
  const { interval, from, to } = report.range;
  if (interval === 'week') {
    return addDays(bucket.start, 6) !== bucket.end;
  }
  if (interval === 'month') {
    const isFirstDay = bucket.start.endsWith('-01');
    const isLastDay = addDays(bucket.end, 1).endsWith('-01');
    return (bucket.start === from && !isFirstDay) || (bucket.end === to && !isLastDay);
  }
  return false;
}

/** What is said under a bucket that is shorter than the others, and how much of it there is; nothing of a whole one. */
export function describePart(bucket: Bucket, report: Ranged, today: string): { remark?: string; part?: number } {
  const isNow = bucket.start <= today && isUnfinished(bucket, today);
  if (!isNow && !isCut(bucket, report)) {
    return {};
  }
  const days = daysBetween(bucket.start, bucket.end) + 1;
  const part = Math.min(1, days / countWholeDays(bucket, report.range.interval));
  const remark = isNow ? 'not over' : formatCounted(days, 'day');
  return part < 1 ? { remark, part: Number(part.toFixed(3)) } : { remark };
}

function countWholeDays({ start }: Bucket, interval: Interval): number {
  const [year = 0, month = 1] = start.split('-').map(Number);
  return { day: 1, week: 7, month: new Date(Date.UTC(year, month, 0)).getUTCDate() }[interval];
}

/** "per week" or the like, for the sentence of a chart. */
export function formatEach(interval: Interval): string {
  return { day: 'each day', week: 'each week', month: 'each month' }[interval];
}

/** Buckets averaged by the rolling mean: a week of days, a month of weeks, a quarter of months. */
export const rollingSpans: Record<Interval, number> = { day: 7, week: 4, month: 3 };

/** "4 weeks". */
export function formatSpan(interval: Interval): string {
  return formatCounted(rollingSpans[interval], interval);
}
