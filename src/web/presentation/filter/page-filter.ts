import type { Period } from '../../../domain/calendar/calendar-period';
import { lookUp } from '../../../domain/look-up';
import type { DeliveryFilter, QueryProblem } from '../../../reporting/filter/delivery-filter';
import {
  readComparison,
  readLast,
  type ComparedChoice,
  type PageParameters,
  type ParseFilter,
} from './compared-period';
import { filterWords } from './filter-words';
import { findNamedRange, findPreviousPeriod, parseRangeName, rangeNames, type RangeName } from './range-choice';
import { pickInterval } from './shown-interval';

export { presets } from './range-choice';
export type { PageParameters, ParseFilter } from './compared-period';

/** A page's filter, checked, with what belongs to the page alone. */
export interface PageFilter {
  readonly filter: DeliveryFilter;
  /** Days of the chosen preset, or the name of a period of the calendar; `null` for dates of one's own. */
  readonly range: RangeName | null;
  readonly sort: string | null;
  /** Nobody chose the interval: it goes with the length of the range, and no address names it. */
  readonly isAutomatic?: boolean;
  /** What the range is compared with; without: the period before. */
  readonly comparison?: ComparedChoice;
}

const filterNames = ['from', 'to', 'interval', 'system', 'team'] as const;

/** What of an address chooses what a page shows; without any of them a page shows what its reader saw last. */
export const viewNames = [...filterNames, 'data', 'range', 'compare', 'compare_from', 'compare_to'] as const;

/**
 * Turns the parameters of a page into a checked filter. `range` is counted from today and wins over dates; dates that
 * come back as they were shown beside a named range (`shown`) leave that one chosen.
 * @param keys columns that the page's table can be sorted by
 */
export function readPageFilter(
  parameters: PageParameters,
  parse: ParseFilter,
  keys: readonly string[],
): PageFilter | { problems: readonly QueryProblem[] } {
  const range = readRange(parameters);
  if (range instanceof Error) {
    return { problems: [{ name: 'range', value: range.message, message: filterWords.badRange(rangeNames) }] };
  }
  const asked = buildApiQuery(parameters, range);
  const parsed = parse(asked);
  if ('problems' in parsed) {
    return parsed;
  }
  const filter = withRange(parsed.filter, range);
  const comparison = readComparison(parameters, parse, { range, period: filter });
  if ('problems' in comparison) {
    return comparison;
  }
  const sort = parameters['sort']?.at(-1) ?? null;
  const problem = findSortProblem(sort, keys);
  if (problem !== null) return { problems: [problem] };
  return asked['interval'] === undefined
    ? { filter: { ...filter, interval: pickInterval(filter) }, range, sort, comparison, isAutomatic: true }
    : { filter, range, sort, comparison };
}

function findSortProblem(sort: string | null, keys: readonly string[]): QueryProblem | null {
  if (sort === null || keys.includes(sort.replace(/^-/u, ''))) {
    return null;
  }
  const message =
    keys.length === 0 ? 'The table here is not sorted.' : `A table is sorted by one of ${keys.join(', ')}.`;
  return { name: 'sort', value: sort, message };
}

/** The named range asked for, `null` for dates, or an error that carries the refused text. */
function readRange(parameters: PageParameters): RangeName | null | Error {
  const text = readLast(parameters, 'range');
  if (text !== '') {
    return parseRangeName(text) ?? new Error(text);
  }
  if (areDatesAsShown(parameters)) {
    return parseRangeName(readLast(parameters, 'kept'));
  }
  return hasDates(parameters) ? null : 90;
}

function hasDates(parameters: PageParameters): boolean {
  return [...(parameters['from'] ?? []), ...(parameters['to'] ?? [])].some((date) => date !== '');
}

function areDatesAsShown(parameters: PageParameters): boolean {
  return `${readLast(parameters, 'from')}/${readLast(parameters, 'to')}` === readLast(parameters, 'shown');
}

/** The part of a query that pages share with the API; empty fields of a form were not filled in. */
function buildApiQuery(parameters: PageParameters, range: RangeName | null): Record<string, string[]> {
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

/** Asked for without dates, a range ends today. */
function withRange(filter: DeliveryFilter, range: RangeName | null): DeliveryFilter {
  return range === null ? filter : { ...filter, ...findNamedRange(range, filter.to) };
}

type QueryChange = Partial<Record<'sort' | 'range' | 'interval', string | null>>;

/** The same view again: what goes into the address of a link, without any token. */
export function toQuery(page: PageFilter, change: QueryChange = {}) {
  const { filter } = page;
  const { range, sort } = { range: page.range === null ? null : String(page.range), sort: page.sort, ...change };
  return {
    range,
    ...(range === null ? { from: filter.from, to: filter.to } : { from: null, to: null }),
    interval: change.interval ?? (page.isAutomatic === true ? null : filter.interval),
    ...toComparedQuery(page.comparison),
    system: filter.systems,
    team: filter.teams,
    data: filter.isRaw ? 'raw' : null,
    sort,
  };
}

/** The period before is what is compared with unless another is asked for, so no address names it. */
function toComparedQuery(comparison: ComparedChoice | undefined) {
  const { name, period } = comparison ?? { name: 'previous', period: null };
  const dates = name === null ? period : null;
  return {
    compare: name === 'year' ? name : null,
    compare_from: dates?.from ?? null,
    compare_to: dates?.to ?? null,
  };
}

/** The same filters for the dates of one bucket: the way to the rows behind it. */
export function buildBucketQuery(page: PageFilter, { start, end }: { start: string; end: string }) {
  return { ...toQuery(page), range: null, from: start, to: end, sort: null };
}

/** The dates that the range of a page is compared with. */
export function findCompared({ filter, range, comparison }: PageFilter): Period {
  return comparison?.period ?? findPreviousPeriod(range, filter);
}
