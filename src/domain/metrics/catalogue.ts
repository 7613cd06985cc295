import { changeFailureRate } from './change-failure-rate';
import { deploymentFrequency } from './deployment-frequency';
import { leadTimeForChanges } from './lead-time-for-changes';
import { reworkRate } from './rework-rate';
import { timeToRecover } from './time-to-recover';

/** The Accelerate metrics by their names in answers, in the order of the pages: speed first, then stability. */
export const deliveryMetrics = {
  deployment_frequency: deploymentFrequency,
  lead_time_for_changes: leadTimeForChanges,
  change_failure_rate: changeFailureRate,
  time_to_recover: timeToRecover,
  rework_rate: reworkRate,
} as const;

export type DeliveryMetrics = typeof deliveryMetrics;
export type DeliveryMetricKey = keyof DeliveryMetrics;

export const deliveryMetricKeys = Object.keys(deliveryMetrics) as DeliveryMetricKey[];

/** A value for each Accelerate metric. */
export function mapDeliveryMetrics<T>(toValue: (key: DeliveryMetricKey) => T): Record<DeliveryMetricKey, T> {
  return Object.fromEntries(deliveryMetricKeys.map((key) => [key, toValue(key)])) as Record<DeliveryMetricKey, T>;
}
