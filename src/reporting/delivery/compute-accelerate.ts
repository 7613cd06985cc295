import { toDateRange } from '../../domain/calendar/date-range';
import { computeAccelerate as computeMetrics } from '../../domain/metrics/columns/compute-accelerate';
import type { AccelerateReport } from '../answers/accelerate';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';

/** The delivery metrics under a filter, with a series of `interval`; `null`: without. */
export function computeAccelerate(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  interval: VisibleFilter['interval'] | null = filter.interval,
): AccelerateReport {
  const facts = pickFacts(version, filter);
  const { from, to, systems, teams } = filter;
  const { timezone, levels: table } = facts.settings;
  const range = toDateRange({ from, to, timezone });
  const accelerate = computeMetrics(facts.columns, { range, interval, systems, teams, table });
  const { imported_since, importing, verified_at } = toCompleteness(version);
  return {
    workspace: toWorkspaceName(version),
    range: { from, to, timezone, interval: filter.interval },
    ...accelerate.metrics,
    level: { table, overall: accelerate.overall },
    completeness: {
      imported_since,
      importing,
      incomplete_deployments: accelerate.incompleteDeployments,
      undated_merges: countUndatedMerges(version.known, filter),
      verified_at,
    },
  };
}
