import { cutIntoBuckets, type Interval } from '../calendar/bucket';
import type { DateRange } from '../calendar/date-range';
import type { LevelTable } from '../settings/workspace-settings';
import { toChangeFailureRate, type ChangeFailureRate } from './change-failure-rate';
import type { DeliveryColumns } from './columns/delivery-columns';
import { selectDeployments, selectIncidents } from './columns/delivery-selection';
import { findFrequencyLevel, toDeploymentFrequency, type DeploymentFrequency } from './deployment-frequency';
import { toLeadTimeForChanges, type LeadTimeForChanges } from './lead-time-for-changes';
import { toFailureLevel, toLeadTimeLevel, toOverallLevel, toRecoveryLevel, type PerformanceLevel } from './levels';
import { toReworkRate, type ReworkRate } from './rework-rate';
import { toOverTime, type Measure, type OverTime } from './columns/over-time';
import { sliceByBucket } from './columns/select-rows';
import { toTimeToRecover, type TimeToRecover } from './time-to-recover';

/** What is asked: a range cut by an interval, filters (an empty list filters nothing) and the table of levels. */
export interface AccelerateQuestion {
  readonly range: DateRange;
  /** `null`: no series. */
  readonly interval: Interval | null;
  /** Repository uuids with braces. */
  readonly systems: readonly string[];
  /** Slugs. */
  readonly teams: readonly string[];
  readonly table: LevelTable;
}

/** `null`: no value, or too few to tell. */
export interface Levelled {
  readonly level: PerformanceLevel | null;
}

export interface Accelerate {
  readonly deploymentFrequency: OverTime<DeploymentFrequency> & Levelled;
  readonly leadTimeForChanges: OverTime<LeadTimeForChanges> & Levelled;
  readonly changeFailureRate: OverTime<ChangeFailureRate> & Levelled;
  readonly timeToRecover: OverTime<TimeToRecover> & Levelled;
  readonly reworkRate: OverTime<ReworkRate>;
  /** The lowest level present. */
  readonly overall: PerformanceLevel | null;
  /** Deployments whose changes could not be read as they were merged. */
  readonly incompleteDeployments: number;
}

/** The five Accelerate metrics of a workspace under filters (docs/definitions.md, 5). */
export function computeAccelerate(columns: DeliveryColumns, question: AccelerateQuestion): Accelerate {
  const { range, table } = question;
  const { deployments, incidents } = columns;
  const selection = { ...question, startAt: range.startAt, endAt: range.endAt };
  const deployed = selectDeployments(columns, selection);
  const happened = selectIncidents(columns, selection);
  const buckets = question.interval === null ? [] : cutIntoBuckets(range, question.interval);
  const overDeployments = <T extends object>(measure: Measure<T>): OverTime<T> =>
    toOverTime(measure, {
      range,
      rows: deployed,
      buckets,
      slices: sliceByBucket(deployed, deployments.createdAt, buckets),
    });

  const frequency = overDeployments(toDeploymentFrequency);
  const leadTime = overDeployments((rows) => toLeadTimeForChanges(rows, deployments));
  const failureRate = overDeployments((rows) => toChangeFailureRate(rows, deployments));
  const recovery = toOverTime((rows) => toTimeToRecover(rows, incidents), {
    range,
    rows: happened,
    buckets,
    slices: sliceByBucket(happened, incidents.createdAt, buckets),
  });
  const levels = {
    deploymentFrequency: findFrequencyLevel(
      Float64Array.from(deployed, (row) => deployments.createdAt[row] ?? 0),
      range,
      table,
    ),
    leadTimeForChanges: toLeadTimeLevel(table, leadTime),
    changeFailureRate: toFailureLevel(table, failureRate),
    timeToRecover: toRecoveryLevel(table, recovery),
  };
  return {
    deploymentFrequency: { ...frequency, level: levels.deploymentFrequency },
    leadTimeForChanges: { ...leadTime, level: levels.leadTimeForChanges },
    changeFailureRate: { ...failureRate, level: levels.changeFailureRate },
    timeToRecover: { ...recovery, level: levels.timeToRecover },
    reworkRate: overDeployments((rows) => toReworkRate(rows, deployments)),
    overall: toOverallLevel(Object.values(levels)),
    incompleteDeployments: deployed.filter((row) => deployments.isComplete[row] === 0).length,
  };
}
