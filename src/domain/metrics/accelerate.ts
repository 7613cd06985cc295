import { cutIntoBuckets, type Interval } from '../calendar/bucket';
import type { DateRange } from '../calendar/date-range';
import type { LevelTable } from '../settings/workspace-settings';
import { deliveryMetrics, mapDeliveryMetrics, type DeliveryMetrics } from './catalogue';
import type { DeliveryColumns } from './columns/delivery-columns';
import { selectDeployments, selectIncidents } from './columns/select-deliveries';
import { toOverTime, type OverTime } from './columns/over-time';
import { sliceByBucket } from './columns/select-rows';
import { findOverallLevel, type PerformanceLevel } from './levels';
import type { DeliveryMetric, Figures } from './metric';

/** What is asked: a range cut by an interval, filters as of a `RowSelection` and the table of levels. */
export interface AccelerateQuestion {
  readonly range: DateRange;
  /** `null`: no series. */
  readonly interval: Interval | null;
  /** Repository uuids with braces. */
  readonly systems: readonly string[] | null;
  /** Slugs. */
  readonly teams: readonly string[];
  readonly table: LevelTable;
}

/**
 * A metric over the range and its buckets; `level` where it has levels, `null` without a value or with too few to tell.
 */
type Measured<Metric extends DeliveryMetric> = OverTime<Figures<Metric['members']>> &
  ('findLevel' extends keyof Metric ? { readonly level: PerformanceLevel | null } : unknown);

export interface Accelerate {
  readonly metrics: { readonly [Key in keyof DeliveryMetrics]: Measured<DeliveryMetrics[Key]> };
  /** The lowest level present. */
  readonly overall: PerformanceLevel | null;
  /** Deployments whose changes could not be read as they were merged. */
  readonly incompleteDeployments: number;
}

/** The Accelerate metrics of a workspace under filters (docs/definitions.md, 5). */
export function computeAccelerate(columns: DeliveryColumns, question: AccelerateQuestion): Accelerate {
  const { range, table, interval } = question;
  const selection = { ...question, startAt: range.startAt, endAt: range.endAt };
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const toMeasured = (rows: Uint32Array, at: Float64Array) => ({
    ...{ range, rows, buckets },
    slices: sliceByBucket(rows, at, buckets),
  });
  const deployments = toMeasured(selectDeployments(columns, selection), columns.deployments.createdAt);
  const incidents = toMeasured(selectIncidents(columns, selection), columns.incidents.createdAt);
  const found = mapDeliveryMetrics((key) => {
    const metric: DeliveryMetric = deliveryMetrics[key];
    const measured = metric.rows === 'deployments' ? deployments : incidents;
    const figures = toOverTime((rows, over) => metric.compute(rows, columns, over), measured);
    return { figures, level: metric.findLevel?.(figures, { table, range, columns, rows: measured.rows }) };
  });
  const metrics = mapDeliveryMetrics((key) => {
    const { figures, level } = found[key];
    return level === undefined ? figures : { ...figures, level };
  });
  return {
    // Each entry is what its own metric computed, which the types of a loop over all of them cannot say.
    metrics: metrics as unknown as Accelerate['metrics'],
    overall: findOverallLevel(Object.values(found).map(({ level }) => level ?? null)),
    incompleteDeployments: deployments.rows.filter((row) => columns.deployments.isComplete[row] === 0).length,
  };
}
