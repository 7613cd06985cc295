import type { Call } from './call';
import { Refusal } from './refusal';
import type { Json } from '../present/account';

export interface PageRules<T> {
  readonly items: readonly T[];
  readonly present: (item: T) => Json;
  readonly defaultLength?: number;
  readonly maxLength?: number;
}

/** Reads `pagelen`; more than the list allows is refused, not cut. */
function readLength(call: Call, rules: { readonly defaultLength?: number; readonly maxLength?: number }): number {
  const asked = call.query.get('pagelen');
  if (asked === null) {
    return rules.defaultLength ?? 10;
  }
  const length = Number(asked);
  if (!Number.isInteger(length) || length < 1 || length > (rules.maxLength ?? 100)) {
    throw new Refusal(400, 'Invalid pagelen');
  }
  return length;
}

/** A list paged by numbers, with its size. */
export function replyPage<T>(call: Call, rules: PageRules<T>): Json {
  const length = readLength(call, rules);
  const page = Number(call.query.get('page') ?? '1');
  if (!Number.isInteger(page) || page < 1) {
    throw new Refusal(400, 'Invalid page');
  }
  const start = (page - 1) * length;
  const hasMore = start + length < rules.items.length;
  return {
    values: rules.items.slice(start, start + length).map(rules.present),
    pagelen: length,
    size: rules.items.length,
    page,
    ...(hasMore ? { next: toAddress(call, 'page', String(page + 1)) } : {}),
    ...(page > 1 ? { previous: toAddress(call, 'page', String(page - 1)) } : {}),
  };
}

/** A list paged by opaque cursors: page numbers are refused, the size is not told. */
export function replyCursorPage<T>(
  call: Call,
  rules: Omit<PageRules<T>, 'items'> & { readonly items: () => readonly T[]; readonly parameter: 'page' | 'ctx' },
): Json {
  const length = readLength(call, rules);
  const cursor = call.query.get(rules.parameter);
  const walk = cursor === null ? { items: rules.items(), offset: 0 } : call.cursors.find(call.path, cursor);
  const items = walk.items as readonly T[];
  const end = walk.offset + length;
  const values = items.slice(walk.offset, end).map(rules.present);
  if (end >= items.length) {
    return { values, pagelen: length };
  }
  const next = call.cursors.keep(call.path, { items, offset: end });
  return { values, pagelen: length, next: toAddress(call, rules.parameter, next) };
}

function toAddress(call: Call, parameter: string, value: string): string {
  const query = new URLSearchParams(call.query);
  query.set(parameter, value);
  return `${call.addresses.base}${call.path}?${query.toString()}`;
}
