import type { MonthColumns } from '../../domain/columns/month-columns';
import type { Deployment } from '../../domain/deployments/deployment';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Incident } from '../../domain/incidents/incident';
import { selectDeployments } from '../../domain/metrics/selection/select-deliveries';
import { selectIncidents } from '../../domain/metrics/selection/select-incidents';
import type { WorkspaceVersion } from '../version/workspace-version';

/** What counts, with rules and corrections in force, of one version of a workspace. */
export interface CountedDeliveries {
  readonly version: number;
  /** In the order of time. */
  readonly incidents: readonly Incident[];
  /** The UTC days, counted since 1970, that have deployments; ascending. */
  readonly days: readonly number[];
  /** The deployments of such a day, in the order of time. */
  readDeployments(day: number): Promise<readonly Deployment[]>;
}

const dayMs = 86_400_000;
const all = { systems: null, teams: [] };
/** So many are read at a time. */
const readSize = 500;

export function openDeliveries(version: WorkspaceVersion): CountedDeliveries {
  const columns = version.known.corrected;
  const incidents = selectIncidents(columns, { ...all, startAt: 0, endAt: Number.MAX_SAFE_INTEGER });
  return {
    version: version.workspace.version,
    incidents: Array.from({ length: incidents.count }, (_, index) => incidents.at(index)),
    days: columns.months.flatMap(listDays),
    readDeployments: async (day) => {
      const selected = selectDeployments(columns, { ...all, startAt: day * dayMs, endAt: (day + 1) * dayMs });
      return readInOrder(
        version,
        Array.from({ length: selected.count }, (_, index) => selected.at(index)),
      );
    },
  };
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
