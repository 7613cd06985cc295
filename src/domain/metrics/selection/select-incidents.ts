import { compareText } from '../../compare-text';
import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../../columns/month-columns';
import type { Names } from '../../columns/names';
import { formatDeployId } from '../../deployments/deploy-id';
import { incidentSources, type Incident } from '../../incidents/incident';
import { passes, toRowFilter, type RowFilter, type RowSelection } from './row-filter';

/** Incidents ascending by their creation, then by id as text: lists are read off backwards. */
export interface SelectedIncidents {
  readonly count: number;
  /** @throws if there are not so many */
  at(index: number): Incident;
}

/** An incident by its place. */
interface Place {
  readonly system: number;
  readonly incidents: SystemIncidents;
  readonly index: number;
}

/**
 * The incidents created in the range that pass the filters. An incident passes with the deployment it is blamed on,
 * whenever that was; an unlinked one by its system alone, and not when teams are chosen.
 */
export function selectIncidents({ names, incidents }: WorkspaceColumns, selection: RowSelection): SelectedIncidents {
  const filter = toRowFilter(names, selection);
  const places = [...incidents].flatMap(([system, ofSystem]) =>
    selectPlaces(system, ofSystem, { ...selection, filter }),
  );
  places.sort((one, other) => comparePlaces(one, other, names));
  return {
    count: places.length,
    at: (index) => {
      const place = places[index];
      if (place === undefined) throw new RangeError(`There is no incident ${index}.`);
      return toIncident(place, names);
    },
  };
}

type Wanted = Pick<RowSelection, 'startAt' | 'endAt'> & { readonly filter: RowFilter };

function selectPlaces(system: number, incidents: SystemIncidents, { startAt, endAt, filter }: Wanted): Place[] {
  const places: Place[] = [];
  incidents.createdAt.forEach((at, index) => {
    const isMeant = at >= startAt && at < endAt;
    if (isMeant && passesWith(incidents.blamed, index, { system, filter })) places.push({ system, incidents, index });
  });
  return places;
}

function passesWith(
  blamed: DeploymentReferences,
  index: number,
  { system, filter }: { readonly system: number; readonly filter: RowFilter },
): boolean {
  if (blamed.number[index] !== 0) return passes(filter, blamed.system[index] ?? 0, blamed.teamSet[index] ?? 0);
  return filter.teamSets === null && passes(filter, system, 0);
}

function comparePlaces(one: Place, other: Place, names: Names): number {
  const order = (one.incidents.createdAt[one.index] ?? 0) - (other.incidents.createdAt[other.index] ?? 0);
  return order || compareText(toId(one, names), toId(other, names));
}

/** Incidents are named by the pull request that ended them. */
function toId({ system, incidents, index }: Place, names: Names): string {
  return formatDeployId({ repositoryUuid: names.systems[system] ?? '', number: incidents.number[index] ?? 0 });
}

function toIncident(place: Place, names: Names): Incident {
  const { system, incidents, index } = place;
  const resolvedAt = incidents.resolvedAt[index] ?? Number.NaN;
  const source = incidentSources[incidents.source[index] ?? 0];
  if (source === undefined) throw new Error(`No rule has the number ${incidents.source[index] ?? 0}.`);
  return {
    incidentId: toId(place, names),
    repositoryUuid: names.systems[system] ?? '',
    createdAt: incidents.createdAt[index] ?? 0,
    resolvedAt: Number.isNaN(resolvedAt) ? null : resolvedAt,
    source,
    deployId: toDeployId(incidents.blamed, index, names),
    fixDeployId: toDeployId(incidents.fix, index, names),
  };
}

function toDeployId({ number, system }: DeploymentReferences, index: number, names: Names): string | null {
  const numbered = number[index] ?? 0;
  return numbered === 0
    ? null
    : formatDeployId({ repositoryUuid: names.systems[system[index] ?? 0] ?? '', number: numbered });
}
