import { toLocalDate } from '../../domain/calendar/civil-day';
import { toDateRange } from '../../domain/calendar/date-range';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { findLocalDay } from '../../domain/calendar/time-zone';
import type { IncidentRules } from '../../domain/incidents/incident-rules';
import type { Incident } from '../../domain/incidents/incident';
import type { Instant } from '../../domain/instant';
import { computeAccelerate } from '../../domain/metrics/columns/compute-accelerate';
import { selectIncidents } from '../../domain/metrics/columns/select-deliveries';
import { buildDeliveries, type Deliveries, type FactMaterial } from '../facts/delivery-facts';
import type { SystemDirectory } from '../version/system-directory';
import type { WorkspaceVersion } from '../version/workspace-version';
import type { IncidentPreview, PreviewFigures, PreviewIncident } from './corrections-report';
import { toName } from './list-corrections';

const previewedDays = 90;
const mostListed = 10;

/** What rules would find in the last 90 days to today, beside what the stored ones find there; nothing is saved. */
export function previewIncidentRules(
  { known: { material }, now, systems }: WorkspaceVersion,
  rules: IncidentRules,
): IncidentPreview {
  const { timezone } = material.settings;
  const today = findLocalDay(now, timezone);
  const range = { from: toLocalDate(today + 1 - previewedDays), to: toLocalDate(today), timezone };
  const stored = look(material, { rules: material.settings.incidentRules, range });
  const tried = look(material, { rules, range });
  const listOnly = (one: Look, other: Look) => {
    const ids = new Set(other.incidents.map(({ incidentId }) => incidentId));
    const only = one.incidents.filter(({ incidentId }) => !ids.has(incidentId));
    const shown = only.slice(0, mostListed);
    const titles = findTitles(material, shown);
    return shown.map((one) => ({ ...toPreviewIncident(one, systems), title: titles.get(one.incidentId) ?? '' }));
  };
  return {
    from: range.from,
    to: range.to,
    stored: stored.figures,
    tried: tried.figures,
    gained: listOnly(tried, stored),
    lost: listOnly(stored, tried),
  };
}

interface Look {
  readonly figures: PreviewFigures;
  /** Created in the range, newest first. */
  readonly incidents: readonly Incident[];
}

interface Looking {
  readonly rules: IncidentRules;
  readonly range: { readonly from: string; readonly to: string; readonly timezone: string };
}

function look(material: FactMaterial, { rules, range }: Looking): Look {
  const deliveries = buildDeliveries(material, rules);
  const question = {
    ...{ range: toDateRange(range), interval: null, systems: null, teams: [] },
    table: material.settings.levels,
  };
  const { value, failed, n } = computeAccelerate(deliveries.columns, question).metrics.change_failure_rate;
  const incidents = listIncidents(deliveries, question.range);
  const count = (source: Incident['source']) => incidents.filter((one) => one.source === source).length;
  return {
    incidents,
    figures: {
      incidents: incidents.length,
      byRevert: count('revert'),
      byName: count('naming_convention'),
      changeFailureRate: { value, failed, n },
    },
  };
}

function listIncidents(
  { columns, incidents }: Deliveries,
  { startAt, endAt }: { readonly startAt: Instant; readonly endAt: Instant },
): Incident[] {
  const rows = selectIncidents(columns, { startAt, endAt, systems: null, teams: [] });
  return [...rows.toReversed()].flatMap((row) => incidents[row] ?? []);
}

/** Titles of the pull requests that ended incidents, by the id of the incident. */
function findTitles({ merged }: FactMaterial, incidents: readonly Incident[]): ReadonlyMap<string, string> {
  const ids = new Set(incidents.map(({ incidentId }) => incidentId));
  return new Map(merged.map((one) => [formatDeployId(one), one.title] as const).filter(([id]) => ids.has(id)));
}

function toPreviewIncident(incident: Incident, systems: SystemDirectory): Omit<PreviewIncident, 'title'> {
  const { incidentId, createdAt } = incident;
  return { incidentId, name: toName(incidentId, systems), url: systems.toIncidentUrl(incident), at: createdAt };
}
