import { lookUp } from '../../../domain/look-up';
import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import type { FoundRows, RowList, RowNumber } from '../../../reporting/rows/row-list';
import { readOne } from '../filter/page-parameters';
import type { PageParameters } from '../filter/page-filter';
import { pickSorted, sortTable } from '../format/sorting';
import type { ListColumn } from './list-column';
import { findTexts, formatOtherOrder, orderTexts } from './words';

export const longestSearch = 200;
export const usualOrder = '-time';

/** The text that is searched for, without blanks around it; `null`: none. A problem where it is too long. */
export function readFind(parameters: PageParameters): string | null | QueryProblem {
  const text = (readOne(parameters, 'find') ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  if (Array.from(text).length > longestSearch) return { name: 'find', value: text, message: findTexts.tooLong };
  return text === '' ? null : text;
}

/** Rows of a list in an order: which of them, and how many there are of the search. */
export interface ChosenRows {
  readonly count: number;
  /** Places from one up to another in the order. */
  readonly pick: (start: number, end: number) => readonly number[];
}

export function chooseRows(list: RowList<unknown>, order: string, found: FoundRows | null): ChosenRows {
  const places = found?.places ?? null;
  const count = places?.length ?? list.count;
  const toPlaces = (indices: readonly number[]) =>
    places === null ? indices : indices.map((index) => places[index] ?? 0);
  if (order === usualOrder) {
    const range = (start: number, end: number) =>
      Array.from({ length: Math.max(0, Math.min(end, count) - start) }, (_, index) => start + index);
    return { count, pick: (start, end) => toPlaces(range(start, end)) };
  }
  const all = list.readNumbers(order.replace(/^-/u, '') as RowNumber);
  const numbers = places === null ? all : Float64Array.from(places, (place) => all[place] ?? Number.NaN);
  const isDescending = order.startsWith('-');
  return { count, pick: (start, end) => toPlaces(pickSorted(numbers, { isDescending, start, end })) };
}

/** The headings of the columns, those that are sorted by leading to another order. */
export function buildHeads<Row>(columns: readonly ListColumn<Row>[], order: string, toHref: (order: string) => string) {
  return columns.map(({ key, text, isNumeric = false }) => {
    if (key === null) return { text, isNumeric };
    // A moment begins with the latest, as a number does with the largest.
    const sorted = { key, text, isNumeric: isNumeric || key !== 'author', toValue: () => null };
    const [head] = sortTable([], [sorted], { order, toHref }).heads;
    return { ...head, text, isNumeric };
  });
}

/** The orders to choose from, with the present one among them, whatever it is. */
export function buildOrderChoices(orders: readonly string[], order: string) {
  const offered = orders.includes(order) ? orders : [...orders, order];
  return offered.map((value) => ({ value, text: formatOrder(value), isChosen: value === order }));
}

function formatOrder(order: string): string {
  const known = lookUp(orderTexts, order);
  if (known !== undefined) return known;
  const isDescending = order.startsWith('-');
  const key = order.replace(/^-/u, '');
  return formatOtherOrder(lookUp(orderTexts, isDescending ? key : `-${key}`) ?? key, isDescending);
}
