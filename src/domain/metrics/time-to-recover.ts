import { secondsBetween } from '../instant';
import { unlinked, type IncidentColumns } from './columns/delivery-columns';
import { toMean, toPercentile } from './statistics';

export interface TimeToRecover {
  /** Median in seconds. */
  readonly value: number | null;
  /** In seconds. */
  readonly mean: number | null;
  /** Linked, resolved incidents. */
  readonly n: number;
  /** Linked incidents that go on. */
  readonly unresolved: number;
  /** Linked incidents left out because they are dated after their resolution. */
  readonly excluded: number;
}

/**
 * Median over linked, resolved incidents created in the range of `time_resolved − time_created`, in seconds
 * (docs/definitions.md, 5.1; dora.dev "failed deployment recovery time"). Unlinked incidents count nowhere here.
 */
export function toTimeToRecover(rows: Uint32Array, incidents: IncidentColumns): TimeToRecover {
  const linked = rows.filter((row) => incidents.deployment[row] !== unlinked);
  const durations = Float64Array.from(linked, (row) =>
    secondsBetween(incidents.createdAt[row] ?? Number.NaN, incidents.resolvedAt[row] ?? Number.NaN),
  );
  const unresolved = durations.filter((seconds) => Number.isNaN(seconds)).length;
  const sorted = durations.filter((seconds) => seconds >= 0).sort();
  return {
    value: toPercentile(sorted, 0.5),
    mean: toMean(sorted),
    n: sorted.length,
    unresolved,
    excluded: durations.length - unresolved - sorted.length,
  };
}
