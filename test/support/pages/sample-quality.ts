import type { AccelerateReport } from '../../../src/reporting/answers/accelerate';
import type { DataQualityReport } from '../../../src/reporting/answers/data-quality';
import { sampleSystem } from './sample-overview';

/** How sure the numbers of a report are: of three deployments the commits are not known. */
export function buildDataQuality(
  { workspace, range, completeness, deployment_frequency }: AccelerateReport,
  change: Partial<DataQualityReport> = {},
): DataQualityReport {
  const { deployments } = deployment_frequency;
  const { uuid, slug, name } = sampleSystem;
  const unknown = Math.min(3, deployments);
  return {
    workspace,
    range,
    deployments,
    commits: {
      known: deployments - unknown,
      not_read_yet: 0,
      refused: Math.min(1, unknown),
      not_listed: Math.max(0, unknown - 1),
    },
    merged: deployments,
    undated_merges: 0,
    sizes: { known: deployments, unknown: 0 },
    teams: {
      as_of_merge: deployments,
      as_of_import: 0,
      groups_read_at: '2026-11-18T10:00:00.000Z',
      groups_problem: null,
    },
    deployments_from_merges: deployments,
    corrections: 0,
    last_notice_at: '2026-11-18T10:15:00.000Z',
    repaired_in_30_days: 2,
    systems: deployments === 0 ? [] : [{ uuid, slug, name, deployments, unknown_commits: unknown }],
    completeness: {
      imported_since: completeness.imported_since,
      importing: completeness.importing,
      verified_at: completeness.verified_at,
    },
    ...change,
  };
}
