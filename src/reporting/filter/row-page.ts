import { z } from 'zod';
import { compareText } from '../../domain/metrics/columns/delivery-columns';
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
export interface RowKey {
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
export function toRowKey(cursor: string): RowKey | null {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor) {
    return null;
  }
  const parsed = cursorForm.safeParse(parseJson(bytes.toString('utf8')));
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}

export function toCursor({ at, id }: RowKey): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Whether a row comes after the key in a list. */
export function isAfter(row: RowKey, key: RowKey): boolean {
  return row.at < key.at || (row.at === key.at && compareText(row.id, key.id) < 0);
}

/** How a selection of rows is read. */
export interface RowReading<Item> {
  /** Ascending by key. */
  readonly rows: Uint32Array;
  readonly toKey: (row: number) => RowKey | null;
  readonly toItem: (row: number) => Item | null;
}

/** Reads a selection backwards from its end, or from behind the cursor. */
export function listRows<Item>(page: RowPage, { rows, toKey, toItem }: RowReading<Item>): Rows<Item> {
  const { limit, cursor } = page;
  if (page.isOldestFirst === true) {
    return { items: [...rows.subarray(0, limit)].flatMap((row) => toItem(row) ?? []), next: null };
  }
  const after = cursor === null ? { at: Number.POSITIVE_INFINITY, id: '' } : toRowKey(cursor);
  const newestFirst = after === null ? [] : rows.toReversed().filter((row) => isBehind(toKey(row), after));
  const shown = newestFirst.slice(0, limit);
  const last = newestFirst.length > limit ? toKey(shown.at(-1) ?? -1) : null;
  return {
    items: [...shown].flatMap((row) => toItem(row) ?? []),
    next: last === null ? null : toCursor(last),
  };
}

function isBehind(key: RowKey | null, after: RowKey): boolean {
  return key !== null && isAfter(key, after);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
