import { z } from 'zod';
import type { Accelerate } from '../../domain/metrics/accelerate';
import { deliveryMetrics, mapDeliveryMetrics } from '../../domain/metrics/catalogue';
import type { DeliveryMetric, Unit } from '../../domain/metrics/metric';
import {
  completeness,
  count,
  date,
  level,
  range,
  seconds,
  share,
  table,
  undatedMerges,
  workspace,
  type Answer,
} from './parts';

const units: Readonly<Record<Unit, z.ZodType>> = {
  seconds,
  share,
  count,
  'per day': z.number().min(0).meta({ description: 'A day.' }),
};

type MetricAnswers = { [Key in keyof Accelerate['metrics']]: z.ZodType<Accelerate['metrics'][Key]> };

/** A metric: its members over the range, a level where it has one, and the same members for every bucket. */
function describeMetric(metric: DeliveryMetric): z.ZodType {
  const shape = Object.fromEntries(Object.entries(metric.members).map(([name, unit]) => [name, units[unit]]));
  const series = z.array(z.object({ start: date, end: date, ...shape }));
  return z.object({ ...shape, ...('findLevel' in metric ? { level } : {}), series });
}

/** `GET /api/v1/metrics/accelerate` (docs/contract.md, 4.1). */
export const accelerateReport = z.object({
  workspace,
  range,
  // The members are those that the catalogue's types have, which an object made in a loop cannot say.
  ...(mapDeliveryMetrics((key) => describeMetric(deliveryMetrics[key])) as unknown as MetricAnswers),
  level: z.object({ table, overall: level }),
  completeness: completeness.extend({ incomplete_deployments: count, undated_merges: undatedMerges }),
});
export type AccelerateReport = Answer<typeof accelerateReport>;
