import type { Period } from '../../../domain/calendar/calendar-period';
import { lookUp } from '../../../domain/look-up';
import type { ParsedFilter, QueryProblem } from '../../../reporting/filter/delivery-filter';
import { filterWords } from './filter-words';
import { compareNames, findComparedPeriod, type CompareName, type RangeName } from './range-choice';

/** Parameters of a page: those of its address and those of its form together. */
export type PageParameters = Readonly<Record<string, readonly string[]>>;

/** Reporting's check of the parameters that pages share with the API. */
export type ParseFilter = (query: Record<string, string[]>) => ParsedFilter;

/** What a range is compared with. */
export interface ComparedChoice {
  /** `null`: dates of one's own. */
  readonly name: CompareName | null;
  readonly period: Period;
}

interface ShownRange {
  readonly range: RangeName | null;
  readonly period: Period;
}

type Problems = { readonly problems: readonly QueryProblem[] };

/**
 * `compare` names a period, or leaves it to the dates of `compare_from` and `compare_to`; without all three it is the
 * period before. As with ranges, dates that come back as they were shown (`compare_shown`) leave the named one chosen.
 */
export function readComparison(
  parameters: PageParameters,
  parse: ParseFilter,
  { range, period }: ShownRange,
): ComparedChoice | Problems {
  const name = readCompareName(parameters);
  if (name instanceof Error) {
    return { problems: [{ name: 'compare', value: name.message, message: filterWords.badCompare }] };
  }
  if (name === null) return readDates(parameters, parse);
  return { name, period: findComparedPeriod(name, range, { from: period.from, to: period.to }) };
}

function readCompareName(parameters: PageParameters): CompareName | null | Error {
  const text = readLast(parameters, 'compare');
  if (text !== '') return compareNames.find((name) => name === text) ?? new Error(text);
  const [from, to] = [readLast(parameters, 'compare_from'), readLast(parameters, 'compare_to')];
  if (`${from}/${to}` === readLast(parameters, 'compare_shown')) {
    return compareNames.find((name) => name === readLast(parameters, 'compare_kept')) ?? null;
  }
  return from === '' && to === '' ? 'previous' : null;
}

function readDates(parameters: PageParameters, parse: ParseFilter): ComparedChoice | Problems {
  const query: Record<string, string[]> = {};
  for (const name of ['from', 'to'] as const) {
    const values = (lookUp(parameters, `compare_${name}`) ?? []).filter((value) => value !== '');
    if (values.length > 0) query[name] = values;
  }
  const parsed = parse(query);
  if ('problems' in parsed) {
    return { problems: parsed.problems.map((problem) => ({ ...problem, name: `compare_${problem.name}` })) };
  }
  const missing = (['from', 'to'] as const).find((name) => query[name] === undefined);
  if (missing !== undefined) {
    return { problems: [{ name: `compare_${missing}`, value: '', message: filterWords.halfCompare }] };
  }
  return { name: null, period: { from: parsed.filter.from, to: parsed.filter.to } };
}

/** The last value of a parameter: of a form, that of the pressed button; `''` without any. */
export function readLast(parameters: PageParameters, name: string): string {
  return lookUp(parameters, name)?.at(-1) ?? '';
}
