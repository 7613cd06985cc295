import { compareText } from '../../domain/compare-text';
import { z } from 'zod';
import { readSingle, showValue, type Query, type QueryProblem } from './delivery-filter';

/** Which part of a list is wanted. */
export interface RowPage {
  readonly limit: number;
  /** As `next` of the page before gave it; `null`: from the beginning. */
  readonly cursor: string | null;
  /** Only the first page can be read from the other end, and `next` is `null` then. */
  readonly isOldestFirst?: boolean;
}

export interface Rows<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page; `null` at the end. */
  readonly next: string | null;
}

/** The place of a row in a list: newest first, then the greater id as text. */
interface RowKey {
  readonly at: number;
  readonly id: string;
}

export const mostRowsPerPage = 500;
export const usualRowsPerPage = 100;

const cursorForm = z.tuple([z.int(), z.string().min(1).max(300)]);

export function parseRowPage(query: Query): { page: RowPage } | { problems: readonly QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const limitText = readSingle(query, 'limit', problems);
  const cursor = readSingle(query, 'cursor', problems);
  const limit = limitText === null ? usualRowsPerPage : toLimit(limitText);
  if (limitText !== null && limit === null) {
    const message = `"${showValue(limitText)}" is no whole number from 1 to ${mostRowsPerPage}.`;
    problems.push({ name: 'limit', value: limitText, message });
  }
  if (cursor !== null && toRowKey(cursor) === null) {
    problems.push({ name: 'cursor', value: cursor, message: `"${showValue(cursor)}" is no "next" of this list.` });
  }
  return problems.length > 0 || limit === null ? { problems } : { page: { limit, cursor } };
}

function toLimit(text: string): number | null {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= mostRowsPerPage ? limit : null;
}

/** The key in a cursor of ours; `null` for any other text. */
function toRowKey(cursor: string): RowKey | null {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor) {
    return null;
  }
  const parsed = cursorForm.safeParse(parseJson(bytes.toString('utf8')));
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}

function toCursor({ at, id }: RowKey): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Whether a row comes after the key in a list. */
function isAfter(row: RowKey, key: RowKey): boolean {
  return row.at < key.at || (row.at === key.at && compareText(row.id, key.id) < 0);
}

/** What a page is taken from: ascending by time, of several at one instant by id as text. */
interface Listed {
  readonly count: number;
  /** The key of the row at a place. */
  readonly toKey: (index: number) => RowKey;
}

interface PickedPage {
  /** Places of the rows of the page, in its order. */
  readonly places: readonly number[];
  readonly next: string | null;
}

/** The page as places in the list, read backwards from its end, or from behind the cursor. */
export function pickPage({ limit, cursor, isOldestFirst }: RowPage, { count, toKey }: Listed): PickedPage {
  const length = Math.min(limit, count);
  if (isOldestFirst === true) return { places: Array.from({ length }, (_, index) => index), next: null };
  const places = [...takeBackwards({ limit: limit + 1, cursor }, { count, toKey })];
  const shown = places.slice(0, limit);
  const last = shown.at(-1);
  return { places: shown, next: places.length <= limit || last === undefined ? null : toCursor(toKey(last)) };
}

function* takeBackwards({ limit, cursor }: RowPage, listed: Listed): Generator<number> {
  let left = limit;
  for (const place of listBehind(cursor, listed)) {
    if (left === 0) return;
    yield place;
    left -= 1;
  }
}

/** Places behind the cursor, the nearest first; of a cursor that is none of ours none. */
function* listBehind(cursor: string | null, listed: Listed): Generator<number> {
  const after = cursor === null ? null : toRowKey(cursor);
  if (cursor !== null && after === null) return;
  const first = after === null ? listed.count : countUpTo(listed, after.at);
  for (let place = first - 1; place >= 0; place -= 1) {
    if (after === null || isAfter(listed.toKey(place), after)) yield place;
  }
}

/** How many there are at or before the instant. */
function countUpTo({ count, toKey }: Listed, at: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (toKey(middle).at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How a list is read that is in memory as it is. */
interface RowReading<Row, Item> {
  /** Ascending by key. */
  readonly all: readonly Row[];
  readonly toKey: (row: Row) => RowKey;
  readonly toItem: (row: Row) => Item;
}

export function listRows<Row, Item>(page: RowPage, { all, toKey, toItem }: RowReading<Row, Item>): Rows<Item> {
  const get = (index: number): Row => {
    const row = all[index];
    if (row === undefined) throw new RangeError(`There is no row ${index}.`);
    return row;
  };
  const { places, next } = pickPage(page, { count: all.length, toKey: (index) => toKey(get(index)) });
  return { items: places.map((index) => toItem(get(index))), next };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
