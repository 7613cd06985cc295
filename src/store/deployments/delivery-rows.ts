import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { RowOf } from '../database/table';
import type { deploymentChanges, DeploymentRow, deploymentTeams, incidents } from '../schema/deliveries';

/** What counts. */
export interface Deliveries {
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
}

/** The rows of deployments and incidents, by table. */
export interface DeliveryRows {
  readonly deployments: readonly DeploymentRow[];
  readonly changes: readonly RowOf<typeof deploymentChanges>[];
  readonly teams: readonly RowOf<typeof deploymentTeams>[];
  readonly incidents: readonly RowOf<typeof incidents>[];
}

export function toDeliveryRows(workspace: string, counted: Deliveries): DeliveryRows {
  const { deployments } = counted;
  return {
    deployments: deployments.map((one) => toDeploymentRow(workspace, one)),
    changes: deployments.flatMap(({ deployId, changes }) =>
      changes.map(({ changeId, createdAt }) => ({ workspace, deployId, changeId, createdAt })),
    ),
    teams: deployments.flatMap(({ deployId, teams }) => teams.map((team) => ({ workspace, deployId, team }))),
    incidents: counted.incidents.map((one) => toIncidentRow(workspace, one)),
  };
}

function toDeploymentRow(workspace: string, one: Deployment): DeploymentRow {
  const { repositoryUuid, deployId, source, ref, createdAt, isComplete, teamsAsOf } = one;
  return { workspace, repositoryUuid, deployId, source, ref, createdAt, isComplete, teamsAsOf };
}

function toIncidentRow(workspace: string, one: Incident): RowOf<typeof incidents> {
  const { repositoryUuid, incidentId, source, createdAt, resolvedAt, deployId, fixDeployId } = one;
  return { workspace, repositoryUuid, incidentId, source, createdAt, resolvedAt, deployId, fixDeployId };
}
