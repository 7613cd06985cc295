import { toRowId, toSystemOfRow, type RowId } from '../columns/change-month';
import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../columns/month-columns';
import type { Names } from '../columns/names';
import type { Correction, CorrectionKind } from './correction';
import { parseRowId, type Named } from './find-named';

export type LeftOut = Readonly<Record<Exclude<CorrectionKind, 'link_incident'>, ReadonlySet<RowId>>>;

interface IncidentCorrection {
  readonly acting: readonly Correction[];
  readonly named: Named;
  readonly leftOut: LeftOut;
  readonly names: Names;
}

/** The incidents as corrections leave them; those of repositories that none speaks of are the same objects. */
export function correctIncidents(
  incidents: WorkspaceColumns['incidents'],
  correction: IncidentCorrection,
): WorkspaceColumns['incidents'] {
  const { named, leftOut, names } = correction;
  const links = toLinks(correction.acting, names);
  const systems = new Set([...named.keys()].map(toSystemOfRow));
  const corrected = new Map(incidents);
  for (const system of systems) {
    const some = incidents.get(system);
    if (some !== undefined) corrected.set(system, correctSystem(some, { system, links, named, leftOut }));
  }
  return corrected;
}

function toReferenceId({ system, number }: DeploymentReferences, index: number): RowId {
  return toRowId(system[index] ?? 0, number[index] ?? 0);
}

/** The target of the link in force of each incident: of several the last made. */
function toLinks(acting: readonly Correction[], names: Names): ReadonlyMap<RowId, RowId | null> {
  return new Map(
    listLinks(acting).flatMap(({ subject, target }) => {
      const id = parseRowId(subject, names)?.id;
      return id === undefined ? [] : [[id, parseRowId(target ?? '', names)?.id ?? null] as const];
    }),
  );
}

/** Links of incidents, the one in force of each last. */
export function listLinks(acting: readonly Correction[]): Correction[] {
  return acting
    .filter(({ kind }) => kind === 'link_incident')
    .toSorted((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
}

interface SystemCorrection {
  readonly system: number;
  readonly links: ReadonlyMap<RowId, RowId | null>;
  readonly named: Named;
  readonly leftOut: LeftOut;
}

/** Links come first: an incident linked to a deployment that is left out is unlinked. */
function correctSystem(some: SystemIncidents, { system, links, named, leftOut }: SystemCorrection): SystemIncidents {
  const kept = [...some.number.keys()].filter((index) => {
    const id = toRowId(system, some.number[index] ?? 0);
    return !leftOut.leave_out_incident.has(id) && !leftOut.leave_out_pull_request.has(id);
  });
  const blamed = pickReferences(some.blamed, kept);
  const fix = pickReferences(some.fix, kept);
  const corrected = { ...pickIncidents(some, kept), blamed, fix };
  corrected.number.forEach((number, place) => {
    const target = links.get(toRowId(system, number)) ?? null;
    if (target !== null) link(blamed, place, named.get(target)?.deployment ?? null);
    if (isUndeployed(leftOut, toReferenceId(blamed, place))) writeReference(blamed, place, noDeployment);
    // It keeps its name, and lies in no range.
    if (isUndeployed(leftOut, toReferenceId(fix, place))) fix.at[place] = Number.NaN;
  });
  return corrected;
}

function link(blamed: DeploymentReferences, place: number, deployment: typeof noDeployment | null): void {
  if (deployment !== null) writeReference(blamed, place, deployment);
}

function pickIncidents({ number, createdAt, resolvedAt, source }: SystemIncidents, kept: readonly number[]) {
  return {
    count: kept.length,
    number: Uint32Array.from(kept, (index) => number[index] ?? 0),
    createdAt: Float64Array.from(kept, (index) => createdAt[index] ?? 0),
    resolvedAt: Float64Array.from(kept, (index) => resolvedAt[index] ?? Number.NaN),
    source: Uint8Array.from(kept, (index) => source[index] ?? 0),
  };
}

/** With a pull request goes what its merge deployed. */
function isUndeployed(leftOut: LeftOut, id: RowId): boolean {
  return leftOut.leave_out_deployment.has(id) || leftOut.leave_out_pull_request.has(id);
}

const noDeployment = { system: 0, number: 0, teamSet: 0, at: 0 };

function writeReference(references: DeploymentReferences, place: number, to: typeof noDeployment): void {
  references.system[place] = to.system;
  references.number[place] = to.number;
  references.teamSet[place] = to.teamSet;
  references.at[place] = to.at;
}

function pickReferences({ number, system, teamSet, at }: DeploymentReferences, kept: readonly number[]) {
  const pick = (cells: Uint32Array): Uint32Array => Uint32Array.from(kept, (index) => cells[index] ?? 0);
  return {
    ...{ number: pick(number), system: pick(system), teamSet: pick(teamSet) },
    at: Float64Array.from(kept, (index) => at[index] ?? 0),
  };
}
