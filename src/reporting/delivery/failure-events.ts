import { groupFailures, type FailureEvent } from '../../domain/incidents/group-failures';
import type { Incident } from '../../domain/incidents/incident';
import { selectIncidents } from '../../domain/metrics/selection/select-incidents';
import type { VisibleFilter } from '../filter/delivery-filter';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import { withholdNames } from './withhold';

const always = { startAt: 0, endAt: Number.MAX_SAFE_INTEGER };

/** All failures that its reader may see, whenever they were. */
export interface Failures {
  /** Those with an incident that passes the filter, whole; by their beginning. The dates of the filter do not matter. */
  readonly events: readonly FailureEvent[];
  /** Whether or not they pass. */
  readonly incidents: readonly Incident[];
}

/**
 * An event is the same whoever filters: it is made of all that is seen, and shown where one of its incidents passes.
 * `visible`: uuids of repositories; `null`: all.
 */
export function listFailures(version: WorkspaceVersion, filter: VisibleFilter): Failures {
  const columns = pickColumns(version, filter);
  const visible = version.visible === null ? null : [...version.visible];
  const list = (choice: Pick<VisibleFilter, 'systems' | 'teams'>): Incident[] => {
    const selected = selectIncidents(columns, { ...always, systems: choice.systems, teams: choice.teams });
    return Array.from({ length: selected.count }, (_, index) => withholdNames(selected.at(index), version.visible));
  };
  const incidents = list({ systems: visible, teams: [] });
  const events = groupFailures(incidents);
  if (filter.systems === null && filter.teams.length === 0) return { events, incidents };
  const passing = new Set(list(filter).map(({ incidentId }) => incidentId));
  return {
    events: events.filter((event) => event.incidents.some(({ incidentId }) => passing.has(incidentId))),
    incidents,
  };
}
