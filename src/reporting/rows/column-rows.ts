import { toRowId } from '../../domain/columns/change-month';
import type { MonthColumns, Rows, WorkspaceColumns } from '../../domain/columns/month-columns';
import { parseDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import { toRowFilter, type RowSelection } from '../../domain/metrics/selection/row-filter';
import { selectMonthRows } from '../../domain/metrics/selection/select-rows';
import { fill, takeNewest, type Part } from '../reviews/merged-points';

/** Merges or deployments that pass a filter, newest first, as they lie in columns. */
export interface ColumnRows {
  readonly count: number;
  at(place: number): DeployIdParts & { readonly at: Instant };
  /** A number of each; `of` gives those of a part in the order of its rows. */
  read(of: (part: Part) => Float64Array): Float64Array;
  /** Places of those that are named. */
  pick(isWanted: (system: number, number: number) => boolean): number[];
}

export function openColumnRows(
  columns: WorkspaceColumns,
  selection: RowSelection,
  of: (month: MonthColumns) => Rows,
): ColumnRows {
  const { names } = columns;
  const wanted = { ...selection, filter: toRowFilter(names, selection) };
  const parts = takeNewest(selectMonthRows(columns, wanted, of), Number.MAX_SAFE_INTEGER);
  const count = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const find = (place: number) => {
    const part = parts.findLast(({ firstPlace }) => firstPlace <= place);
    const row = part?.rows.at(part.firstPlace - place - 1);
    if (part === undefined || row === undefined) throw new RangeError(`There is no row ${place}.`);
    return { month: part.month, row };
  };
  return {
    count,
    at: (place) => {
      const { month, row } = find(place);
      const { system, number, at } = of(month);
      return {
        repositoryUuid: names.systems[system[row] ?? 0] ?? '',
        number: number[row] ?? 0,
        at: month.startAt + (at[row] ?? 0),
      };
    },
    read: (readPart) => {
      const numbers = new Float64Array(count);
      for (const part of parts) fill(numbers.subarray(part.firstPlace), readPart(part));
      return numbers;
    },
    pick: (isWanted) => parts.flatMap((part) => pickPlaces(part, of(part.month), isWanted)),
  };
}

function pickPlaces(
  { rows, firstPlace }: Part,
  { system, number }: Rows,
  isWanted: (system: number, number: number) => boolean,
): number[] {
  const places: number[] = [];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] ?? 0;
    if (isWanted(system[row] ?? 0, number[row] ?? 0)) places.push(firstPlace + rows.length - 1 - index);
  }
  return places;
}

/** Whether a row is one of these; ids of another form name none. */
export function createIsNamed(
  { names }: Pick<WorkspaceColumns, 'names'>,
  keys: readonly (DeployIdParts | null)[],
): (system: number, number: number) => boolean {
  const systems = new Map(names.systems.map((uuid, index) => [uuid, index]));
  const ids = new Set(
    keys.flatMap((key) => {
      const system = systems.get(key?.repositoryUuid ?? '');
      return key === null || system === undefined ? [] : [toRowId(system, key.number)];
    }),
  );
  return (system, number) => ids.size > 0 && ids.has(toRowId(system, number));
}

export function createIsNamedById(
  columns: Pick<WorkspaceColumns, 'names'>,
  ids: Iterable<string>,
): (system: number, number: number) => boolean {
  return createIsNamed(columns, [...ids].map(parseDeployId));
}

/** The rank of each repository by its name, for whom rows are sorted so; by its number in the columns. */
export function rankSystems(
  { names }: Pick<WorkspaceColumns, 'names'>,
  systems: { toName(uuid: string): { readonly name: string } },
): Float64Array {
  const named = names.systems.map((uuid, index) => ({ index, name: systems.toName(uuid).name }));
  const ranks = new Float64Array(named.length);
  named
    .sort((one, other) => inEnglish.compare(one.name, other.name))
    .forEach(({ index }, rank) => (ranks[index] = rank));
  return ranks;
}

/** Kept: to ask a text itself makes one for each comparison. */
export const inEnglish = new Intl.Collator('en');
