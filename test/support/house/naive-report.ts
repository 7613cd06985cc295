import { DateTime } from 'luxon';
import type { NaiveDeployment, NaiveFacts, NaiveIncident } from './naive-facts';

/*
 * The Accelerate report from docs/definitions.md, 2 and 5, over arrays of objects with luxon's calendar: slow,
 * plain, and without a line of the product.
 */

export interface NaiveQuestion {
  readonly from: string;
  readonly to: string;
  readonly interval: 'day' | 'week' | 'month';
  readonly zone: string;
  /** Uuids and slugs. */
  readonly systems: readonly string[];
  readonly teams: readonly string[];
}

export interface Span {
  readonly start: string;
  readonly end: string;
}

const levels = ['elite', 'high', 'medium', 'low'];

/** In the JSON of docs/contract.md, 4.1, without `workspace` and with the part of `completeness` under filters. */
export function computeNaiveReport(facts: NaiveFacts, question: NaiveQuestion): Record<string, unknown> {
  const passing = {
    deployments: facts.deployments.filter((one) => passes(one, question)),
    incidents: facts.incidents.filter((one) => passesIncident(one, question)),
    fixes: new Set(facts.incidents.map(({ fix }) => fix.deploy_id)),
  };
  const whole = measure(passing, question, { start: question.from, end: question.to });
  const series = cut(question).map((span) => ({ span, measured: measure(passing, question, span).metrics }));
  const found = findLevels(question, whole);
  const metrics = Object.entries(whole.metrics).map(([name, values], index) => {
    const level = found[index];
    const buckets = series.map(({ span, measured }) => ({ ...span, ...measured[name as keyof typeof measured] }));
    return [name, { ...values, ...(level === undefined ? {} : { level }), series: buckets }] as const;
  });
  const { from, to, interval, zone } = question;
  return {
    range: { from, to, timezone: zone, interval },
    ...Object.fromEntries(metrics),
    level: { table: 'dora-2021', overall: levels.findLast((level) => found.includes(level)) ?? null },
    incomplete_deployments: whole.rows.filter(({ complete }) => !complete).length,
    undated_merges: facts.undated.filter((one) => passes(one, question)).length,
  };
}

export function passes(one: Pick<NaiveDeployment, 'system' | 'teams'>, { systems, teams }: NaiveQuestion): boolean {
  const isSystem = systems.length === 0 || systems.includes(one.system.uuid) || systems.includes(one.system.slug);
  return isSystem && (teams.length === 0 || one.teams.some((team) => teams.includes(team)));
}

function passesIncident(one: NaiveIncident, question: NaiveQuestion): boolean {
  if (one.blamed !== null) return passes(one.blamed, question);
  const isSystem = passes({ ...one.fix, teams: [] }, { ...question, teams: [] });
  return question.teams.length === 0 && isSystem;
}

/** Whether an instant lies in the local days of a span. */
export function toTest({ zone }: NaiveQuestion, { start, end }: Span): (at: number) => boolean {
  const { from } = findDay(start, zone);
  const { to } = findDay(end, zone);
  return (at) => at >= from && at < to;
}

interface Day {
  readonly from: number;
  readonly to: number;
}

/** Hundreds of questions ask for the same days, and Luxon takes its time for each. */
const knownDays = new Map<string, Day>();

function findDay(date: string, zone: string): Day {
  const key = `${zone} ${date}`;
  const known = knownDays.get(key);
  if (known !== undefined) return known;
  const some = DateTime.fromISO(date, { zone });
  const day = { from: some.startOf('day').toMillis(), to: some.plus({ days: 1 }).startOf('day').toMillis() };
  knownDays.set(key, day);
  return day;
}

function listDays({ start, end }: Span): string[] {
  const days: string[] = [];
  const last = DateTime.fromISO(end, { zone: 'UTC' });
  for (let one = DateTime.fromISO(start, { zone: 'UTC' }); one <= last; one = one.plus({ days: 1 })) {
    days.push(one.toFormat('yyyy-MM-dd'));
  }
  return days;
}

export function cut({ from, to, interval }: NaiveQuestion): Span[] {
  const groups = new Map<string, string[]>();
  for (const day of listDays({ start: from, end: to })) {
    const key = DateTime.fromISO(day, { zone: 'UTC' }).startOf(interval).toISODate() ?? '';
    groups.set(key, [...(groups.get(key) ?? []), day]);
  }
  return [...groups.values()].map((days) => ({ start: days[0] ?? '', end: days.at(-1) ?? '' }));
}

