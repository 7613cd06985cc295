/** A table as the template writes it: the first cell of each row is its heading. */
export interface TableView {
  readonly caption: string;
  readonly heads: readonly HeadView[];
  readonly rows: readonly RowView[];
}

export interface HeadView {
  readonly text: string;
  readonly isNumeric: boolean;
}

export interface RowView {
  readonly name: string;
  /** The rows behind this one; `null`: there is no way on. */
  readonly href: string | null;
  /** Each with the heading of its column, for narrow screens. */
  readonly cells: readonly CellView[];
}

export interface CellView {
  readonly head: string;
  readonly text: string;
}

/** Puts rows of plain text under their headings; all columns but the first hold numbers. */
export function buildTable(
  caption: string,
  heads: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly href: string | null }[],
): TableView {
  return {
    caption,
    heads: heads.map((text, index) => ({ text, isNumeric: index > 0 })),
    rows: rows.map((row) => ({
      name: row.cells[0] ?? '',
      href: row.href,
      cells: row.cells.slice(1).map((text, index) => ({ head: heads[index + 1] ?? '', text })),
    })),
  };
}
