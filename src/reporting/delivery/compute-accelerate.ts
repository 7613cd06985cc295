import type { Interval } from '../../domain/calendar/bucket';
import { toDateRange, type DateRange } from '../../domain/calendar/date-range';
import type { Accelerate } from '../../domain/metrics/accelerate';
import { mayHaveNumbers } from '../../domain/teams/team-membership';
import {
  computeAccelerate as computeMetrics,
  computeAccelerateBySystem as computeMetricsBySystem,
  computeAccelerateByTeam as computeMetricsByTeam,
  type GroupAccelerate,
} from '../../domain/metrics/delivery/compute-accelerate';
import type { AccelerateReport } from '../answers/accelerate';
import type { SystemItem, TeamItem } from '../answers/choices';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { toTeamItem } from '../settings/team-items';
import { pickCountedSystems } from '../version/counted-systems';
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

/** A line of a table: the numbers of the range, and how the lead time went. */
export interface GroupReport {
  /** Without series. */
  readonly report: AccelerateReport;
  /** The median lead time of each part of the range in seconds, `null` without any; only where parts were asked for. */
  readonly leadMedians?: readonly (number | null)[];
}
export type SystemReport = GroupReport & { readonly system: SystemItem };
export type TeamReport = GroupReport & { readonly team: TeamItem };

/** The same for each system that passes the filter. `cut`: the parts in which the lead time is told as well. */
export function computeAcceleratePerSystem(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  cut: Interval | null = null,
): readonly SystemReport[] {
  const columns = pickColumns(version, filter);
  const question = { ...toQuestion(version, filter), interval: cut };
  const found = computeMetricsBySystem(columns, question);
  const computeNothing = (): GroupAccelerate => ({
    accelerate: computeMetrics(columns, { ...question, systems: [], interval: null }),
    leadMedians: [],
  });
  let nothing: GroupAccelerate | null = null;
  return pickCountedSystems(version, filter).map((system) => {
    const group = found.get(system.uuid) ?? (nothing ??= computeNothing());
    return { system, ...toGroup(group, { version, filter: { ...filter, systems: [system.uuid] } }) };
  });
}

/**
 * The same for each team that passes the filter: what asking with that team alone gives, so that a deployment counts for
 * each team of its author. Teams of fewer than two people have no numbers and are not there; nor are deleted ones
 * without a deployment.
 */
export function computeAcceleratePerTeam(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  cut: Interval | null = null,
): readonly TeamReport[] {
  const shown = version.known.teams.filter(
    (team) => mayHaveNumbers(team, version.now) && (filter.teams.length === 0 || filter.teams.includes(team.slug)),
  );
  const teams = shown.map(({ slug }) => slug);
  const question = { ...toQuestion(version, { ...filter, teams }), interval: cut };
  const found = computeMetricsByTeam(pickColumns(version, filter), question);
  return shown.flatMap((team) => {
    const group = found.get(team.slug);
    if (group === undefined || (team.isDeleted && isWithoutDeployments(group))) return [];
    const item = toTeamItem(team, version.now);
    return [{ team: item, ...toGroup(group, { version, filter: { ...filter, teams: [team.slug] } }) }];
  });
}

function isWithoutDeployments({ accelerate }: GroupAccelerate): boolean {
  return accelerate.metrics.deployment_frequency.deployments === 0;
}

function toGroup({ accelerate, leadMedians }: GroupAccelerate, place: Parameters<typeof toReport>[1]): GroupReport {
  return { report: toReport(accelerate, place), leadMedians };
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
