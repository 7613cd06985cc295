interface TableParts<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** What heads a row. */
  readonly name: TableColumn<Row>;
  readonly columns: readonly TableColumn<Row>[];
  /** The rows behind this one. */
  readonly toHref: (row: Row, index: number) => string;
}

/** A column: its heading, and how a cell of it reads. */
export type TableColumn<Row> = readonly [head: string, toText: (row: Row, index: number) => string];

/** Plain text under headings; each cell repeats the heading of its column, for narrow screens. */
export function buildTable<Row>({ caption, rows, name: [first, toName], columns, toHref }: TableParts<Row>) {
  return {
    caption,
    heads: [{ text: first, isNumeric: false }, ...columns.map(([text]) => ({ text, isNumeric: true }))],
    rows: rows.map((row, index) => ({
      name: toName(row, index),
      href: toHref(row, index),
      cells: columns.map(([head, toText]) => ({ head, text: toText(row, index) })),
    })),
  };
}
