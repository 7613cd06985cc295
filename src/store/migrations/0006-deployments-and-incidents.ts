import type { Migration } from './migration';

/**
 * Deployments and incidents as they count, as rows: for whoever opens the database to list, export or join them.
 * - `deployments`, `deployment_changes`, `deployment_teams`, `incidents`: as the metrics count them without a word about
 *   raw data, that is with the rules and corrections in force. The numbers themselves are computed from the facts.
 * - `delivery_months`: a digest of what the rows of a UTC month were made from; only months that differ are written.
 * - `delivery_recordings`: the version of the workspace that the rows are of.
 */
export const deploymentsAndIncidents: Migration = {
  name: '0006-deployments-and-incidents',
  statements: [
    `CREATE TABLE deployments (
      workspace TEXT NOT NULL,
      deploy_id TEXT NOT NULL,
      repository TEXT NOT NULL,
      source TEXT NOT NULL,
      ref TEXT,
      created_at BIGINT NOT NULL,
      is_complete INTEGER NOT NULL,
      teams_as_of TEXT NOT NULL,
      PRIMARY KEY (workspace, deploy_id)
    ) WITHOUT ROWID`,
    'CREATE INDEX deployments_by_time ON deployments (workspace, created_at)',
    `CREATE TABLE deployment_changes (
      workspace TEXT NOT NULL,
      deploy_id TEXT NOT NULL,
      change_id TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, deploy_id, change_id)
    ) WITHOUT ROWID`,
    `CREATE TABLE deployment_teams (
      workspace TEXT NOT NULL,
      deploy_id TEXT NOT NULL,
      team TEXT NOT NULL,
      PRIMARY KEY (workspace, deploy_id, team)
    ) WITHOUT ROWID`,
    `CREATE TABLE incidents (
      workspace TEXT NOT NULL,
      incident_id TEXT NOT NULL,
      repository TEXT NOT NULL,
      source TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      resolved_at BIGINT,
      deploy_id TEXT,
      fix_deploy_id TEXT,
      PRIMARY KEY (workspace, incident_id)
    ) WITHOUT ROWID`,
    'CREATE INDEX incidents_by_time ON incidents (workspace, created_at)',
    'CREATE INDEX incidents_by_deployment ON incidents (workspace, deploy_id)',
    `CREATE TABLE delivery_months (
      workspace TEXT NOT NULL,
      month TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (workspace, month)
    ) WITHOUT ROWID`,
    `CREATE TABLE delivery_recordings (
      workspace TEXT NOT NULL PRIMARY KEY,
      version BIGINT NOT NULL
    ) WITHOUT ROWID`,
  ],
};
