import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { formatCount } from './numbers';

export const rowsPerPage = 50;

/** Of a sorted list: which page, from 1, how many rows a page has, and what the rows are where several lists page. */
interface PageOfList {
  readonly number: number;
  readonly size?: number;
  readonly what?: string;
}

/** The page of a list that the parameter `name` asks for, from 1; a problem for anything that is none. */
export function readPageOfList(text: string | null, name = 'page'): number | QueryProblem {
  return /^[1-9]\d{0,5}$/u.test(text ?? '1')
    ? Number(text ?? '1')
    : { name, value: text ?? '', message: 'A page is a whole number from 1.' };
}

/** The rows of one page of a sorted list; a page behind the end is the last one. */
export function buildPaged<Item>(items: readonly Item[], place: PageOfList, toHref: (page: string) => string) {
  const { start, end, ...ways } = findPaged(items.length, place, toHref);
  return { items: items.slice(start, end), ...ways };
}

/** The same of a list that need not be there: from where to where its page reaches, and the words and ways beside it. */
export function findPaged(
  count: number,
  { number, size = rowsPerPage, what = 'page' }: PageOfList,
  toHref: (page: string) => string,
) {
  const last = Math.max(1, Math.ceil(count / size));
  const page = Math.min(number, last);
  const start = (page - 1) * size;
  const end = Math.min(count, start + size);
  return {
    ...{ start, end },
    text: last === 1 ? null : `${formatCount(start + 1)} to ${formatCount(end)} of ${formatCount(count)}`,
    newer: page === 1 ? null : { href: toHref(String(page - 1)), text: `${capitalise(what)} before` },
    older: page === last ? null : { href: toHref(String(page + 1)), text: `Next ${what}` },
  };
}

function capitalise(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
