import { lookUp } from '../../../domain/look-up';
import type { DeliveryFilter, ParsedFilter, QueryProblem } from '../../../reporting/filter/delivery-filter';
import { addDays, daysBetween } from '../format/dates';
import { pickInterval } from './shown-interval';

/** Days of the ranges offered by name. */
export const presets = [7, 14, 30, 90, 180, 365] as const;

/** Parameters of a page: those of its address and those of its form together. */
export type PageParameters = Readonly<Record<string, readonly string[]>>;

/** A page's filter, checked, with what belongs to the page alone. */
export interface PageFilter {
  readonly filter: DeliveryFilter;
  /** Days of the chosen preset; `null` for dates of one's own. */
  readonly range: number | null;
  readonly sort: string | null;
  /** Nobody chose the interval: it goes with the length of the range, and no address names it. */
  readonly isAutomatic?: boolean;
}

/** Reporting's check of the parameters that pages share with the API. */
export type ParseFilter = (query: Record<string, string[]>) => ParsedFilter;

const filterNames = ['from', 'to', 'interval', 'system', 'team'] as const;

/**
 * Turns the parameters of a page into a checked filter. `range` counts back from today and wins over dates;
 * dates that come back as they were shown beside a preset (`shown`) leave the preset chosen.
 * @param keys columns that the page's table can be sorted by
 */
export function readPageFilter(
  parameters: PageParameters,
  parse: ParseFilter,
  keys: readonly string[],
): PageFilter | { problems: readonly QueryProblem[] } {
  const range = readRange(parameters);
  if (range instanceof Error) {
    return {
      problems: [{ name: 'range', value: range.message, message: `A range is one of ${presets.join(', ')} days.` }],
    };
  }
  const asked = buildApiQuery(parameters, range);
  const parsed = parse(asked);
  if ('problems' in parsed) {
    return parsed;
  }
  const sort = parameters['sort']?.at(-1) ?? null;
  const problem = findSortProblem(sort, keys);
  if (problem !== null) return { problems: [problem] };
  const filter = withRange(parsed.filter, range);
  return asked['interval'] === undefined
    ? { filter: { ...filter, interval: pickInterval(filter) }, range, sort, isAutomatic: true }
    : { filter, range, sort };
}

function findSortProblem(sort: string | null, keys: readonly string[]): QueryProblem | null {
  if (sort === null || keys.includes(sort.replace(/^-/u, ''))) {
    return null;
  }
  const message =
    keys.length === 0 ? 'The table here is not sorted.' : `A table is sorted by one of ${keys.join(', ')}.`;
  return { name: 'sort', value: sort, message };
}

/** The preset asked for, `null` for dates, or an error that carries the refused text. */
function readRange(parameters: PageParameters): number | null | Error {
  const text = readLast(parameters, 'range');
  if (text !== '') {
    return findPreset(text) ?? new Error(text);
  }
  if (areDatesAsShown(parameters)) {
    return findPreset(readLast(parameters, 'kept'));
  }
  return hasDates(parameters) ? null : 90;
}

function readLast(parameters: PageParameters, name: string): string {
  return lookUp(parameters, name)?.at(-1) ?? '';
}

function findPreset(text: string): number | null {
  return presets.find((days) => String(days) === text) ?? null;
}

function hasDates(parameters: PageParameters): boolean {
  return [...(parameters['from'] ?? []), ...(parameters['to'] ?? [])].some((date) => date !== '');
}

function areDatesAsShown(parameters: PageParameters): boolean {
  return `${readLast(parameters, 'from')}/${readLast(parameters, 'to')}` === readLast(parameters, 'shown');
}

/** The part of a query that pages share with the API; empty fields of a form were not filled in. */
function buildApiQuery(parameters: PageParameters, range: number | null): Record<string, string[]> {
  const query: Record<string, string[]> = {};
  for (const name of filterNames) {
    const values = (lookUp(parameters, name) ?? []).filter((value) => value !== '');
    const isReplaced = range !== null && (name === 'from' || name === 'to');
    if (values.length > 0 && !isReplaced) {
      query[name] = values;
    }
  }
  // The form keeps the present choice in a hidden field before the buttons: the pressed one comes last and counts.
  const data = readLast(parameters, 'data');
  return data === '' ? query : { ...query, data: [data] };
}

function withRange(filter: DeliveryFilter, range: number | null): DeliveryFilter {
  return range === null ? filter : { ...filter, from: addDays(filter.to, 1 - range) };
}

/** The same view again: what goes into the address of a link, without any token. */
export function toQuery(page: PageFilter, change: Partial<Record<'sort' | 'range' | 'interval', string | null>> = {}) {
  const { filter } = page;
  const { range, sort } = { range: page.range === null ? null : String(page.range), sort: page.sort, ...change };
  return {
    range,
    ...(range === null ? { from: filter.from, to: filter.to } : { from: null, to: null }),
    interval: change.interval ?? (page.isAutomatic === true ? null : filter.interval),
    system: filter.systems,
    team: filter.teams,
    data: filter.isRaw ? 'raw' : null,
    sort,
  };
}

/** The same filters for the dates of one bucket: the way to the rows behind it. */
export function buildBucketQuery(page: PageFilter, { start, end }: { start: string; end: string }) {
  return { ...toQuery(page), range: null, from: start, to: end, sort: null };
}

/** The period of the same length that ends where this one begins. */
export function buildPeriodBefore(filter: DeliveryFilter): DeliveryFilter {
  const days = daysBetween(filter.from, filter.to) + 1;
  return { ...filter, from: addDays(filter.from, -days), to: addDays(filter.from, -1) };
}
