import { createHash } from 'node:crypto';
import type { Incident } from '../../domain/incidents/incident';
import { parseDeployed } from '../../domain/deployments/strategies/all-strategies';
import { isOfSeen } from '../version/restrict-version';

const beginning = 'withheld/';

/**
 * An incident as its reader may see it. One that an administrator linked to a deployment of another repository counts
 * there, whoever looks; the repository in which it was fixed is told only to those who may see that: to others it is an
 * incident of the deployment, without a name.
 */
export function withholdNames(incident: Incident, seen: ReadonlySet<string> | null): Incident {
  const toSeen = (id: string | null) => (id !== null && isOfSeen(id, seen) ? id : null);
  if (seen === null) return incident;
  const { incidentId, repositoryUuid } = incident;
  const deployId = toSeen(incident.deployId);
  const isOwn = seen.has(repositoryUuid) && isOfSeen(incidentId, seen);
  return {
    ...incident,
    deployId,
    fixDeployId: toSeen(incident.fixDeployId),
    incidentId: isOwn ? incidentId : buildNamelessId(incidentId),
    repositoryUuid: isOwn ? repositoryUuid : (parseDeployed(deployId ?? '')?.repositoryUuid ?? ''),
  };
}

/** The same for the same incident, and nobody can tell from it which that is. */
function buildNamelessId(incidentId: string): string {
  return `${beginning}${createHash('sha256').update(incidentId).digest('hex').slice(0, 32)}`;
}

/** Whether an id stands for what its reader may not see. */
export function isWithheld(id: string): boolean {
  return id.startsWith(beginning);
}
