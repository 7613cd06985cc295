import { deliveryMetricKeys, deliveryMetrics } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import { formatCsv } from '../../../reporting/csv/csv';
import { readMember } from '../../presentation/metrics/delivery-chart';
import type { SystemReport } from './systems-table';

const metricColumns = deliveryMetricKeys.flatMap((key) => {
  const { columnNames }: DeliveryMetric = deliveryMetrics[key];
  return columnNames.map(([member, column]) => ({ key, member, column }));
});
const columns = ['system_uuid', 'system_slug', 'system_name', ...metricColumns.map(({ column }) => column)];

/** A row for each repository with the figures of the whole range. */
export function formatSystemReportsCsv(rows: readonly SystemReport[]): string {
  return formatCsv(
    columns,
    rows.map(({ system, report }) => ({
      ...{ system_uuid: system.uuid, system_slug: system.slug, system_name: system.name },
      ...Object.fromEntries(metricColumns.map(({ key, member, column }) => [column, readMember(report[key], member)])),
    })),
  );
}
