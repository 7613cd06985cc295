import type { Interval } from '../calendar/bucket';
import type { DateRange } from '../calendar/date-range';
import type { LevelTable } from '../settings/workspace-settings';
import { deliveryMetrics, mapDeliveryMetrics, type DeliveryMetrics } from './catalogue';
import { findOverallLevel, type PerformanceLevel } from './levels';
import type { DeliveryMetric, Figures } from './metric';
import { toOverTime, type OverTime, type Measured } from './over-time';
import type { DeliveryTally } from './tally';

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
type MetricOverTime<Metric extends DeliveryMetric> = OverTime<Figures<Metric['members']>> &
  ('findLevel' extends keyof Metric ? { readonly level: PerformanceLevel | null } : unknown);

export interface Accelerate {
  readonly metrics: { readonly [Key in keyof DeliveryMetrics]: MetricOverTime<DeliveryMetrics[Key]> };
  /** The lowest level present. */
  readonly overall: PerformanceLevel | null;
  /** Deployments whose changes could not be read as they were merged. */
  readonly incompleteDeployments: number;
}

/** Every metric by its formula over what was counted, with its levels (docs/definitions.md, 5). */
export function measureDelivery(
  measured: Measured<DeliveryTally>,
  { range, table }: Pick<AccelerateQuestion, 'range' | 'table'>,
): Accelerate {
  const { whole } = measured;
  const found = mapDeliveryMetrics((key) => {
    const metric: DeliveryMetric = deliveryMetrics[key];
    const figures = toOverTime((tally: DeliveryTally, over) => metric.compute(tally, over), measured);
    return { figures, level: metric.findLevel?.(figures, { table, range, tally: whole.tally }) };
  });
  const metrics = mapDeliveryMetrics((key) => {
    const { figures, level } = found[key];
    return level === undefined ? figures : { ...figures, level };
  });
  return {
    // Each entry is what its own metric computed, which the types of a loop over all of them cannot say.
    metrics: metrics as unknown as Accelerate['metrics'],
    overall: findOverallLevel(Object.values(found).map(({ level }) => level ?? null)),
    incompleteDeployments: whole.tally.incomplete,
  };
}
