import { toDayNumber, toLocalDate, type LocalDate } from '../../domain/calendar/civil-day';
import { mostDays } from '../../domain/calendar/date-range';
import { wholePopulations, type WholePopulation } from '../../domain/metrics/what-changed/tally-whole-times';
import { parseChoice, parseDate, type DeliveryFilter, type Query, type QueryProblem } from '../filter/delivery-filter';

export interface ChangeChoice {
  readonly of: WholePopulation;
  /** The filters of the range over the period that it is compared with. */
  readonly compared: DeliveryFilter;
}

export type ParsedChange = { readonly choice: ChangeChoice } | { readonly problems: readonly QueryProblem[] };

/**
 * Which pull requests are meant, and what a range is compared with: the period of the same length before it, or from
 * `compare_from` to `compare_to`, of which one is enough for a period of the same length.
 */
export function parseChangeChoice(query: Query, filter: DeliveryFilter): ParsedChange {
  const problems: QueryProblem[] = [];
  const of = parseChoice(query, { name: 'of', choices: wholePopulations }, problems) ?? 'deployments';
  const from = parseDate(query, 'compare_from', problems);
  const to = parseDate(query, 'compare_to', problems);
  const compared = { ...filter, ...toPeriod({ from, to }, filter) };
  problems.push(...checkPeriod(compared));
  return problems.length > 0 ? { problems } : { choice: { of, compared } };
}

interface Ends {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

function toPeriod({ from, to }: Ends, range: DeliveryFilter): Pick<DeliveryFilter, 'from' | 'to'> {
  const steps = toDay(range.to) - toDay(range.from);
  if (from !== null) return { from, to: to ?? toLocalDate(toDay(from) + steps) };
  const end = to === null ? toDay(range.from) - 1 : toDay(to);
  return { from: toLocalDate(end - steps), to: toLocalDate(end) };
}

function toDay(date: LocalDate): number {
  return toDayNumber(date) ?? 0;
}

function checkPeriod({ from, to }: DeliveryFilter): QueryProblem[] {
  const days = toDay(to) - toDay(from) + 1;
  if (days < 1) {
    return [{ name: 'compare_from', value: from, message: `"${from}" lies after the end of the period, ${to}.` }];
  }
  if (days <= mostDays) return [];
  const message = `"${from}" makes a period of ${days} days; ${mostDays} is the most.`;
  return [{ name: 'compare_from', value: from, message }];
}
