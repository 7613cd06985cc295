/** Which column a table is sorted by, as `sort=` says it: `-` first is descending. */
export interface Order {
  readonly key: string;
  readonly isDescending: boolean;
}

export interface SortHeadView {
  readonly text: string;
  /** `null`: the table cannot be sorted by it. */
  readonly href: string | null;
  /** For `aria-sort`. */
  readonly direction: 'ascending' | 'descending' | 'none';
  readonly arrow: string;
  readonly isNumeric: boolean;
}

export function readOrder(sort: string | null, usual: string): Order {
  const text = sort ?? usual;
  return { key: text.replace(/^-/u, ''), isDescending: text.startsWith('-') };
}

/** Whether a text asks for one of the columns; used to refuse any other. */
export function isOrder(text: string, keys: readonly string[]): boolean {
  return keys.includes(text.replace(/^-/u, ''));
}

/** What is unknown stands last, whichever way the table is sorted. */
export function compareValues(a: number | string | null, b: number | string | null, isDescending: boolean): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  const ascending = typeof a === 'string' ? a.localeCompare(String(b), 'en') : a - Number(b);
  return isDescending ? -ascending : ascending;
}

/** The heading of a column that can be sorted by: a second click turns the order round. */
export function buildSortHead(
  column: { readonly key: string; readonly text: string; readonly isNumeric: boolean },
  order: Order,
  toHref: (sort: string) => string,
): SortHeadView {
  const isSorted = column.key === order.key;
  const nextIsDescending = isSorted ? !order.isDescending : column.isNumeric;
  const direction = isSorted ? (order.isDescending ? 'descending' : 'ascending') : 'none';
  return {
    text: column.text,
    href: toHref(`${nextIsDescending ? '-' : ''}${column.key}`),
    direction,
    arrow: { ascending: '↑', descending: '↓', none: '' }[direction],
    isNumeric: column.isNumeric,
  };
}

/** The heading of a column that cannot be sorted by. */
export function buildPlainHead(text: string, isNumeric = false): SortHeadView {
  return { text, href: null, direction: 'none', arrow: '', isNumeric };
}
