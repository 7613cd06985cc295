import type { Interval } from '../../domain/calendar/bucket';
import { toDateRange, type DateRange } from '../../domain/calendar/date-range';
import type { Accelerate } from '../../domain/metrics/accelerate';
import {
  computeAccelerate as computeMetrics,
  computeAccelerateBySystem as computeMetricsBySystem,
} from '../../domain/metrics/delivery/compute-accelerate';
import type { AccelerateReport } from '../answers/accelerate';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickCountedSystems, type PerSystem } from '../version/counted-systems';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** The delivery metrics under a filter, with a series. */
export function computeAccelerate(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  interval: Interval | null = filter.interval,
): AccelerateReport {
  const question = { ...toQuestion(version, filter), interval };
  return toReport(computeMetrics(pickColumns(version, filter), question), { version, filter });
}

/** The same for each system that passes the filter, without series. */
export function computeAcceleratePerSystem(
  version: WorkspaceVersion,
  filter: VisibleFilter,
): PerSystem<AccelerateReport> {
  const columns = pickColumns(version, filter);
  const question = toQuestion(version, filter);
  const found = computeMetricsBySystem(columns, question);
  const computeNothing = () => computeMetrics(columns, { ...question, systems: [], interval: null });
  let nothing: Accelerate | null = null;
  return pickCountedSystems(version, filter).map((system) => {
    const accelerate = found.get(system.uuid) ?? (nothing ??= computeNothing());
    return { system, report: toReport(accelerate, { version, filter: { ...filter, systems: [system.uuid] } }) };
  });
}

function toQuestion({ known }: WorkspaceVersion, { from, to, systems, teams }: VisibleFilter) {
  const { timezone, levels: table } = known.settings;
  const range: DateRange = toDateRange({ from, to, timezone });
  return { range, systems, teams, table };
}

function toReport(
  accelerate: Accelerate,
  { version, filter }: { readonly version: WorkspaceVersion; readonly filter: VisibleFilter },
): AccelerateReport {
  const { from, to, interval } = filter;
  const { timezone, levels: table } = version.known.settings;
  const { imported_since, importing, verified_at } = toCompleteness(version);
  return {
    workspace: toWorkspaceName(version),
    range: { from, to, timezone, interval },
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
