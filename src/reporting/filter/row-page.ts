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

/** How a list is read. */
interface RowReading<Row, Item> {
  /** Ascending by key. */
  readonly all: readonly Row[];
  /** The places of those that are listed, ascending; without it all of them. */
  readonly chosen?: Uint32Array;
  readonly toKey: (row: Row) => RowKey;
  readonly toItem: (row: Row) => Item;
}

/** Reads a list backwards from its end, or from behind the cursor. */
export function listRows<Row, Item>(
  { limit, cursor, isOldestFirst }: RowPage,
  { all, chosen, toKey, toItem }: RowReading<Row, Item>,
): Rows<Item> {
  const places = chosen ?? Uint32Array.from(all.keys());
  const toRows = (some: Uint32Array) => [...some].flatMap((place) => all[place] ?? []);
  if (isOldestFirst === true) return { items: toRows(places.subarray(0, limit)).map(toItem), next: null };
  const after = cursor === null ? null : toRowKey(cursor);
  const isBehind = (row: Row | undefined) => row !== undefined && after !== null && isAfter(toKey(row), after);
  const backwards = places.toReversed();
  const newestFirst = cursor === null ? backwards : backwards.filter((place) => isBehind(all[place]));
  const shown = toRows(newestFirst.subarray(0, limit));
  const last = newestFirst.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(toItem), next: last === undefined ? null : toCursor(toKey(last)) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
