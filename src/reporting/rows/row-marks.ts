import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../../domain/columns/month-columns';
import { toRowId } from '../../domain/columns/change-month';
import type { CorrectionKind } from '../../domain/corrections/correction';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import { incidentSources } from '../../domain/incidents/incident';
import { toName } from '../corrections/list-corrections';
import { namePerson } from '../version/named-person';
import { isOfSeen } from '../version/restrict-version';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import type { DeploymentOutcome, RowCorrection } from './row-list';

type Known = Pick<WorkspaceVersion, 'known' | 'systems'>;

/** Ids that corrections of these kinds leave out; among the facts as they came none. */
export function listLeftOutBy(
  { known }: Pick<WorkspaceVersion, 'known'>,
  { isRaw }: { readonly isRaw: boolean },
  kinds: readonly CorrectionKind[],
): ReadonlySet<string> {
  const acting = isRaw ? [] : known.corrections.filter(({ undoneAt }) => undoneAt === null);
  return new Set(acting.filter(({ kind }) => kinds.includes(kind)).map(({ subject }) => subject));
}

/** The corrections in force that speak of one of the ids, newest first. */
export function listCorrectionsOf({ known, systems }: Known, ids: readonly string[]): RowCorrection[] {
  return known.corrections
    .filter(({ undoneAt, subject }) => undoneAt === null && ids.includes(subject))
    .map(({ id, kind, target, madeBy, madeAt }) => ({
      ...{ id, kind, madeAt },
      madeBy: namePerson(madeBy, known.people),
      targetName: target === null ? null : toName(target, systems),
    }));
}

/** What incidents say of a deployment. */
export interface DeploymentMarks {
  readonly outcomes: readonly DeploymentOutcome[];
  readonly incidents: readonly string[];
}

const outcomeOf: Readonly<Record<(typeof incidentSources)[number], DeploymentOutcome>> = {
  revert: 'revert',
  naming_convention: 'hotfix',
};

/**
 * What incidents say of some deployments: which failed, and which were made to end one. An incident of a repository that
 * its reader may not see counts, and is not named.
 */
export function findDeploymentMarks(
  version: Pick<WorkspaceVersion, 'known' | 'visible'>,
  keys: readonly DeployIdParts[],
  choice: { readonly isRaw: boolean },
): (key: DeployIdParts) => DeploymentMarks {
  const columns = pickColumns(version, choice);
  const toId = createToId(columns);
  const found = new Map(keys.map((key) => [toId(key), createMarks()]));
  for (const [system, ofSystem] of columns.incidents) {
    const repositoryUuid = columns.names.systems[system] ?? '';
    for (let index = 0; index < ofSystem.count; index += 1) {
      const number = ofSystem.number[index] ?? 0;
      const id = { repositoryUuid, number };
      mark(found.get(toReferenceId(ofSystem.blamed, index)), 'failed', id);
      mark(found.get(toRowId(system, number)), findOutcome(ofSystem, index), id);
    }
  }
  return (key) => {
    const { outcomes, incidents } = found.get(toId(key)) ?? createMarks();
    return { outcomes: [...outcomes], incidents: [...incidents].filter((id) => isOfSeen(id, version.visible)) };
  };
}

function mark(marks: Marks | undefined, outcome: DeploymentOutcome, incident: DeployIdParts): void {
  marks?.outcomes.add(outcome);
  marks?.incidents.add(formatDeployId(incident));
}

type Marks = ReturnType<typeof createMarks>;

function createMarks() {
  return { outcomes: new Set<DeploymentOutcome>(), incidents: new Set<string>() };
}

function createToId({ names }: Pick<WorkspaceColumns, 'names'>) {
  const systems = new Map(names.systems.map((uuid, index) => [uuid, index]));
  return ({ repositoryUuid, number }: DeployIdParts) => toRowId(systems.get(repositoryUuid) ?? -1, number);
}

function toReferenceId({ system, number }: DeploymentReferences, index: number): number {
  return number[index] === 0 ? Number.NaN : toRowId(system[index] ?? 0, number[index] ?? 0);
}

function findOutcome({ source }: SystemIncidents, index: number): DeploymentOutcome {
  return outcomeOf[incidentSources[source[index] ?? 0] ?? 'revert'];
}
