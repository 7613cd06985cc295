import type { Incident } from '../incidents/incident';
import { toDeployId, type MergedPullRequest } from '../pull-requests/pull-request';
import type { Correction, CorrectionKind } from './correction';

/** All merged pull requests, and the incidents that the rules find in them. */
export interface CorrectableFacts<T extends MergedPullRequest> {
  readonly pullRequests: readonly T[];
  readonly incidents: readonly Incident[];
}

export interface CorrectedFacts<T extends MergedPullRequest> {
  /** In the given order; one that is left out as a deployment is here with `isDeployment: false`. */
  readonly pullRequests: readonly T[];
  readonly incidents: readonly Incident[];
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
  const byId = findNamed(facts.pullRequests, acting);
  const of = (kind: CorrectionKind) => new Set([...subjects[kind]].map((subject) => byId.get(subject)));
  const [leftOut, undeployed] = [of('leave_out_pull_request'), of('leave_out_deployment')];
  const linked = linkIncidents(facts.incidents, { links: toLinks(acting), byId });
  return {
    pullRequests: facts.pullRequests
      .filter((pullRequest) => !leftOut.has(pullRequest))
      .map((pullRequest) => (undeployed.has(pullRequest) ? { ...pullRequest, isDeployment: false } : pullRequest)),
    incidents: linked
      .filter((incident) => isKept(incident, subjects))
      .map((incident) => (isBlameKept(incident, subjects) ? incident : { ...incident, deployment: null })),
    effective: findEffective(facts, { acting, byId }),
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

/** An incident goes with the pull request that proves it. */
function isKept({ incidentId, fix }: Incident, subjects: Subjects): boolean {
  return (
    !subjects.leave_out_incident.has(incidentId) && (fix === null || !subjects.leave_out_pull_request.has(toId(fix)))
  );
}

function isBlameKept({ deployment }: Incident, subjects: Subjects): boolean {
  const id = deployment === null ? null : toId(deployment);
  return id === null || !(subjects.leave_out_deployment.has(id) || subjects.leave_out_pull_request.has(id));
}

/** `incident_id` → the link in force. */
function toLinks(acting: readonly Correction[]): Map<string, Correction> {
  const links = acting.filter(({ kind }) => kind === 'link_incident');
  links.sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  return new Map(links.map((link) => [link.subject, link]));
}

interface Linking {
  readonly links: ReadonlyMap<string, Correction>;
  readonly byId: ReadonlyMap<string, MergedPullRequest>;
}

function linkIncidents(incidents: readonly Incident[], { links, byId }: Linking): Incident[] {
  return incidents.map((incident) => {
    const deployment = byId.get(links.get(incident.incidentId)?.target ?? '');
    return deployment?.isDeployment === true ? { ...incident, deployment } : incident;
  });
}

/** The pull requests that corrections speak of. Most repositories have none: no ids are made for theirs. */
function findNamed<T extends MergedPullRequest>(
  pullRequests: readonly T[],
  acting: readonly Correction[],
): Map<string, T> {
  const ids = acting.flatMap(({ subject, target }) => (target === null ? [subject] : [subject, target]));
  const [named, repositories] = [new Set(ids), new Set(ids.map((id) => id.slice(0, id.indexOf('/'))))];
  const inQuestion = pullRequests.filter(({ repositoryUuid }) => repositories.has(repositoryUuid));
  return new Map(inQuestion.map((one) => [toId(one), one] as const).filter(([id]) => named.has(id)));
}

interface Acting {
  readonly acting: readonly Correction[];
  readonly byId: ReadonlyMap<string, MergedPullRequest>;
}

function findEffective(
  { incidents }: Pick<CorrectableFacts<MergedPullRequest>, 'incidents'>,
  { acting, byId }: Acting,
): Set<string> {
  const incidentIds = new Set(incidents.map(({ incidentId }) => incidentId));
  const links = toLinks(acting);
  const hasEffect: Readonly<Record<CorrectionKind, (correction: Correction) => boolean>> = {
    leave_out_pull_request: ({ subject }) => byId.has(subject),
    leave_out_deployment: ({ subject }) => byId.get(subject)?.isDeployment === true,
    leave_out_incident: ({ subject }) => incidentIds.has(subject),
    link_incident: ({ id, subject, target }) =>
      incidentIds.has(subject) && links.get(subject)?.id === id && byId.get(target ?? '')?.isDeployment === true,
  };
  return new Set(acting.filter((correction) => hasEffect[correction.kind](correction)).map(({ id }) => id));
}

function toId({ repositoryUuid, number }: MergedPullRequest): string {
  return toDeployId(repositoryUuid, number);
}
