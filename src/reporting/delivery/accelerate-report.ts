import type { Interval } from '../../domain/calendar/bucket';
import type { LocalDate } from '../../domain/calendar/civil-day';
import type { Accelerate, AccelerateQuestion } from '../../domain/metrics/accelerate';
import type { PerformanceLevel } from '../../domain/metrics/levels';
import type { LevelTable } from '../../domain/settings/workspace-settings';
import type { Completeness, WorkspaceName } from '../version/completeness';

/** The answer of `GET /api/v1/metrics/accelerate` (docs/contract.md, 4.1): seconds, shares 0 to 1, unknown is `null`. */
export interface AccelerateReport {
  readonly workspace: WorkspaceName;
  readonly range: {
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly timezone: string;
    readonly interval: Interval;
  };
  readonly deployment_frequency: Accelerate['deploymentFrequency'];
  readonly lead_time_for_changes: Accelerate['leadTimeForChanges'];
  readonly change_failure_rate: Accelerate['changeFailureRate'];
  readonly time_to_recover: Accelerate['timeToRecover'];
  readonly rework_rate: Accelerate['reworkRate'];
  readonly level: { readonly table: LevelTable; readonly overall: PerformanceLevel | null };
  readonly completeness: Completeness & {
    /** Under the filters. */
    readonly incomplete_deployments: number;
    /** Merged pull requests that nobody can date, under the filters of systems and teams: they count in no number. */
    readonly undated_merges: number;
  };
}

export interface ReportMaterial {
  readonly workspace: WorkspaceName;
  readonly question: AccelerateQuestion;
  /** The interval asked for, also where no series was. */
  readonly interval: Interval;
  readonly accelerate: Accelerate;
  readonly completeness: Completeness;
  readonly undatedMerges: number;
}

export function toAccelerateReport(material: ReportMaterial): AccelerateReport {
  const { workspace, accelerate, question } = material;
  const { from, to, timezone } = question.range;
  const { imported_since, importing, verified_at } = material.completeness;
  return {
    workspace,
    range: { from, to, timezone, interval: material.interval },
    deployment_frequency: accelerate.deploymentFrequency,
    lead_time_for_changes: accelerate.leadTimeForChanges,
    change_failure_rate: accelerate.changeFailureRate,
    time_to_recover: accelerate.timeToRecover,
    rework_rate: accelerate.reworkRate,
    level: { table: question.table, overall: accelerate.overall },
    completeness: {
      imported_since,
      importing,
      incomplete_deployments: accelerate.incompleteDeployments,
      undated_merges: material.undatedMerges,
      verified_at,
    },
  };
}
