import type { ReviewMetricKey } from '../reviews/review-metrics';
import type { TimeZone } from '../calendar/time-zone';
import type { Instant } from '../instant';
import type { Phase } from '../reviews/phase';
import type { Names } from './names';
import type { Narrow } from './narrow';
import type { PackedColumn } from './packed-column';

/** One state of a workspace's merges, deployments and incidents: what every number is computed from. Never changed. */
export interface WorkspaceColumns {
  readonly names: Names;
  /** The zone whose days the deployments are cut into. */
  readonly timezone: TimeZone;
  /** Ascending; a month without merges may be missing. */
  readonly months: readonly MonthColumns[];
  /** By the number of the repository whose merge proves them. */
  readonly incidents: ReadonlyMap<number, SystemIncidents>;
}

/** The merges of one UTC month, and what they deployed. */
export interface MonthColumns {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Where the month begins: `at` of rows counts from here. */
  readonly startAt: Instant;
  readonly merges: MergeColumns;
  readonly deployments: DeploymentColumns;
}

/** Ascending by `at`, of several at one instant by id as text (`compareText` of `formatDeployId`). */
export interface Rows {
  readonly count: number;
  /** Milliseconds since the month began. */
  readonly at: Uint32Array;
  /** Numbers of `names.systems` and `names.teamSets`. */
  readonly system: Narrow;
  readonly teamSet: Narrow;
  /** Of the pull request in its repository; of a deployment its ordinal, which is the same. */
  readonly number: Narrow;
  /** 1: its commits could be read as they were merged. */
  readonly isComplete: Uint8Array;
}

/** Every merged pull request that counts, to whatever branch. */
export interface MergeColumns extends Rows {
  /** Milliseconds of durations, counts of sizes. */
  readonly metrics: Readonly<Record<ReviewMetricKey, PackedColumn>>;
  /** Milliseconds. */
  readonly phases: Readonly<Record<Phase, PackedColumn>>;
  readonly proofs: ProofColumns;
}

/** The merges that prove an incident: few. */
export interface ProofColumns {
  /** Rows of the merges, ascending. */
  readonly row: Uint32Array;
  /** Index in `incidentSources`. */
  readonly source: Uint8Array;
  /** 0: none. */
  readonly revertedNumber: Uint32Array;
  readonly startedAt: Float64Array;
}

export interface DeploymentColumns extends Rows {
  /** Changes of each row that are dated before it or with it, and those dated after it. */
  readonly changeCount: Narrow;
  readonly excludedCount: Narrow;
  readonly days: CutDays;
}

/** Days of which the lead times of each row are known. */
export interface CutDays extends DayRuns {
  /**
   * Row by row, as many of each as its `changeCount`: at which place its lead times stand among those of its day, counted
   * from 0.
   */
  readonly leadPlace: Narrow;
}

/** Rows by local days; a day that a border of the month cuts is a part in either month. */
export interface DayRuns {
  /** The beginning of each day in order, also where it lies before the month; days without rows are left out. */
  readonly startAt: Float64Array;
  /** Rows of day `d`: `rowStart[d] … rowStart[d + 1] - 1`; the last entry is the count of rows. */
  readonly rowStart: Uint32Array;
  /** Rows of each day whose commits could not be read as they were merged. */
  readonly incomplete: Narrow;
  /** Changes of each day that are dated after their deployment. */
  readonly excluded: Narrow;
  /** Lead times of day `d`: `leadTimes[leadStart[d] … leadStart[d + 1] - 1]`, milliseconds, ascending within the day. */
  readonly leadStart: Uint32Array;
  readonly leadTimes: PackedColumn;
}

/**
 * The incidents that the merges of one repository prove, in the order of their creation, then by id as text. What they
 * are blamed on may lie in another repository, where somebody has linked it. Whatever a correction takes back is not
 * there.
 */
export interface SystemIncidents {
  readonly count: number;
  /** Its incidents are named by the pull request that ended them. */
  readonly number: Uint32Array;
  readonly createdAt: Float64Array;
  /** NaN: unresolved. */
  readonly resolvedAt: Float64Array;
  /** Index in `incidentSources`. */
  readonly source: Uint8Array;
  readonly blamed: DeploymentReferences;
  /** The deployment that fixed it. */
  readonly fix: DeploymentReferences;
}

/** Deployments that may lie in any month, with what filters ask of them. */
export interface DeploymentReferences {
  /** 0: there is none. */
  readonly number: Uint32Array;
  /** The rest is 0 where there is none; `at` is NaN where a correction leaves the deployment out, which keeps its name. */
  readonly system: Uint32Array;
  readonly teamSet: Uint32Array;
  readonly at: Float64Array;
}
