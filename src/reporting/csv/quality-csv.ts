import type { DataQualityReport } from '../answers/data-quality';
import { formatCsv } from './csv';

const columns = ['system_uuid', 'system_slug', 'system_name', 'deployments', 'unknown_commits'];

/** A row for each repository with deployments, most unknown ones first. */
export function formatDataQualityCsv({ systems }: Pick<DataQualityReport, 'systems'>): string {
  return formatCsv(
    columns,
    systems.map(({ uuid, slug, name, deployments, unknown_commits }) => [
      uuid,
      slug,
      name,
      deployments,
      unknown_commits,
    ]),
  );
}
