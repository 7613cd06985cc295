import { toDayNumber } from '../../domain/calendar/civil-day';
import { findDayStart } from '../../domain/calendar/time-zone';
import type { Incident } from '../../domain/incidents/incident';
import {
  selectDeployments,
  selectIncidents,
  type DeliverySelection,
} from '../../domain/metrics/columns/delivery-selection';
import type { Deployment, DeploymentSource } from '../../domain/deployments/deployment';
import { toTimestamp } from './accelerate-report';
import type { DeliveryFacts } from '../facts/delivery-facts';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import type { SystemDirectory, SystemName } from '../filter/system-directory';

/** A deployment as the API lists it (docs/contract.md, 4.4). */
export interface DeploymentItem {
  readonly deploy_id: string;
  readonly system: SystemName;
  readonly time_created: string;
  readonly changes: readonly { readonly change_id: string; readonly time_created: string }[];
  /** Slugs. */
  readonly teams: readonly string[];
  readonly teams_as_of: 'merge' | 'import';
  readonly source: DeploymentSource;
  /** False: its changes could not be read as they were merged. */
  readonly complete: boolean;
  readonly url: string;
}

/** An incident as the API lists it (docs/contract.md, 4.4). */
export interface IncidentItem {
  readonly incident_id: string;
  readonly system: SystemName;
  readonly time_created: string;
  readonly time_resolved: string | null;
  readonly source: Incident['source'];
  /** The deployment it is blamed on. */
  readonly deploy_id: string | null;
  readonly fix_deploy_id: string | null;
  readonly url: string;
}

export interface RowsQuestion {
  readonly facts: DeliveryFacts;
  readonly systems: SystemDirectory;
  readonly filter: DeliveryFilter;
  readonly page: RowPage;
}

/** The deployments that the metrics count under the same filter. */
export function listDeployments(question: RowsQuestion): Rows<DeploymentItem> {
  const { facts, systems } = question;
  return listRows(question.page, {
    rows: selectDeployments(facts.columns, toSelection(question)),
    toKey: (row) => {
      const deployment = facts.deployments[row];
      return deployment === undefined ? null : { at: deployment.createdAt, id: deployment.deployId };
    },
    toItem: (row) => {
      const deployment = facts.deployments[row];
      return deployment === undefined ? null : toDeploymentItem(deployment, systems);
    },
  });
}

/** The incidents created in the range that pass the filters; those blamed on nothing are among them. */
export function listIncidents(question: RowsQuestion): Rows<IncidentItem> {
  const { facts, systems } = question;
  return listRows(question.page, {
    rows: selectIncidents(facts.columns, toSelection(question)),
    toKey: (row) => {
      const incident = facts.incidents[row];
      return incident === undefined ? null : { at: incident.createdAt, id: incident.incidentId };
    },
    toItem: (row) => {
      const incident = facts.incidents[row];
      return incident === undefined ? null : toIncidentItem(incident, systems);
    },
  });
}

/** A range that ends before it begins holds nothing. */
export function toSelection({ filter, facts }: Pick<RowsQuestion, 'filter' | 'facts'>): DeliverySelection {
  const { timezone } = facts.settings;
  const [first, last] = [toDayNumber(filter.from), toDayNumber(filter.to)];
  if (first === null || last === null) {
    throw new Error(`No range: ${filter.from} to ${filter.to}.`);
  }
  return {
    startAt: findDayStart(first, timezone),
    endAt: findDayStart(last + 1, timezone),
    systems: filter.systems,
    teams: filter.teams,
  };
}

function toDeploymentItem(deployment: Deployment, systems: SystemDirectory): DeploymentItem {
  return {
    deploy_id: deployment.deployId,
    system: systems.toName(deployment.repositoryUuid),
    time_created: toTimestamp(deployment.createdAt),
    changes: deployment.changes.map(({ changeId, createdAt }) => ({
      change_id: changeId,
      time_created: toTimestamp(createdAt),
    })),
    teams: deployment.teams,
    teams_as_of: deployment.teamsAsOf,
    source: deployment.source,
    complete: deployment.isComplete,
    url: systems.toDeploymentUrl(deployment),
  };
}

/** Its address is that of the pull request that ended it: the proof. */
function toIncidentItem(incident: Incident, systems: SystemDirectory): IncidentItem {
  return {
    incident_id: incident.incidentId,
    system: systems.toName(incident.repositoryUuid),
    time_created: toTimestamp(incident.createdAt),
    time_resolved: incident.resolvedAt === null ? null : toTimestamp(incident.resolvedAt),
    source: incident.source,
    deploy_id: incident.deployId,
    fix_deploy_id: incident.fixDeployId,
    url: systems.toIncidentUrl(incident),
  };
}
