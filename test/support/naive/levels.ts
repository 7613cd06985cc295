import { listDates } from './calendar';
import type { NaiveQuestion } from './facts';

/* Performance levels from the tables of docs/definitions.md, 5. */

const levels = ['elite', 'high', 'medium', 'low'];
const day = 86_400;

const tables = {
  'dora-2021': { windows: [1, 30, 182], lead: [3600, 7 * day, 182 * day], failure: [0.15, 0.3] },
  'dora-2024': { windows: [1, 7, 30], lead: [day, 7 * day, 30 * day], failure: [0.05, 0.1, 0.2] },
};
const recoveryLimits = [3600, day, 7 * day];

interface Statistic {
  readonly value: number | null;
  readonly n: number;
}

export interface ToJudge {
  /** The local date of every deployment in the range. */
  readonly dates: readonly string[];
  readonly lead: Statistic;
  readonly failure: Statistic;
  readonly recovery: Statistic;
}

/** From five changes, ten deployments or five recovered incidents on; under that there are too few to tell. */
export function findLevels(question: NaiveQuestion, { dates, lead, failure, recovery }: ToJudge) {
  const table = tables[question.table ?? 'dora-2021'];
  const isLess = (one: number, limit: number): boolean => one < limit;
  const isAtMost = (one: number, limit: number): boolean => one <= limit;
  return {
    deployment_frequency: findFrequencyLevel(question, dates, table.windows),
    lead_time_for_changes: lead.n < 5 ? null : findLevel(lead.value, table.lead, isLess),
    change_failure_rate: failure.n < 10 ? null : findLevel(failure.value, table.failure, isAtMost),
    time_to_recover: recovery.n < 5 ? null : findLevel(recovery.value, recoveryLimits, isLess),
  };
}

/** The lowest of those present. */
export function findLowest(found: readonly (string | null)[]): string | null {
  return levels.findLast((level) => found.includes(level)) ?? null;
}

function findLevel(
  value: number | null,
  limits: readonly number[],
  isWithin: (value: number, limit: number) => boolean,
): string | null {
  if (value === null) return null;
  const index = limits.findIndex((limit) => isWithin(value, limit));
  return levels[index] ?? 'low';
}

/** The shortest windows of which more than half have a deployment. */
function findFrequencyLevel({ from, to }: NaiveQuestion, dates: readonly string[], lengths: readonly number[]) {
  if (dates.length === 0) return null;
  const deployed = new Set(dates);
  const all = listDates({ start: from, end: to });
  const index = lengths.findIndex((length) => {
    const windows = listWindows(all, length);
    return windows.filter((window) => window.some((date) => deployed.has(date))).length > windows.length / 2;
  });
  return levels[index] ?? 'low';
}

/** The dates of each window that counts, from the end; the earliest only with half of its length, or alone. */
function listWindows(dates: readonly string[], length: number): string[][] {
  const left = [...dates];
  const windows: string[][] = [];
  while (left.length > 0) windows.push(left.splice(-length));
  const isShort = (windows.at(-1)?.length ?? 0) < length / 2;
  return windows.length > 1 && isShort ? windows.slice(0, -1) : windows;
}
