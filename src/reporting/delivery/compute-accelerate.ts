import { toDateRange } from '../../domain/calendar/date-range';
import { computeAccelerate as computeMetrics } from '../../domain/metrics/accelerate';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { computePerSystem } from '../version/counted-systems';
import type { SystemItem } from '../answers/choices';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';
import { toAccelerateReport } from './accelerate-report';
import { type AccelerateReport } from '../answers/accelerate';

/** The delivery metrics under a filter, with a series of its interval. */
export function computeAccelerate(version: WorkspaceVersion, filter: DeliveryFilter): AccelerateReport {
  return compute(version, filter, filter.interval);
}

/** The same report for each system that passes the filter, without series, in the order of the systems. */
export function computeAcceleratePerSystem(
  version: WorkspaceVersion,
  filter: DeliveryFilter,
): { readonly system: SystemItem; readonly report: AccelerateReport }[] {
  return computePerSystem(version, filter, (ofSystem) => compute(version, ofSystem, null));
}

function compute(
  version: WorkspaceVersion,
  filter: DeliveryFilter,
  interval: DeliveryFilter['interval'] | null,
): AccelerateReport {
  const facts = pickFacts(version, filter);
  const question = {
    range: toDateRange({ from: filter.from, to: filter.to, timezone: facts.settings.timezone }),
    interval,
    systems: filter.systems,
    teams: filter.teams,
    table: facts.settings.levels,
  };
  return toAccelerateReport({
    workspace: toWorkspaceName(version),
    question,
    interval: filter.interval,
    accelerate: computeMetrics(facts.columns, question),
    completeness: toCompleteness(version),
    undatedMerges: countUndatedMerges(version.known, filter),
  });
}
