import { toLocalDate } from '../../domain/calendar/civil-day';
import { toDateRange, type DateRange } from '../../domain/calendar/date-range';
import { findLocalDay } from '../../domain/calendar/time-zone';
import { toRowId, type RowId } from '../../domain/columns/change-month';
import { findIncidentColumns } from '../../domain/columns/find-incident-columns';
import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import { replaceProofs } from '../../domain/columns/replace-proofs';
import { correctColumns } from '../../domain/corrections/correct-columns';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { createFindProof } from '../../domain/incidents/find-proof';
import type { Incident } from '../../domain/incidents/incident';
import type { IncidentProof } from '../../domain/incidents/incident-proof';
import type { IncidentRules } from '../../domain/incidents/incident-rules';
import { computeAccelerate } from '../../domain/metrics/delivery/compute-accelerate';
import { selectIncidents } from '../../domain/metrics/selection/select-incidents';
import type { ProofFacts } from '../../store/pull-requests/read-proof-facts';
import type { SystemDirectory } from '../version/system-directory';
import type { WorkspaceVersion } from '../version/workspace-version';
import type { IncidentPreview, PreviewFigures, PreviewIncident } from './corrections-report';
import { toName } from './list-corrections';

const previewedDays = 90;
const mostListed = 10;

/**
 * What rules would find in the last 90 days to today, beside what the stored ones find there; nothing is saved. Looked at
 * is what was merged since the range began: an incident ends after it began.
 */
export async function previewIncidentRules(version: WorkspaceVersion, rules: IncidentRules): Promise<IncidentPreview> {
  const { known, now, systems } = version;
  const { timezone, incidentRules } = known.settings;
  const today = findLocalDay(now, timezone);
  const range = toDateRange({ from: toLocalDate(today + 1 - previewedDays), to: toLocalDate(today), timezone });
  const facts = await version.merges.readProofFacts({ startAt: range.startAt, endAt: Number.MAX_SAFE_INTEGER });
  const stored = look(version, { facts, rules: incidentRules, range });
  const tried = look(version, { facts, rules, range });
  const titles = new Map(facts.map((one) => [formatDeployId(one), one.title]));
  const listOnly = (one: Look, other: Look) => {
    const ids = new Set(other.incidents.map(({ incidentId }) => incidentId));
    const only = one.incidents.filter(({ incidentId }) => !ids.has(incidentId)).slice(0, mostListed);
    return only.map((one) => ({ ...toPreviewIncident(one, systems), title: titles.get(one.incidentId) ?? '' }));
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
  readonly facts: readonly ProofFacts[];
  readonly rules: IncidentRules;
  readonly range: DateRange;
}

function look({ known }: WorkspaceVersion, { facts, rules, range }: Looking): Look {
  const raw = applyRules(known.getRaw(), facts, rules);
  const { columns } = correctColumns(raw, known.corrections);
  const question = { range, interval: null, systems: null, teams: [], table: known.settings.levels };
  const { value, failed, n } = computeAccelerate(columns, question).metrics.change_failure_rate;
  const selected = selectIncidents(columns, { ...question, startAt: range.startAt, endAt: range.endAt });
  const incidents = Array.from({ length: selected.count }, (_, index) => selected.at(selected.count - 1 - index));
  const count = (source: Incident['source']) => incidents.filter((one) => one.source === source).length;
  return {
    incidents,
    figures: {
      incidents: incidents.length,
      byRevert: count('revert'),
      byName: count('naming_convention'),
      byPrefix: countByPrefix(incidents, facts, rules),
      changeFailureRate: { value, failed, n },
    },
  };
}

/** How many of the incidents that a name proves are proved by each prefix. */
function countByPrefix(
  incidents: readonly Incident[],
  facts: readonly ProofFacts[],
  { branchPrefixes, titlePrefixes }: IncidentRules,
): PreviewFigures['byPrefix'] {
  const fixes = new Map(facts.map((one) => [formatDeployId(one), one]));
  const named = incidents.flatMap(({ incidentId, source }) =>
    source === 'naming_convention' ? [fixes.get(incidentId)] : [],
  );
  const count = (text: (fix: ProofFacts) => string | null, prefix: string) =>
    named.filter((fix) => fix !== undefined && hasPrefix(text(fix), prefix)).length;
  return [
    ...branchPrefixes.map((prefix) => ({
      ...{ kind: 'branch' as const, prefix },
      incidents: count(({ sourceBranch }) => sourceBranch, prefix),
    })),
    ...titlePrefixes.map((prefix) => ({
      ...{ kind: 'title' as const, prefix },
      incidents: count(({ title }) => title, prefix),
    })),
  ];
}

function hasPrefix(text: string | null, prefix: string): boolean {
  return text !== null && text.toLowerCase().startsWith(prefix.toLowerCase());
}

/** The columns with the incidents that other rules find in the merges looked at, and no others. */
function applyRules(columns: WorkspaceColumns, facts: readonly ProofFacts[], rules: IncidentRules): WorkspaceColumns {
  const findProof = createFindProof(rules);
  const proofs = new Map<RowId, IncidentProof>();
  for (const one of facts) {
    const system = columns.names.findSystem(one.repositoryUuid);
    const proof = findProof(toMerge(one));
    if (system !== undefined && proof !== null) proofs.set(toRowId(system, one.number), proof);
  }
  const months = columns.months.map((month) => replaceProofs(month, proofs));
  return { ...columns, months, incidents: findIncidentColumns({ ...columns, months }, null) };
}

/** Of its changes a rule looks at the first alone. */
function toMerge({ firstChangeAt, ...one }: ProofFacts) {
  const changes = firstChangeAt === null ? [] : [{ changeId: '', createdAt: firstChangeAt }];
  return { ...one, changes, isComplete: true, teams: [], teamsAsOf: 'import' as const };
}

function toPreviewIncident(incident: Incident, systems: SystemDirectory): Omit<PreviewIncident, 'title'> {
  const { incidentId, createdAt } = incident;
  return { incidentId, name: toName(incidentId, systems), url: systems.toIncidentUrl(incident), at: createdAt };
}
