import { pickDurationScale, toDuration } from '../words/durations';
import { unknown } from '../words/numbers';
import type { AccelerateReport, Bucket } from '../metrics/accelerate-report';
import { findUnfinished, toBucketLabel } from './buckets';
import { roundForDrawing, type ChartDrawing, type ChartSeries } from './chart-drawing';

interface DurationLine {
  readonly name: string;
  readonly seconds: readonly (number | null)[];
  readonly isDashed: boolean;
}

/** Lines of durations over the buckets, in one unit, with gaps where there is no data. */
export function toDurationDrawing(
  report: AccelerateReport,
  lines: readonly DurationLine[],
  { buckets, today }: { buckets: readonly Bucket[]; today: string },
): ChartDrawing {
  const scale = pickDurationScale(lines.flatMap((line) => line.seconds));
  const toSeries = (line: DurationLine): ChartSeries => ({
    name: line.name,
    kind: 'line',
    isDashed: line.isDashed,
    shape: line.isDashed ? 'triangle' : 'circle',
    values: line.seconds.map((value) => roundForDrawing(value === null ? null : value / scale.seconds)),
    texts: line.seconds.map(toDurationCell),
  });
  return {
    unit: scale.unit,
    labels: buckets.map((bucket) => toBucketLabel(bucket, report.range.interval)),
    unfinished: findUnfinished(buckets, today),
    series: lines.map(toSeries),
  };
}

/** A duration in a table: `—` where a bucket has none. */
export function toDurationCell(seconds: number | null): string {
  return seconds === null ? unknown : toDuration(seconds);
}

/** "3 h shorter". */
export function describeDurationChange(now: number, before: number): string {
  return `${toDuration(Math.abs(now - before))} ${now > before ? 'longer' : 'shorter'}`;
}
