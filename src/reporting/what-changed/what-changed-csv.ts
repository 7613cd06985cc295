import type { WhatChangedReport } from '../answers/what-changed';
import { formatCsv } from '../csv/csv';

const columns = [
  ...['part', 'phase', 'system_uuid', 'system_slug', 'system_name'],
  ...['mean', 'mean_before', 'difference', 'n', 'n_before', 'left_out', 'left_out_before', 'note'],
];

/** A row for all, one a phase and one a repository; the differences of the phases, and of the repositories, add up. */
export function formatWhatChangedCsv({
  now,
  before,
  difference,
  movement,
  phases,
  systems,
}: WhatChangedReport): string {
  const all = {
    ...{ part: 'all', mean: now.mean, mean_before: before.mean, difference, n: now.n, n_before: before.n },
    ...{ left_out: now.left_out, left_out_before: before.left_out, note: movement },
  };
  const byPhase = phases.map(({ phase, now: mean, before: mean_before, part }) => ({
    ...{ part: 'phase', phase, mean, mean_before, difference: part },
  }));
  const bySystem = systems.map(({ system, now: own, before: ownBefore, part }) => ({
    ...{ part: 'system', system_uuid: system.uuid, system_slug: system.slug, system_name: system.name },
    ...{ mean: own.mean, mean_before: ownBefore.mean, difference: part, n: own.n, n_before: ownBefore.n },
  }));
  return formatCsv(columns, [all, ...byPhase, ...bySystem]);
}