export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return low === undefined || high === undefined ? null : low + (rank - Math.floor(rank)) * (high - low);
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** `fixes`: of every incident, linked or not: a fix counts where it passes the filters itself. */
interface Passing extends Omit<NaiveFacts, 'merged' | 'undated'> {
  readonly fixes: ReadonlySet<string>;
}

function measure({ deployments, incidents, fixes }: Passing, question: NaiveQuestion, span: Span) {
  const isWithin = toTest(question, span);
  const rows = deployments.filter(({ at }) => isWithin(at));
  const days = listDays(span).length;
  const pairs = rows.flatMap(({ at, changes }) => changes.map(({ authoredAt }) => (at - authoredAt) / 1000));
  const leads = pairs.filter((seconds) => seconds >= 0);
  const blamed = new Set(incidents.map((one) => one.blamed?.deploy_id));
  const failed = rows.filter(({ deploy_id }) => blamed.has(deploy_id)).length;
  const recoveries = incidents
    .filter((one) => one.blamed !== null && isWithin(one.createdAt))
    .map(({ createdAt, resolvedAt }) => (resolvedAt - createdAt) / 1000);
  const good = recoveries.filter((seconds) => seconds >= 0);
  return {
    rows,
    metrics: {
      deployment_frequency: { value: rows.length / days, deployments: rows.length, days },
      lead_time_for_changes: {
        value: percentile(leads, 0.5),
        p75: percentile(leads, 0.75),
        p95: percentile(leads, 0.95),
        n: leads.length,
        excluded: pairs.length - leads.length,
      },
      change_failure_rate: { value: share(failed, rows.length), failed, n: rows.length },
      time_to_recover: {
        value: percentile(good, 0.5),
        mean: good.length === 0 ? null : good.reduce((sum, one) => sum + one, 0) / good.length,
        n: good.length,
        unresolved: 0,
        excluded: recoveries.length - good.length,
      },
      rework_rate: toRework(rows.filter(({ deploy_id }) => fixes.has(deploy_id)).length, rows.length),
    },
  };
}

const toRework = (rework: number, n: number) => ({ value: share(rework, n), rework, n });

function levelOf(value: number | null, limits: readonly number[], isBelow: (one: number, limit: number) => boolean) {
  if (value === null) return null;
  const index = limits.findIndex((limit) => isBelow(value, limit));
  return index < 0 ? 'low' : (levels[index] ?? null);
}

/**
 * By `dora-2021`, in the order of the metrics; the rework rate has none. Frequency by windows counted back from the
 * range's end, the others from five changes, ten deployments or five recovered incidents on.
 */
function findLevels(question: NaiveQuestion, { rows, metrics }: ReturnType<typeof measure>): (string | null)[] {
  const days = listDays({ start: question.from, end: question.to });
  const deployed = new Set(
    rows.map(({ at }) => DateTime.fromMillis(at, { zone: question.zone }).toFormat('yyyy-MM-dd')),
  );
  const frequency = [1, 30, 182].findIndex((length) => {
    const windows = listWindows(days, length);
    return windows.filter((window) => window.some((day) => deployed.has(day))).length > windows.length / 2;
  });
  const { lead_time_for_changes: lead, change_failure_rate: failure, time_to_recover: recovery } = metrics;
  const isLess = (one: number, limit: number): boolean => one < limit;
  const isAtMost = (one: number, limit: number): boolean => one <= limit;
  return [
    rows.length === 0 ? null : (levels[frequency] ?? 'low'),
    lead.n < 5 ? null : levelOf(lead.value, [3600, 7 * 86_400, 182 * 86_400], isLess),
    failure.n < 10 ? null : levelOf(failure.value, [0.15, 0.3], isAtMost),
    recovery.n < 5 ? null : levelOf(recovery.value, [3600, 86_400, 7 * 86_400], isLess),
  ];
}

/** The days of each window that counts; the earliest only with half of its length, or alone. */
function listWindows(days: readonly string[], length: number): string[][] {
  const left = [...days];
  const windows: string[][] = [];
  while (left.length > 0) windows.push(left.splice(-length));
  const isShort = (windows.at(-1)?.length ?? 0) < length / 2;
  return windows.length > 1 && isShort ? windows.slice(0, -1) : windows;
}
