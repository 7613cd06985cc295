import { compareText } from '../../compare-text';
import type { Incident } from '../../incidents/incident';
import type { Deployment } from '../../deployments/deployment';
import { flattenTeams, toIndex, toStarts, type TeamColumns } from './flatten';

/**
 * The deployments and incidents of a workspace as columns: what all delivery metrics are computed from.
 * A deployment or an incident is its row number; systems and teams are their index.
 */
export interface DeliveryColumns {
  /** Repository uuids with braces. */
  readonly systems: readonly string[];
  /** Slugs. */
  readonly teams: readonly string[];
  readonly deployments: DeploymentColumns;
  readonly incidents: IncidentColumns;
}

/** Ascending by `createdAt`. */
export interface DeploymentColumns extends TeamColumns {
  readonly createdAt: Float64Array;
  readonly system: Uint32Array;
  readonly isComplete: Uint8Array;
  /** At least one incident blames it. */
  readonly isBlamed: Uint8Array;
  /** It is the fix of an incident, linked or not. */
  readonly isFix: Uint8Array;
  /** Changes of row `r`: `changeAt[changeStart[r] … changeStart[r + 1] - 1]`, their author dates. */
  readonly changeStart: Uint32Array;
  readonly changeAt: Float64Array;
}

/** Ascending by `createdAt`. */
export interface IncidentColumns {
  readonly createdAt: Float64Array;
  /** NaN: unresolved. */
  readonly resolvedAt: Float64Array;
  readonly system: Uint32Array;
  /** Row of the blamed deployment; `unlinked` when there is none. */
  readonly deployment: Int32Array;
}

export const unlinked = -1;

export interface DeliveryFacts {
  /** In the order of the rows (`toDeploymentOrder`). */
  readonly deployments: readonly Deployment[];
  /** In the order of the rows (`toIncidentOrder`); what they blame is among the deployments, and what fixed them
   * unless that is left out as a deployment. */
  readonly incidents: readonly Incident[];
}

/** Deployments by their moment, then by id as text: lists are read off backwards. */
export function toDeploymentOrder(deployments: readonly Deployment[]): Deployment[] {
  return [...deployments].sort((a, b) => a.createdAt - b.createdAt || compareText(a.deployId, b.deployId));
}

/** Incidents by their creation, then by id as text. */
export function toIncidentOrder(incidents: readonly Incident[]): Incident[] {
  return [...incidents].sort((a, b) => a.createdAt - b.createdAt || compareText(a.incidentId, b.incidentId));
}

export function buildDeliveryColumns(facts: DeliveryFacts): DeliveryColumns {
  const systems = new Map<string, number>();
  const teams = new Map<string, number>();
  const rowOf = new Map<string | null, number>(facts.deployments.map(({ deployId }, row) => [deployId, row]));
  const { deployments, incidents } = facts;
  return {
    deployments: {
      createdAt: Float64Array.from(deployments, (row) => row.createdAt),
      system: Uint32Array.from(deployments, (row) => toIndex(systems, row.repositoryUuid)),
      isComplete: Uint8Array.from(deployments, (row) => Number(row.isComplete)),
      isBlamed: markRows(deployments.length, incidents, (incident) => rowOf.get(incident.deployId)),
      isFix: markRows(deployments.length, incidents, (incident) => rowOf.get(incident.fixDeployId)),
      ...flattenChanges(deployments),
      ...flattenTeams(
        deployments.map((row) => row.teams),
        teams,
      ),
    },
    incidents: {
      createdAt: Float64Array.from(incidents, (row) => row.createdAt),
      resolvedAt: Float64Array.from(incidents, (row) => row.resolvedAt ?? Number.NaN),
      system: Uint32Array.from(incidents, (row) => toIndex(systems, row.repositoryUuid)),
      deployment: Int32Array.from(incidents, (row) => rowOf.get(row.deployId) ?? unlinked),
    },
    systems: [...systems.keys()],
    teams: [...teams.keys()],
  };
}

function markRows(
  count: number,
  incidents: readonly Incident[],
  toRow: (incident: Incident) => number | undefined,
): Uint8Array {
  const marks = new Uint8Array(count);
  for (const incident of incidents) {
    const row = toRow(incident);
    if (row !== undefined) {
      marks[row] = 1;
    }
  }
  return marks;
}

function flattenChanges(deployments: readonly Deployment[]) {
  const changeStart = toStarts(deployments.map((row) => row.changes.length));
  const changeAt = new Float64Array(changeStart[deployments.length] ?? 0);
  let next = 0;
  for (const { changes } of deployments) {
    for (const change of changes) {
      changeAt[next] = change.createdAt;
      next += 1;
    }
  }
  return { changeStart, changeAt };
}
