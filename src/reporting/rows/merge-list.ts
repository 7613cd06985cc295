import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Part } from '../reviews/merged-points';
import type { WorkspaceVersion } from '../version/workspace-version';
import { createIsNamedById, type ColumnRows } from './column-rows';
import { findMergedIds, mostSearched } from './find-rows';
import type { FoundRows, RowList, RowNumber, RowTotals } from './row-list';

/** What a list of merges or deployments is made of. */
export interface MergeListParts<Row> {
  readonly version: WorkspaceVersion;
  readonly columns: WorkspaceColumns;
  readonly rows: ColumnRows;
  /** Those of the rows that the list has; `null`: all. */
  readonly places: readonly number[] | null;
  /** Ids of those that do not count. */
  readonly leftOut: ReadonlySet<string>;
  /** How numbers are read of columns; `null`: not known to this list. */
  readonly toNumbers: (key: RowNumber) => ((part: Part) => Float64Array) | null;
  /** In no order; what is gone since is left out. */
  readonly readRows: (keys: readonly DeployIdParts[]) => Promise<readonly (Row & { readonly id: string })[]>;
}

export function openMergeList<Row>(parts: MergeListParts<Row>): RowList<Row> {
  const { rows, places, readRows } = parts;
  const count = places?.length ?? rows.count;
  const toPlace = (place: number) => (places === null ? place : (places[place] ?? 0));
  const readNumbers = (key: RowNumber) => {
    const of = parts.toNumbers(key);
    if (of === null) return new Float64Array(count).fill(Number.NaN);
    const all = rows.read(of);
    return places === null ? all : Float64Array.from(places, (place) => all[place] ?? Number.NaN);
  };
  return {
    count,
    readNumbers,
    readRows: async (wanted) => {
      const keys = wanted.map((place) => rows.at(toPlace(place)));
      const found = new Map((await readRows(keys)).map((row) => [row.id, row]));
      return keys.flatMap((key) => found.get(formatDeployId(key)) ?? []);
    },
    computeTotals: (among) => computeTotals(parts, { count, readNumbers, among, toPlace }),
    find: (text) => find(parts, count, text),
  };
}

interface Totalling {
  readonly count: number;
  readonly readNumbers: RowList<unknown>['readNumbers'];
  readonly among: readonly number[] | null;
  readonly toPlace: (place: number) => number;
}

function computeTotals(
  { rows, columns, leftOut, toNumbers }: MergeListParts<unknown>,
  { count, readNumbers, among, toPlace }: Totalling,
): RowTotals {
  const skipped = new Set(leftOut.size === 0 ? [] : rows.pick(createIsNamedById(columns, leftOut)));
  const isSkipped = (place: number) => skipped.size > 0 && skipped.has(toPlace(place));
  const chosen = among ?? Array.from({ length: count }, (_, place) => place);
  const counted = skipped.size === 0 ? chosen : chosen.filter((place) => !isSkipped(place));
  const sum = (key: RowNumber) => {
    if (toNumbers(key) === null) return null;
    const numbers = readNumbers(key);
    return counted.reduce((total, place) => total + (numbers[place] || 0), 0);
  };
  return {
    rows: counted.length,
    leftOut: chosen.length - counted.length,
    commits: sum('commits'),
    lines: sum('lines'),
    resolved: null,
  };
}

async function find(
  { version, columns, rows, places }: MergeListParts<unknown>,
  count: number,
  text: string,
): Promise<FoundRows> {
  if (count === 0) return { places: [], among: null };
  const isAll = rows.count <= mostSearched;
  const span = {
    startAt: rows.at(isAll ? rows.count - 1 : mostSearched - 1).at,
    endAt: rows.at(0).at + 1,
  };
  const found = rows.pick(createIsNamedById(columns, await findMergedIds(version, text, span)));
  const of = places === null ? found : toOwn(found, places);
  return { places: of, among: isAll ? null : mostSearched };
}

/** Where those of the rows that the list has stand in the list. */
function toOwn(found: readonly number[], places: readonly number[]): number[] {
  const wanted = new Set(found);
  return places.flatMap((place, own) => (wanted.has(place) ? [own] : []));
}
