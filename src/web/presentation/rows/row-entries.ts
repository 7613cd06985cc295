import type { ListedRow } from '../../../reporting/rows/row-list';
import { formatLocalDate } from '../format/dates';
import { nameDeployed } from './name-deployed';
import { pickUnits, type ListContext } from './list-column';
import { buildRowActions, type RowEditing } from './row-actions';
import { buildRow } from './row-cell';
import type { RowsKind } from './row-kinds';

interface EntryNeeds {
  readonly context: Omit<ListContext, 'units'>;
  /** `null`: nothing can be put right by whoever looks. */
  readonly editing: RowEditing | null;
}

/** Rows of a table, each with its cells, its menu and the lines below it. */
export function buildEntries<Item, Row extends ListedRow<Item>>(
  { columns, toSubject }: Pick<RowsKind<Item, Row>, 'columns' | 'toSubject'>,
  rows: readonly Row[],
  { context: shared, editing }: EntryNeeds,
) {
  const context = { ...shared, units: pickUnits(columns, rows) };
  return rows.map((row) => {
    const { at, ...subject } = toSubject(row);
    const { name, number } = nameDeployed(row.id);
    const about = { ...subject, ...row, name, date: formatLocalDate(Date.parse(at), context.timezone) };
    // What has no name of its own to its reader is nothing to be put right.
    const done = editing === null || number === null ? { actions: null, lines: [] } : buildRowActions(about, editing);
    return { cells: buildRow(columns, row, context), isLeftOut: row.isLeftOut, ...done };
  });
}
