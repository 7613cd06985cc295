import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from './month-columns';

/** The incidents of one state of a workspace. */
export type IncidentColumns = Pick<WorkspaceColumns, 'names' | 'incidents'>;

/**
 * When the incidents were created that are not the same in both states, those that only one of them holds too, in
 * milliseconds; `null`: the states count repositories otherwise. What no merge has touched is the same object, and costs
 * nothing.
 */
export function listChangedIncidents(before: IncidentColumns, after: IncidentColumns): number[] | null {
  if (before.names !== after.names) return null;
  const systems = new Set([...before.incidents.keys(), ...after.incidents.keys()]);
  return [...systems].flatMap((system) => {
    const [one, other] = [before.incidents.get(system), after.incidents.get(system)];
    return one === other ? [] : [...listMissing(one, other), ...listMissing(other, one)];
  });
}

/** When those were created that `other` does not hold as they are. */
function listMissing(one: SystemIncidents | undefined, other: SystemIncidents | undefined): number[] {
  if (one === undefined) return [];
  const places = new Map(other === undefined ? [] : [...other.number].map((number, place) => [number, place]));
  return [...one.createdAt].filter((_at, index) => {
    const place = places.get(one.number[index] ?? 0);
    return other === undefined || place === undefined || !isSame(one, index, { other, place });
  });
}

interface Counterpart<T> {
  readonly other: T;
  readonly place: number;
}

function isSame(one: SystemIncidents, index: number, { other, place }: Counterpart<SystemIncidents>): boolean {
  const isSameField = (['createdAt', 'resolvedAt', 'source'] as const).every((field) =>
    Object.is(one[field][index], other[field][place]),
  );
  return (
    isSameField &&
    (['blamed', 'fix'] as const).every((field) => namesSame(one[field], index, { other: other[field], place }))
  );
}

function namesSame(
  one: DeploymentReferences,
  index: number,
  { other, place }: Counterpart<DeploymentReferences>,
): boolean {
  return one.number[index] === other.number[place] && one.system[index] === other.system[place];
}
