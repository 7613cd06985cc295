import type { Deployment } from '../deployments/deployment';
import { formatDeployId, parseDeployId } from '../deployments/deploy-id';
import type { Incident } from '../incidents/incident';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import type { Correction, CorrectionKind } from './correction';

/** All merged pull requests, the deployments of a workspace, and the incidents that the rules find in them. */
export interface CorrectableFacts<T extends MergedPullRequest> {
  readonly pullRequests: readonly T[];
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
}

/** The same, in the given order. */
export interface CorrectedFacts<T extends MergedPullRequest> extends CorrectableFacts<T> {
  /** Ids of the corrections whose subject (and target) are among the facts. */
  readonly effective: ReadonlySet<string>;
}

/**
 * The facts with what administrators put right. Corrections act after incidents are found, so none of them moves a
 * blame to another deployment but the one that says so. Links come first: an incident linked to a deployment that is
 * left out is unlinked. Of several links of an incident the last made is in force. Undone ones do nothing.
 */
export function applyCorrections<T extends MergedPullRequest>(
  facts: CorrectableFacts<T>,
  corrections: readonly Correction[],
): CorrectedFacts<T> {
  const acting = corrections.filter(({ undoneAt }) => undoneAt === null);
  if (acting.length === 0) {
    return { ...facts, effective: new Set() };
  }
  const subjects = toSubjects(acting);
  const named = findNamed(facts, acting);
  const leftOut = new Set([...subjects.leave_out_pull_request].map((id) => named.pullRequests.get(id)));
  // With a pull request goes what its merge deployed.
  const isUndeployed = (id: string): boolean =>
    subjects.leave_out_deployment.has(id) || subjects.leave_out_pull_request.has(id);
  return {
    pullRequests: facts.pullRequests.filter((pullRequest) => !leftOut.has(pullRequest)),
    deployments: facts.deployments.filter(({ deployId }) => !isUndeployed(deployId)),
    incidents: linkIncidents(facts.incidents, { acting, named })
      .filter((incident) => isKept(incident, subjects))
      .map((one) => (one.deployId !== null && isUndeployed(one.deployId) ? { ...one, deployId: null } : one)),
    effective: findEffective(facts, { acting, named }),
  };
}

type Subjects = Readonly<Record<CorrectionKind, ReadonlySet<string>>>;

function toSubjects(acting: readonly Correction[]): Subjects {
  const of = (wanted: CorrectionKind) =>
    new Set(acting.filter(({ kind }) => kind === wanted).map(({ subject }) => subject));
  return {
    leave_out_pull_request: of('leave_out_pull_request'),
    leave_out_deployment: of('leave_out_deployment'),
    leave_out_incident: of('leave_out_incident'),
    link_incident: of('link_incident'),
  };
}

/** An incident goes with the pull request that proves it, whose id it has. */
function isKept({ incidentId }: Incident, subjects: Subjects): boolean {
  return !subjects.leave_out_incident.has(incidentId) && !subjects.leave_out_pull_request.has(incidentId);
}

/** `incident_id` → the link in force. */
function toLinks(acting: readonly Correction[]): Map<string, Correction> {
  const links = acting.filter(({ kind }) => kind === 'link_incident');
  links.sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  return new Map(links.map((link) => [link.subject, link]));
}

/** What corrections speak of, by its id. */
interface Named<T extends MergedPullRequest> {
  readonly pullRequests: ReadonlyMap<string, T>;
  readonly deployments: ReadonlySet<string>;
}

interface Acting {
  readonly acting: readonly Correction[];
  readonly named: Named<MergedPullRequest>;
}

function linkIncidents(incidents: readonly Incident[], { acting, named }: Acting): Incident[] {
  const links = toLinks(acting);
  return incidents.map((incident) => {
    const target = links.get(incident.incidentId)?.target ?? null;
    return target !== null && named.deployments.has(target) ? { ...incident, deployId: target } : incident;
  });
}

/** Most repositories have nothing that a correction speaks of: no ids are made for their pull requests. */
function findNamed<T extends MergedPullRequest>(
  { pullRequests, deployments }: CorrectableFacts<T>,
  acting: readonly Correction[],
): Named<T> {
  const ids = new Set(acting.flatMap(({ subject, target }) => (target === null ? [subject] : [subject, target])));
  const repositories = new Set([...ids].map((id) => parseDeployId(id)?.repositoryUuid));
  const inQuestion = pullRequests.filter(({ repositoryUuid }) => repositories.has(repositoryUuid));
  return {
    pullRequests: new Map(inQuestion.map((one) => [formatDeployId(one), one] as const).filter(([id]) => ids.has(id))),
    deployments: new Set(deployments.map(({ deployId }) => deployId).filter((id) => ids.has(id))),
  };
}

function findEffective(
  { incidents }: Pick<CorrectableFacts<MergedPullRequest>, 'incidents'>,
  { acting, named }: Acting,
): Set<string> {
  const incidentIds = new Set(incidents.map(({ incidentId }) => incidentId));
  const links = toLinks(acting);
  const hasEffect: Readonly<Record<CorrectionKind, (correction: Correction) => boolean>> = {
    leave_out_pull_request: ({ subject }) => named.pullRequests.has(subject),
    leave_out_deployment: ({ subject }) => named.deployments.has(subject),
    leave_out_incident: ({ subject }) => incidentIds.has(subject),
    link_incident: ({ id, subject, target }) =>
      incidentIds.has(subject) && links.get(subject)?.id === id && named.deployments.has(target ?? ''),
  };
  return new Set(acting.filter((correction) => hasEffect[correction.kind](correction)).map(({ id }) => id));
}
