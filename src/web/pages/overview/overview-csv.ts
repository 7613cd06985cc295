import { stringify } from 'csv-stringify/sync';
import type { AccelerateReport, Bucket } from '../metrics/accelerate-report';
import type { SystemReport } from './systems-table';

/** RFC 4180, numbers unrounded, seconds and shares; cells that a spreadsheet would run are made safe. */
function toCsv(records: readonly Record<string, unknown>[]): string {
  return stringify([...records], { header: true, record_delimiter: 'windows', escape_formulas: true });
}

/** A row for each bucket with the figures of all five metrics. */
export function toMetricsCsv(report: AccelerateReport): string {
  return toCsv(
    report.deployment_frequency.series.map((bucket, index) => ({
      start: bucket.start,
      end: bucket.end,
      ...toFigures(report, index),
    })),
  );
}

/** A row for each repository with the figures of the whole range. */
export function toSystemsCsv(rows: readonly SystemReport[]): string {
  return toCsv(
    rows.map(({ system, report }) => ({
      system_uuid: system.uuid,
      system_slug: system.slug,
      system_name: system.name,
      ...toFigures(report, null),
    })),
  );
}

type Cells = Record<string, number | null | undefined>;

function toFigures(report: AccelerateReport, index: number | null): Cells {
  return { ...toSpeed(report, index), ...toStability(report, index) };
}

function toSpeed(report: AccelerateReport, index: number | null): Cells {
  const frequency = pick(report.deployment_frequency, index);
  const leadTime = pick(report.lead_time_for_changes, index);
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

function toStability(report: AccelerateReport, index: number | null): Cells {
  const failure = pick(report.change_failure_rate, index);
  const rework = pick(report.rework_rate, index);
  return {
    change_failure_rate: failure.value,
    failed_deployments: failure.failed,
    ...toRecovery(report, index),
    rework_rate: rework.value,
    rework_deployments: rework.rework,
  };
}

function toRecovery(report: AccelerateReport, index: number | null): Cells {
  const recovery = pick(report.time_to_recover, index);
  return {
    time_to_recover_seconds: recovery.value,
    time_to_recover_mean_seconds: recovery.mean,
    incidents: recovery.n,
    incidents_unresolved: recovery.unresolved,
    incidents_excluded: recovery.excluded,
  };
}

/** The figures of the whole range, or those of one bucket. */
function pick<Figures>(
  metric: Figures & { readonly series: readonly (Figures & Bucket)[] },
  index: number | null,
): Partial<Figures> {
  return index === null ? metric : (metric.series[index] ?? {});
}
