import type { ReferenceWorkspace } from '../reference/shape';

/** What the Accelerate metrics are asked for, in UTC. */
export interface Question {
  /** Dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly interval: 'day' | 'week' | 'month';
  /** Slugs; none: all. */
  readonly systems: readonly string[];
  readonly teams: readonly string[];
}

/** The numbers of a span, times in milliseconds. */
export interface Figures {
  readonly deployments: number;
  readonly changes: number;
  readonly lead: number | null;
  readonly lead75: number | null;
  readonly lead95: number | null;
  readonly failed: number;
  readonly rework: number;
  readonly recoveries: number;
  readonly recovery: number | null;
  readonly meanRecovery: number | null;
}

export interface Figured {
  readonly whole: Figures;
  readonly series: readonly Figures[];
}

const day = 86_400_000;

/** Days since 1970. */
export function toDay(date: string): number {
  return Date.parse(date) / day;
}

/** The buckets of a question as days, each from its first up to, and without, its last. */
export function cutDays({ from, to, interval }: Question): (readonly [first: number, end: number])[] {
  const [first, end] = [toDay(from), toDay(to) + 1];
  const spans: [number, number][] = [];
  for (let at = first; at < end; at += 1) {
    const last = spans.at(-1);
    if (last === undefined || isBeginning(at, interval)) spans.push([at, at + 1]);
    else last[1] = at + 1;
  }
  return spans;
}

function isBeginning(at: number, interval: Question['interval']): boolean {
  const date = new Date(at * day);
  if (interval === 'month') return date.getUTCDate() === 1;
  return interval === 'day' || date.getUTCDay() === 1;
}

/** Those of a range of that many days up to the end of the data. */
export function askLast(
  { now }: Pick<ReferenceWorkspace, 'now'>,
  days: number,
  filter: Partial<Question> = {},
): Question {
  const toDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return { from: toDate(now - (days - 1) * day), to: toDate(now), interval: 'week', systems: [], teams: [], ...filter };
}

export function toQuery({ systems, teams, ...range }: Question): string {
  const query = new URLSearchParams(range);
  systems.forEach((system) => query.append('system', system));
  teams.forEach((team) => query.append('team', team));
  return query.toString();
}

interface Part {
  readonly value: number | null;
  readonly n: number;
  readonly deployments: number;
  readonly failed: number;
  readonly rework: number;
  readonly p75: number | null;
  readonly p95: number | null;
  readonly mean: number | null;
}
/** The answer of the API, as far as it is compared. */
export type AccelerateAnswer = Readonly<Record<string, Part & { readonly series: readonly Part[] }>>;

/** Where the answer of the API is not what was computed: in words; `null`: it is, to twelve digits. */
export function findDifference(answer: AccelerateAnswer, { whole, series }: Figured): string | null {
  const parts = [
    ['deployment_frequency', { deployments: 'deployments' }],
    ['lead_time_for_changes', { value: 'lead', p75: 'lead75', p95: 'lead95', n: 'changes' }],
    ['change_failure_rate', { failed: 'failed' }],
    ['time_to_recover', { value: 'recovery', mean: 'meanRecovery', n: 'recoveries' }],
    ['rework_rate', { rework: 'rework' }],
  ] as const;
  for (const [metric, names] of parts) {
    const found = answer[metric];
    for (const [name, figure] of Object.entries(names) as [keyof Part, keyof Figures][]) {
      const pairs = [[found, whole] as const, ...series.map((one, at) => [found?.series[at], one] as const)];
      const at = pairs.findIndex(([part, figures]) => !isSame(part?.[name], figures[figure], figure));
      const [part, figures] = pairs[at] ?? [];
      if (figures !== undefined) return `${metric}.${name} (${at}): ${part?.[name]} and not ${figures[figure]}`;
    }
    if (found?.series.length !== series.length) return `${metric}: another number of buckets`;
  }
  return null;
}

const counts: readonly (keyof Figures)[] = ['deployments', 'changes', 'failed', 'rework', 'recoveries'];

function isSame(found: number | null | undefined, expected: number | null, name: keyof Figures): boolean {
  if (found == null || expected === null) return found === expected;
  const value = counts.includes(name) ? expected : expected / 1000;
  return Math.abs(found - value) <= 1e-11 * Math.max(1, Math.abs(value));
}
