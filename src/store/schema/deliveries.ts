import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import { bigint, defineTable, flag, orNull, text, type RowOf } from '../database/table';
import { ofARepository } from './repositories';

const ofAWorkspace = { workspace: text() };

export const deployments = defineTable('deployments', ['workspace', 'deployId'], {
  ...ofARepository,
  deployId: text(),
  source: text(),
  ref: orNull(text()),
  createdAt: bigint,
  isComplete: flag,
  teamsAsOf: text<Deployment['teamsAsOf']>(),
});
export type DeploymentRow = RowOf<typeof deployments>;

export const deploymentChanges = defineTable('deployment_changes', ['workspace', 'deployId', 'changeId'], {
  ...ofAWorkspace,
  deployId: text(),
  changeId: text(),
  createdAt: bigint,
});

export const deploymentTeams = defineTable('deployment_teams', ['workspace', 'deployId', 'team'], {
  ...ofAWorkspace,
  deployId: text(),
  team: text(),
});

export const incidents = defineTable('incidents', ['workspace', 'incidentId'], {
  ...ofARepository,
  incidentId: text(),
  source: text<Incident['source']>(),
  createdAt: bigint,
  resolvedAt: orNull(bigint),
  deployId: orNull(text()),
  fixDeployId: orNull(text()),
});

/** What the rows of a UTC day, counted since 1970, were made from, as digests; the empty text: of nothing. */
export const deliveryDays = defineTable('delivery_days', ['workspace', 'day'], {
  ...ofAWorkspace,
  day: bigint,
  deployments: text(),
  incidents: text(),
});

/** The version of the workspace that its rows are of, and a digest of what else than facts they were made with. */
export const deliveryRecordings = defineTable('delivery_recordings', ['workspace'], {
  ...ofAWorkspace,
  version: bigint,
  basis: text(),
});
