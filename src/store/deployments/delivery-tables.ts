import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import { bigint, defineTable, integer, orNull, text, type Column, type RowOf } from '../database/table';

const yesOrNo = integer as Column<0 | 1>;

export const deploymentTable = defineTable('deployments', ['workspace', 'deploy_id'], {
  workspace: text(),
  deploy_id: text(),
  repository: text(),
  source: text(),
  ref: orNull(text()),
  created_at: bigint,
  is_complete: yesOrNo,
  teams_as_of: text(),
});
export type DeploymentRow = RowOf<typeof deploymentTable>;

export const changeTable = defineTable('deployment_changes', ['workspace', 'deploy_id', 'change_id'], {
  workspace: text(),
  deploy_id: text(),
  change_id: text(),
  created_at: bigint,
});
export type ChangeRow = RowOf<typeof changeTable>;

export const teamTable = defineTable('deployment_teams', ['workspace', 'deploy_id', 'team'], {
  workspace: text(),
  deploy_id: text(),
  team: text(),
});
export type TeamRow = RowOf<typeof teamTable>;

export const incidentTable = defineTable('incidents', ['workspace', 'incident_id'], {
  workspace: text(),
  incident_id: text(),
  repository: text(),
  source: text(),
  created_at: bigint,
  resolved_at: orNull(bigint),
  deploy_id: orNull(text()),
  fix_deploy_id: orNull(text()),
});
export type IncidentRow = RowOf<typeof incidentTable>;

/** What the rows of each UTC month were made from. */
export const monthTable = defineTable('delivery_months', ['workspace', 'month'], {
  workspace: text(),
  month: text(),
  digest: text(),
});

/** The version of the workspace that the rows are of. */
export const recordingTable = defineTable('delivery_recordings', ['workspace'], {
  workspace: text(),
  version: bigint,
});

export function toDeploymentRow(workspace: string, one: Deployment): DeploymentRow {
  return {
    workspace,
    deploy_id: one.deployId,
    repository: one.repositoryUuid,
    source: one.source,
    ref: one.ref,
    created_at: one.createdAt,
    is_complete: one.isComplete ? 1 : 0,
    teams_as_of: one.teamsAsOf,
  };
}

export function toChangeRows(workspace: string, { deployId, changes }: Deployment): ChangeRow[] {
  return changes.map(({ changeId, createdAt }) => ({
    workspace,
    deploy_id: deployId,
    change_id: changeId,
    created_at: createdAt,
  }));
}

export function toTeamRows(workspace: string, { deployId, teams }: Deployment): TeamRow[] {
  return teams.map((team) => ({ workspace, deploy_id: deployId, team }));
}

export function toIncidentRow(workspace: string, one: Incident): IncidentRow {
  return {
    workspace,
    incident_id: one.incidentId,
    repository: one.repositoryUuid,
    source: one.source,
    created_at: one.createdAt,
    resolved_at: one.resolvedAt,
    deploy_id: one.deployId,
    fix_deploy_id: one.fixDeployId,
  };
}
