import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import { selectDeployments } from '../../domain/metrics/selection/select-deliveries';
import { selectIncidents } from '../../domain/metrics/selection/select-incidents';
import type { DeploymentItem, IncidentItem } from '../answers/rows';
import type { VisibleFilter } from '../filter/delivery-filter';
import { pickPage, type RowPage, type Rows } from '../filter/row-page';
import { toSelection } from '../filter/selection';
import type { Chosen, ChosenList } from '../pull-requests/read-selected';
import { formatTimestamp } from '../version/completeness';
import type { SystemDirectory } from '../version/system-directory';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import { selectNamed, type Role } from './select-named';
import { withholdNames } from './withhold';

/** The deployments that the metrics count under the same filter. */
export function chooseDeployments(version: WorkspaceVersion, filter: VisibleFilter): ChosenList<DeploymentItem> {
  const selection = toSelection(filter, version.known.settings);
  return toList(version, filter, selectDeployments(pickColumns(version, filter), selection));
}

/** Of those the ones that an incident is blamed on, or that fixed one, whenever that was: what a share counts. */
export function chooseNamedDeployments(
  version: WorkspaceVersion,
  role: Role,
  filter: VisibleFilter,
): ChosenList<DeploymentItem> {
  const selection = toSelection(filter, version.known.settings);
  return toList(version, filter, selectNamed(pickColumns(version, filter), role, selection));
}

function toList(version: WorkspaceVersion, filter: VisibleFilter, selected: Chosen): ChosenList<DeploymentItem> {
  return {
    ...{ selected, filter },
    toItem: ({ row: { deployment } }) => deployment && toDeploymentItem(deployment, version.systems),
  };
}

/** The incidents created in the range that pass the filters; those blamed on nothing are among them. */
export function listIncidents(version: WorkspaceVersion, filter: VisibleFilter, page: RowPage): Rows<IncidentItem> {
  const selected = selectIncidents(pickColumns(version, filter), toSelection(filter, version.known.settings));
  const get = (index: number) => withholdNames(selected.at(index), version.visible);
  const { places, next } = pickPage(page, {
    count: selected.count,
    toKey: (index) => ({ at: selected.at(index).createdAt, id: get(index).incidentId }),
  });
  return { items: places.map((index) => toIncidentItem(get(index), version.systems)), next };
}

export function toDeploymentItem(deployment: Deployment, systems: SystemDirectory): DeploymentItem {
  return {
    deploy_id: deployment.deployId,
    system: systems.toName(deployment.repositoryUuid),
    time_created: formatTimestamp(deployment.createdAt),
    changes: deployment.changes.map(({ changeId, createdAt }) => ({
      change_id: changeId,
      time_created: formatTimestamp(createdAt),
    })),
    teams: deployment.teams,
    teams_as_of: deployment.teamsAsOf,
    source: deployment.source,
    complete: deployment.isComplete,
    url: systems.toDeploymentUrl(deployment),
  };
}

/** Its address is that of the pull request that ended it: the proof. */
export function toIncidentItem(incident: Incident, systems: SystemDirectory): IncidentItem {
  return {
    incident_id: incident.incidentId,
    system: systems.toName(incident.repositoryUuid),
    time_created: formatTimestamp(incident.createdAt),
    time_resolved: incident.resolvedAt === null ? null : formatTimestamp(incident.resolvedAt),
    source: incident.source,
    deploy_id: incident.deployId,
    fix_deploy_id: incident.fixDeployId,
    url: systems.toIncidentUrl(incident),
  };
}
