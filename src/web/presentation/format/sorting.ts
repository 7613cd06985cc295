/** A column that a table can be sorted by: `sort=` names it by its key, with `-` before it descending. */
export interface SortedColumn<Row> {
  readonly key: string;
  readonly text: string;
  readonly isNumeric: boolean;
  readonly toValue: (row: Row) => number | string | null;
}

/** Whether a text asks for one of the columns; used to refuse any other. */
export function isOrder(text: string, keys: readonly string[]): boolean {
  return keys.includes(text.replace(/^-/u, ''));
}

/** Rows in the order asked for, equal ones as they came, and the headings that ask for another order. */
export function sortTable<Row>(
  rows: readonly Row[],
  columns: readonly SortedColumn<Row>[],
  { order, toHref }: { readonly order: string; readonly toHref: (order: string) => string },
) {
  const [key, isDescending] = [order.replace(/^-/u, ''), order.startsWith('-')];
  const { toValue } = columns.find((column) => column.key === key) ?? { toValue: () => null };
  const valued = rows.map((row) => ({ row, value: toValue(row) }));
  return {
    heads: columns.map((column) => buildSortHead(column, { key, isDescending }, toHref)),
    rows: valued.toSorted((a, b) => compareValues(a.value, b.value, isDescending)).map(({ row }) => row),
  };
}

interface Part {
  readonly isDescending: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * What `sortTable` would put from one place up to another, of rows of which only the numbers to sort by are there (NaN:
 * unknown): their places among the unsorted. Only what stands near is put in order.
 */
export function pickSorted(numbers: Float64Array, { isDescending, start, end }: Part): number[] {
  const keys = numbers.map((number) => toAscending(number, isDescending));
  const sorted = keys.toSorted();
  const [least, most] = [sorted[start], sorted[end - 1]];
  if (least === undefined || most === undefined || start >= end) return [];
  const near: number[] = [];
  let before = 0;
  for (let place = 0; place < keys.length; place += 1) {
    const key = keys[place] ?? 0;
    if (key < least) before += 1;
    else if (key <= most) near.push(place);
  }
  // Of equal keys, infinite ones too, the difference is nothing or not even a number.
  near.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  return near.slice(start - before, end - before);
}

function toAscending(number: number, isDescending: boolean): number {
  if (Number.isNaN(number)) return Number.POSITIVE_INFINITY;
  return isDescending ? -number : number;
}

/** Repositories by their names, as people read them. */
export function sortByName<Row extends { readonly system: { readonly name: string } }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => inEnglish.compare(a.system.name, b.system.name));
}

/** Kept: to ask a text itself makes one for each comparison. */
const inEnglish = new Intl.Collator('en');

/** What is unknown stands last, whichever way the table is sorted. */
function compareValues(a: number | string | null, b: number | string | null, isDescending: boolean): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  const ascending = typeof a === 'string' ? inEnglish.compare(a, String(b)) : a - Number(b);
  return isDescending ? -ascending : ascending;
}

/** The heading of a column that can be sorted by: a second click turns the order round. */
function buildSortHead(
  { key, text, isNumeric }: Omit<SortedColumn<never>, 'toValue'>,
  order: { readonly key: string; readonly isDescending: boolean },
  toHref: (order: string) => string,
) {
  const isSorted = key === order.key;
  const nextIsDescending = isSorted ? !order.isDescending : isNumeric;
  const direction = isSorted ? (order.isDescending ? 'descending' : 'ascending') : 'none';
  return {
    text,
    href: toHref(`${nextIsDescending ? '-' : ''}${key}`),
    direction,
    arrow: { ascending: '↑', descending: '↓', none: '' }[direction],
    isNumeric,
  };
}
