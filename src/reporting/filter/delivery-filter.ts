import { lookUp } from '../../domain/look-up';
import { countBucketsAtMost, intervals, mostBuckets, type Interval } from '../../domain/calendar/bucket';
import { toDayNumber, toLocalDate, type LocalDate } from '../../domain/calendar/civil-day';
import { earliestDate, latestDate, mostDays } from '../../domain/calendar/date-range';

/** What a reader has chosen for a list or a metric, checked. An empty list: nothing was chosen. */
export interface DeliveryFilter {
  readonly from: LocalDate;
  /** Included. */
  readonly to: LocalDate;
  readonly interval: Interval;
  /** Repository uuids with braces. */
  readonly systems: readonly string[];
  /** Slugs. */
  readonly teams: readonly string[];
  /** The facts as they came, without the corrections made by hand (`data=raw`). */
  readonly isRaw: boolean;
}

/** A filter as facts are asked with it: what was chosen, among what its reader may see. */
export interface VisibleFilter extends Omit<DeliveryFilter, 'systems'> {
  /** Repository uuids with braces; `null`: all, an empty list: none. */
  readonly systems: readonly string[] | null;
}

/** A value of a query that cannot be used, in words for a person. */
export interface QueryProblem {
  readonly name: string;
  readonly value: string;
  readonly message: string;
}

/** The values of a query by name, as sent. */
export type Query = Readonly<Record<string, readonly string[] | undefined>>;

/** What a query may name in this workspace. */
interface FilterChoices {
  /** The date it is in the workspace's zone. */
  readonly today: LocalDate;
  readonly systems: readonly { readonly uuid: string; readonly slug: string }[];
  readonly teams: readonly { readonly slug: string }[];
  /** The only repository the caller may see; `null`: all of the workspace. */
  readonly repositoryUuid: string | null;
}

export type ParsedFilter = { readonly filter: DeliveryFilter } | { readonly problems: readonly QueryProblem[] };

/** Without dates a query is about the last 90 days to today. */
const usualDays = 90;
/** So much of a value is repeated in a message. */
const longestShown = 100;

/**
 * Checks the filters of a query (docs/contract.md, 3.4): names of other parameters are ignored; every value that is
 * unknown, foreign or malformed is a problem, in the same words for each of the three.
 */
export function parseDeliveryFilter(query: Query, choices: FilterChoices): ParsedFilter {
  const problems: QueryProblem[] = [];
  const to = parseDate(query, 'to', problems) ?? choices.today;
  const from = parseDate(query, 'from', problems) ?? shiftDate(to, 1 - usualDays);
  const interval = parseChoice(query, { name: 'interval', choices: intervals }, problems) ?? 'week';
  // Without a word about it the corrections made by hand act.
  const isRaw = parseChoice(query, { name: 'data', choices: ['raw', 'corrected'] }, problems) === 'raw';
  const systems = resolveAll(query['system'], (value) => findSystem(value, choices));
  const teams = resolveAll(query['team'], (value) => choices.teams.find(({ slug }) => slug === value)?.slug);
  problems.push(...toUnknown('system', systems.unknown), ...toUnknown('team', teams.unknown));
  if (problems.length === 0) {
    problems.push(...checkRange({ from, to, interval }));
  }
  const ownSystems = choices.repositoryUuid === null ? systems.found : [choices.repositoryUuid];
  return problems.length > 0
    ? { problems }
    : { filter: { from, to, interval, systems: ownSystems, teams: teams.found, isRaw } };
}

/** The only value of a parameter; `null` when there is none. Sent twice it is a problem. */
export function readSingle(query: Query, name: string, problems: QueryProblem[]): string | null {
  const values = lookUp(query, name) ?? [];
  if (values.length > 1) {
    problems.push({
      name,
      value: values.join(', '),
      message: `"${name}" can be given once, not ${values.length} times.`,
    });
    return null;
  }
  return values[0] ?? null;
}

/** A value as it is repeated to its sender. */
export function showValue(value: string): string {
  return value.length > longestShown ? `${value.slice(0, longestShown)}…` : value;
}

/** A date of those that can be asked for; `null` when there is none, or another text. */
export function parseDate(query: Query, name: string, problems: QueryProblem[]): LocalDate | null {
  const value = readSingle(query, name, problems);
  if (value === null) {
    return null;
  }
  if (toDayNumber(value) === null || value < earliestDate || value > latestDate) {
    const message = `"${showValue(value)}" is no date from ${earliestDate} to ${latestDate}, written YYYY-MM-DD.`;
    problems.push({ name, value, message });
    return null;
  }
  return value;
}

/** One of a few words; `null` when there is none, or another. */
export function parseChoice<Word extends string>(
  query: Query,
  { name, choices }: { readonly name: string; readonly choices: readonly Word[] },
  problems: QueryProblem[],
): Word | null {
  const value = readSingle(query, name, problems);
  const found = choices.find((one) => one === value) ?? null;
  if (value !== null && found === null) {
    problems.push({ name, value, message: `"${showValue(value)}" is none of ${choices.join(', ')}.` });
  }
  return found;
}

/** By uuid, in any case, with braces or without, else by slug; for a caller of one repository there is but that one. */
function findSystem(value: string, choices: FilterChoices): string | undefined {
  const own = choices.systems.filter(({ uuid }) => choices.repositoryUuid === null || uuid === choices.repositoryUuid);
  const bare = value.toLowerCase().replace(/^\{(.*)\}$/, '$1');
  const found = own.find(({ uuid }) => uuid.toLowerCase() === `{${bare}}`) ?? own.find(({ slug }) => slug === value);
  return found?.uuid;
}

function resolveAll(values: readonly string[] | undefined, resolve: (value: string) => string | undefined) {
  const found = new Set<string>();
  const unknown = new Set<string>();
  for (const value of values ?? []) {
    const resolved = resolve(value);
    if (resolved === undefined) {
      unknown.add(value);
    } else {
      found.add(resolved);
    }
  }
  return { found: [...found], unknown: [...unknown] };
}

function toUnknown(name: 'system' | 'team', values: readonly string[]): QueryProblem[] {
  return values.map((value) => ({ name, value, message: `There is no ${name} "${showValue(value)}".` }));
}

function checkRange({ from, to, interval }: Pick<DeliveryFilter, 'from' | 'to' | 'interval'>): QueryProblem[] {
  const days = (toDayNumber(to) ?? 0) - (toDayNumber(from) ?? 0) + 1;
  if (days < 1) {
    return [{ name: 'from', value: from, message: `"${from}" lies after the end of the range, ${to}.` }];
  }
  if (days > mostDays) {
    return [
      { name: 'from', value: from, message: `"${from}" makes a range of ${days} days; ${mostDays} is the most.` },
    ];
  }
  if (countBucketsAtMost(days, interval) > mostBuckets) {
    const message = `"${interval}" cuts ${days} days into more than ${mostBuckets} parts; choose a longer interval.`;
    return [{ name: 'interval', value: interval, message }];
  }
  return [];
}

function shiftDate(date: LocalDate, days: number): LocalDate {
  return toLocalDate((toDayNumber(date) ?? 0) + days);
}
