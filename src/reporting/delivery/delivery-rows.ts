import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import { selectDeployments, selectIncidents } from '../../domain/metrics/columns/select-deliveries';
import type { DeploymentItem, IncidentItem } from '../answers/rows';
import type { VisibleFilter } from '../filter/delivery-filter';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import { toSelection } from '../filter/selection';
import { formatTimestamp } from '../version/completeness';
import type { SystemDirectory } from '../version/system-directory';
import { withholdNames } from './withhold';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';

/** The deployments that the metrics count under the same filter. */
export function listDeployments(version: WorkspaceVersion, filter: VisibleFilter, page: RowPage): Rows<DeploymentItem> {
  const { columns, deployments, settings } = pickFacts(version, filter);
  return listRows(page, {
    all: deployments,
    chosen: selectDeployments(columns, toSelection(filter, settings)),
    toKey: ({ createdAt, deployId }) => ({ at: createdAt, id: deployId }),
    toItem: (deployment) => toDeploymentItem(deployment, version.systems),
  });
}

/** The incidents created in the range that pass the filters; those blamed on nothing are among them. */
export function listIncidents(version: WorkspaceVersion, filter: VisibleFilter, page: RowPage): Rows<IncidentItem> {
  const { columns, incidents, settings } = pickFacts(version, filter);
  return listRows(page, {
    all: incidents,
    chosen: selectIncidents(columns, toSelection(filter, settings)),
    toKey: (incident) => ({ at: incident.createdAt, id: withholdNames(incident, version.visible).incidentId }),
    toItem: (incident) => toIncidentItem(withholdNames(incident, version.visible), version.systems),
  });
}

function toDeploymentItem(deployment: Deployment, systems: SystemDirectory): DeploymentItem {
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
function toIncidentItem(incident: Incident, systems: SystemDirectory): IncidentItem {
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
