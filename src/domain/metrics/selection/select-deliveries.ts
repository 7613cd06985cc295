import type { MonthColumns, Rows, WorkspaceColumns } from '../../columns/month-columns';
import type { DeployIdParts } from '../../deployments/deploy-id';
import type { Instant } from '../../instant';
import { toStarts } from '../../columns/narrow';
import { toRowFilter, type RowSelection } from './row-filter';
import { selectMonthRows, type MonthRows } from './select-rows';

/** A deployment or a merged pull request: where it is found by key, and where in the columns. */
export interface SelectedRow extends DeployIdParts {
  readonly at: Instant;
  readonly month: MonthColumns;
  /** Of the deployments or the merges of the month. */
  readonly row: number;
}

/** Rows ascending by their moment, then by id as text: lists are read off backwards. */
export interface Selected {
  readonly count: number;
  /** @throws if there are not so many */
  at(index: number): SelectedRow;
}

/** The deployments of the range that pass the filters. */
export function selectDeployments(columns: WorkspaceColumns, selection: RowSelection): Selected {
  return select(columns, selection, ({ deployments }) => deployments);
}

/** The pull requests merged in the range, to any branch, that pass the filters. */
export function selectMerges(columns: WorkspaceColumns, selection: RowSelection): Selected {
  return select(columns, selection, ({ merges }) => merges);
}

function select(columns: WorkspaceColumns, selection: RowSelection, of: (month: MonthColumns) => Rows): Selected {
  const { names } = columns;
  const months = selectMonthRows(columns, { ...selection, filter: toRowFilter(names, selection) }, of);
  const starts = toStarts(months.map(({ rows }) => rows.length));
  return {
    count: starts.at(-1) ?? 0,
    at: (index) => {
      const place = starts.findLastIndex((start) => start <= index);
      const found = months[place];
      if (found === undefined || index < 0) throw new RangeError(`There is no row ${index}.`);
      return toSelectedRow(found, { place: index - (starts[place] ?? 0), of, systems: names.systems });
    },
  };
}

interface Reading {
  /** Among the rows that are selected. */
  readonly place: number;
  readonly of: (month: MonthColumns) => Rows;
  readonly systems: readonly string[];
}

function toSelectedRow({ month, rows }: MonthRows, { place, of, systems }: Reading): SelectedRow {
  const row = rows[place] ?? 0;
  const { system, number, at } = of(month);
  return {
    repositoryUuid: systems[system[row] ?? 0] ?? '',
    number: number[row] ?? 0,
    at: month.startAt + (at[row] ?? 0),
    month,
    row,
  };
}
