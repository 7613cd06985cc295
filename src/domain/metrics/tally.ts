import type { DayNumber } from '../calendar/civil-day';
import type { Percentiles } from './statistics';

/** Seconds, or counts where they are of counts. */
export interface Durations extends Percentiles {
  /** `null` of none. */
  readonly mean: number | null;
}

/**
 * The deployments of a range or a bucket that pass the filters, and the incidents that began in it and blame one that
 * passes, counted: whatever the Accelerate metrics are formulas over.
 */
export interface DeliveryTally {
  readonly deployments: number;
  /** Deployments whose changes could not be read as they were deployed. */
  readonly incomplete: number;
  /** Deployments that at least one incident blames, whenever that happened. */
  readonly failed: number;
  /** Deployments that are the fix of an incident, linked or not. */
  readonly rework: number;
  /** From a change to its deployment, of every pair of the two. */
  readonly leadTimes: Percentiles;
  /** Pairs whose change is dated after its deployment. */
  readonly excludedChanges: number;
  /** From the beginning of an incident to its resolution: of those that are linked and resolved. */
  readonly recoveries: Durations;
  /** Linked incidents that go on. */
  readonly unresolved: number;
  /** Linked incidents that are dated after their resolution. */
  readonly excludedIncidents: number;
  /** The local days with a deployment, ascending; only of a range, whose level depends on them. */
  listDays(): readonly DayNumber[];
}
