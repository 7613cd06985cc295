import { deliveryMetricKeys, deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatCsv } from '../../../reporting/csv/csv';
import type { SystemReport, TeamReport } from '../../../reporting/delivery/compute-accelerate';
import { findMovement } from '../../presentation/metrics/change';
import { findNoComparison } from '../../presentation/metrics/change-words';
import { readMember } from '../../presentation/metrics/delivery-chart';
import type { PerGroup } from './group-table';

const metricColumns = deliveryMetricKeys.flatMap((key) => {
  const { columnNames }: DeliveryMetric = deliveryMetrics[key];
  return columnNames.map(([member, column]) => ({ key, member, column }));
});
/** Of each metric the value before, how far it is from there, and what that says. */
const changeColumns = deliveryMetricKeys.map((key) => {
  const { columnNames }: DeliveryMetric = deliveryMetrics[key];
  const [, name] = columnNames.find(([member]) => member === 'value') ?? ['value', key];
  return { key, before: `${name}_before`, change: `${name}_change`, movement: `${name}_movement` };
});
const columns = [
  ...metricColumns.map(({ column }) => column),
  ...changeColumns.flatMap(({ before, change, movement }) => [before, change, movement]),
];

/** A row for each repository with the figures of the whole range, and how they moved. */
export function formatSystemReportsCsv({ now, before }: PerGroup<SystemReport>): string {
  const earlier = new Map(before.map(({ system, report }) => [system.uuid, report]));
  return formatCsv(
    ['system_uuid', 'system_slug', 'system_name', ...columns],
    now.map(({ system, report }) => ({
      ...{ system_uuid: system.uuid, system_slug: system.slug, system_name: system.name },
      ...toFigures(report, earlier.get(system.uuid)),
    })),
  );
}

/** The same for each team. */
export function formatTeamReportsCsv({ now, before }: PerGroup<TeamReport>): string {
  const earlier = new Map(before.map(({ team, report }) => [team.slug, report]));
  return formatCsv(
    ['team_slug', 'team_name', ...columns],
    now.map(({ team, report }) => ({
      ...{ team_slug: team.slug, team_name: team.name },
      ...toFigures(report, earlier.get(team.slug)),
    })),
  );
}

function toFigures(report: AccelerateReport, before: AccelerateReport | undefined) {
  const figures = metricColumns.map(({ key, member, column }) => [column, readMember(report[key], member)] as const);
  const changes = changeColumns.flatMap((names) => {
    const told = tellChange(names.key, report, before);
    return [
      [names.before, told.before] as const,
      [names.change, told.change] as const,
      [names.movement, told.movement] as const,
    ];
  });
  return Object.fromEntries<string | number | null>([...figures, ...changes]);
}

function tellChange(key: DeliveryMetricKey, now: AccelerateReport, before: AccelerateReport | undefined) {
  if (before === undefined || findNoComparison(before) !== null) return { before: null, change: null, movement: null };
  const [value, earlier] = [now[key].value, before[key].value];
  return {
    before: earlier,
    change: value === null || earlier === null ? null : value - earlier,
    movement: findMovement(key, now, before),
  };
}
