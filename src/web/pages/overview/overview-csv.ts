import { stringify } from 'csv-stringify/sync';
import type { AccelerateReport } from '../../presentation/charts/accelerate-report';
import type { SystemReport } from './systems-table';

/** RFC 4180, numbers unrounded, seconds and shares; cells that a spreadsheet would run are made safe. */
function toCsv(records: readonly Record<string, unknown>[]): string {
  return stringify([...records], { header: true, record_delimiter: 'windows', escape_formulas: true });
}

/** A row for each repository with the figures of the whole range. */
export function toSystemReportsCsv(rows: readonly SystemReport[]): string {
  return toCsv(
    rows.map(({ system, report }) => ({
      system_uuid: system.uuid,
      system_slug: system.slug,
      system_name: system.name,
      ...toSpeed(report),
      ...toStability(report),
    })),
  );
}

type Cells = Record<string, number | null>;

function toSpeed(report: AccelerateReport): Cells {
  const frequency = report.deployment_frequency;
  const leadTime = report.lead_time_for_changes;
  return {
    deployments: frequency.deployments,
    days: frequency.days,
    deployments_per_day: frequency.value,
    lead_time_seconds: leadTime.value,
    lead_time_p75_seconds: leadTime.p75,
    lead_time_p95_seconds: leadTime.p95,
    changes: leadTime.n,
    changes_excluded: leadTime.excluded,
  };
}

function toStability(report: AccelerateReport): Cells {
  const failure = report.change_failure_rate;
  const rework = report.rework_rate;
  return {
    change_failure_rate: failure.value,
    failed_deployments: failure.failed,
    ...toRecovery(report),
    rework_rate: rework.value,
    rework_deployments: rework.rework,
  };
}

function toRecovery(report: AccelerateReport): Cells {
  const recovery = report.time_to_recover;
  return {
    time_to_recover_seconds: recovery.value,
    time_to_recover_mean_seconds: recovery.mean,
    incidents: recovery.n,
    incidents_unresolved: recovery.unresolved,
    incidents_excluded: recovery.excluded,
  };
}
