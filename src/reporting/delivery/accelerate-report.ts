import type { Interval } from '../../domain/calendar/bucket';
import type { Accelerate, AccelerateQuestion } from '../../domain/metrics/accelerate';
import type { AccelerateReport } from '../answers/accelerate';
import type { Completeness, WorkspaceName } from '../version/completeness';

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
    ...accelerate.metrics,
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
