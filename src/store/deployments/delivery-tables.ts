import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { Table } from '../database/table';

export interface DeploymentRow {
  readonly workspace: string;
  readonly deploy_id: string;
  readonly repository: string;
  readonly source: string;
  readonly ref: string | null;
  readonly created_at: number;
  readonly is_complete: 0 | 1;
  readonly teams_as_of: string;
}

export interface ChangeRow {
  readonly workspace: string;
  readonly deploy_id: string;
  readonly change_id: string;
  readonly created_at: number;
}

export interface TeamRow {
  readonly workspace: string;
  readonly deploy_id: string;
  readonly team: string;
}

export interface IncidentRow {
  readonly workspace: string;
  readonly incident_id: string;
  readonly repository: string;
  readonly source: string;
  readonly created_at: number;
  readonly resolved_at: number | null;
  readonly deploy_id: string | null;
  readonly fix_deploy_id: string | null;
}

export const deploymentTable: Table<DeploymentRow> = {
  name: 'deployments',
  key: ['workspace', 'deploy_id'],
  columns: {
    workspace: 'text',
    deploy_id: 'text',
    repository: 'text',
    source: 'text',
    ref: 'text',
    created_at: 'bigint',
    is_complete: 'integer',
    teams_as_of: 'text',
  },
};

export const changeTable: Table<ChangeRow> = {
  name: 'deployment_changes',
  key: ['workspace', 'deploy_id', 'change_id'],
  columns: { workspace: 'text', deploy_id: 'text', change_id: 'text', created_at: 'bigint' },
};

export const teamTable: Table<TeamRow> = {
  name: 'deployment_teams',
  key: ['workspace', 'deploy_id', 'team'],
  columns: { workspace: 'text', deploy_id: 'text', team: 'text' },
};

export const incidentTable: Table<IncidentRow> = {
  name: 'incidents',
  key: ['workspace', 'incident_id'],
  columns: {
    workspace: 'text',
    incident_id: 'text',
    repository: 'text',
    source: 'text',
    created_at: 'bigint',
    resolved_at: 'bigint',
    deploy_id: 'text',
    fix_deploy_id: 'text',
  },
};

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
