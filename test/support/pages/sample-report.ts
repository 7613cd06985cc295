import type { AccelerateReport } from '../../../src/reporting/answers/accelerate';

const start = Date.parse('2026-08-24T00:00:00Z');
const week = 7 * 86_400_000;

/** Monday to Sunday of the n-th week, the last one cut by the range. */
function toWeek(index: number): { start: string; end: string } {
  const from = start + index * week;
  const toText = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { start: toText(from), end: index === 12 ? '2026-11-18' : toText(from + week - 86_400_000) };
}

const weeks = Array.from({ length: 13 }, (_, index) => index);
const counts = [7, 9, 6, 11, 8, 0, 9, 10, 12, 9, 7, 14, 6];

/** A report as `GET /api/v1/metrics/accelerate` gives it: thirteen weeks, one of them without any deployment. */
export function buildAccelerateReport(change: Partial<AccelerateReport> = {}): AccelerateReport {
  return {
    workspace: { uuid: '{5e6a2f9e-2c1d-4f7f-9d55-6c6a4d1b0a01}', slug: 'acme' },
    range: { from: '2026-08-24', to: '2026-11-18', timezone: 'UTC', interval: 'week' },
    deployment_frequency: {
      value: 108 / 87,
      deployments: 108,
      days: 87,
      level: 'elite',
      series: weeks.map((index) => toFrequency(index)),
    },
    lead_time_for_changes: {
      value: 93_600,
      p75: 190_000,
      p95: 400_000,
      n: 412,
      excluded: 1,
      level: 'high',
      series: weeks.map((index) => toLeadTime(index)),
    },
    change_failure_rate: {
      value: 9 / 108,
      failed: 9,
      n: 108,
      level: 'elite',
      series: weeks.map((index) => toShare(index, 'failed')),
    },
    time_to_recover: {
      value: 5_400,
      mean: 9_000,
      n: 8,
      unresolved: 1,
      excluded: 0,
      level: 'high',
      series: weeks.map((index) => toRecovery(index)),
    },
    rework_rate: { value: 6 / 108, rework: 6, n: 108, series: weeks.map((index) => toShare(index, 'rework')) },
    level: { table: 'dora-2021', overall: 'high' },
    completeness: {
      imported_since: '2025-11-22',
      importing: false,
      incomplete_deployments: 3,
      undated_merges: 0,
      verified_at: '2026-11-18T10:00:00.000Z',
    },
    ...change,
  };
}

function toFrequency(index: number): AccelerateReport['deployment_frequency']['series'][number] {
  const deployments = counts[index] ?? 0;
  const days = index === 12 ? 3 : 7;
  return { ...toWeek(index), value: deployments / days, deployments, days };
}

function toLeadTime(index: number): AccelerateReport['lead_time_for_changes']['series'][number] {
  const isEmpty = counts[index] === 0;
  const value = isEmpty ? null : 60_000 + ((index * 37) % 11) * 9_000;
  return {
    ...toWeek(index),
    value,
    p75: value === null ? null : value * 1.9,
    p95: value === null ? null : value * 3.6,
    n: isEmpty ? 0 : 30 + index,
    excluded: 0,
  };
}

function toShare<K extends 'failed' | 'rework'>(index: number, key: K) {
  const n = counts[index] ?? 0;
  const part = n === 0 ? 0 : (index * 5) % 3;
  return { ...toWeek(index), value: n === 0 ? null : part / n, n, [key]: part } as {
    start: string;
    end: string;
    value: number | null;
    n: number;
  } & Record<K, number>;
}

function toRecovery(index: number): AccelerateReport['time_to_recover']['series'][number] {
  const value = index % 3 === 1 || index === 6 ? 3_000 + index * 900 : null;
  return { ...toWeek(index), value, mean: value, n: value === null ? 0 : 1, unresolved: 0, excluded: 0 };
}

/** A report of a workspace in which nothing was deployed. */
export function buildEmptyReport(): AccelerateReport {
  const full = buildAccelerateReport();
  const none = { value: null, n: 0, level: null };
  return {
    ...full,
    deployment_frequency: { value: 0, deployments: 0, days: 87, level: null, series: [] },
    lead_time_for_changes: { ...none, p75: null, p95: null, excluded: 0, series: [] },
    change_failure_rate: { ...none, failed: 0, series: [] },
    time_to_recover: { ...none, mean: null, unresolved: 0, excluded: 0, series: [] },
    rework_rate: { value: null, rework: 0, n: 0, series: [] },
    level: { table: 'dora-2021', overall: null },
    completeness: { ...full.completeness, incomplete_deployments: 0 },
  };
}
