import type { IncidentColumns } from '../../domain/columns/compare-incidents';
import type { MonthColumns, WorkspaceColumns } from '../../domain/columns/month-columns';
import type { Deployment } from '../../domain/deployments/deployment';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Incident } from '../../domain/incidents/incident';
import { selectDeployments } from '../../domain/metrics/selection/select-deliveries';
import { selectIncidents } from '../../domain/metrics/selection/select-incidents';
import type { WorkspaceVersion } from '../version/workspace-version';

/** What counts, with rules and corrections in force, of one version of a workspace. */
export interface CountedDeliveries {
  readonly version: number;
  /** In the order of time: made when asked for, as are the days. */
  readonly incidents: readonly Incident[];
  /** As they lie in memory, to be compared with those of another version. */
  readonly incidentColumns: IncidentColumns;
  /** The UTC days, counted since 1970, that have deployments; ascending. */
  readonly days: readonly number[];
  /** The incidents that were created on a day, in the order of time. */
  listIncidents(day: number): readonly Incident[];
  /** The deployments of such a day, in the order of time. */
  readDeployments(day: number): Promise<readonly Deployment[]>;
}

const dayMs = 86_400_000;
const all = { systems: null, teams: [] };
/** So many are read at a time. */
const readSize = 500;

export function openDeliveries(version: WorkspaceVersion): CountedDeliveries {
  const columns = version.known.corrected;
  return {
    version: version.workspace.version,
    get incidents() {
      return listIncidents(columns, { startAt: 0, endAt: Number.MAX_SAFE_INTEGER });
    },
    incidentColumns: { names: columns.names, incidents: columns.incidents },
    get days() {
      return columns.months.flatMap(listDays);
    },
    listIncidents: (day) => listIncidents(columns, toBounds(day)),
    readDeployments: async (day) => {
      const selected = selectDeployments(columns, { ...all, ...toBounds(day) });
      return readInOrder(
        version,
        Array.from({ length: selected.count }, (_, index) => selected.at(index)),
      );
    },
  };
}

function toBounds(day: number): { readonly startAt: number; readonly endAt: number } {
  return { startAt: day * dayMs, endAt: (day + 1) * dayMs };
}

function listIncidents(columns: WorkspaceColumns, bounds: ReturnType<typeof toBounds>): Incident[] {
  const selected = selectIncidents(columns, { ...all, ...bounds });
  return Array.from({ length: selected.count }, (_, index) => selected.at(index));
}

/** Rows of a month ascend: each day is met at its first. */
function listDays({ startAt, deployments }: MonthColumns): number[] {
  const days: number[] = [];
  for (const at of deployments.at) {
    const day = Math.floor((startAt + at) / dayMs);
    if (days.at(-1) !== day) days.push(day);
  }
  return days;
}

async function readInOrder({ merges }: WorkspaceVersion, keys: readonly DeployIdParts[]): Promise<Deployment[]> {
  const found = new Map<string, Deployment>();
  for (let start = 0; start < keys.length; start += readSize) {
    for (const { row } of await merges.read(keys.slice(start, start + readSize), { isRaw: false })) {
      if (row.deployment !== null) found.set(row.deployment.deployId, row.deployment);
    }
  }
  return keys.flatMap((key) => found.get(formatDeployId(key)) ?? []);
}
