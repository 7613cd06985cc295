import { stringify } from 'csv-stringify/sync';
import type { PerformanceLevel } from '../../domain/metrics/levels';
import type { Movement } from '../../domain/metrics/movement';
import type { AccelerateReport } from '../delivery/accelerate-report';
import type { DeploymentItem, IncidentItem } from '../delivery/delivery-rows';
import type { TeamItem } from '../settings/team-items';
import type { SystemItem } from '../version/system-directory';

type Cell = string | number | boolean | null | undefined;

/**
 * RFC 4180 with a header; times in ISO 8601, durations in seconds, numbers unrounded, unknown empty. A cell that a
 * spreadsheet would run as a formula begins with an apostrophe.
 */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });
}

/** A row a deployment. Changes are given twice: how many, and each with its author date as `<hash>@<time>`. */
export function toDeploymentsCsv(items: readonly DeploymentItem[]): string {
  const columns = [
    'deploy_id',
    'system_uuid',
    'system_slug',
    'system_name',
    'time_created',
    'change_count',
    'changes',
    'teams',
    'teams_as_of',
    'source',
    'complete',
    'url',
  ];
  return toCsv(
    columns,
    items.map((item) => ({
      ...toFlat(item),
      change_count: item.changes.length,
      changes: item.changes.map((change) => `${change.change_id}@${change.time_created}`).join(' '),
      teams: item.teams.join(' '),
    })),
  );
}

/** A row an incident. */
export function toIncidentsCsv(items: readonly IncidentItem[]): string {
  const columns = [
    'incident_id',
    'system_uuid',
    'system_slug',
    'system_name',
    'time_created',
    'time_resolved',
    'source',
    'deploy_id',
    'fix_deploy_id',
    'url',
  ];
  return toCsv(columns, items.map(toFlat));
}

export function toSystemsCsv(items: readonly SystemItem[]): string {
  return toCsv(
    ['uuid', 'slug', 'name', 'url'],
    items.map((item) => ({ ...item })),
  );
}

export function toTeamsCsv(items: readonly TeamItem[]): string {
  return toCsv(
    ['slug', 'name', 'source', 'members', 'deleted'],
    items.map((item) => ({ ...item })),
  );
}

/**
 * A row a metric for the whole range, with its level, and behind it a row for each bucket. Where a value has no level
 * because it is made of too little, the note of the row says so.
 */
export function toAccelerateCsv(report: AccelerateReport): string {
  const columns = [
    'metric',
    'part',
    'start',
    'end',
    'value',
    'p75',
    'p95',
    'mean',
    'n',
    'excluded',
    'unresolved',
    'deployments',
    'days',
    'failed',
    'rework',
    'level',
    'note',
  ];
  const metrics = [
    ['deployment_frequency', report.deployment_frequency],
    ['lead_time_for_changes', report.lead_time_for_changes],
    ['change_failure_rate', report.change_failure_rate],
    ['time_to_recover', report.time_to_recover],
    ['rework_rate', report.rework_rate],
  ] as const;
  const { from, to, interval } = report.range;
  return toCsv(
    columns,
    metrics.flatMap(([metric, { series, ...whole }]) => [
      { ...whole, metric, part: 'range', start: from, end: to, note: toNote(metric, whole) },
      ...series.map((bucket) => ({ ...bucket, metric, part: interval })),
    ]),
  );
}

interface Whole {
  readonly value: number | null;
  /** Absent where a metric has no levels. */
  readonly level?: PerformanceLevel | null;
}

/** A frequency needs no more than one deployment for its level. */
function toNote(metric: string, { value, level }: Whole): Movement | null {
  const isTooFew = metric !== 'deployment_frequency' && level === null && value !== null;
  return isTooFew ? 'too few to tell' : null;
}

function toFlat<Item extends DeploymentItem | IncidentItem>({ system, ...item }: Item) {
  return { ...item, system_uuid: system.uuid, system_slug: system.slug, system_name: system.name };
}
