import { phases, type Phase } from '../../../src/domain/reviews/phase';
import type { WhatChangedReport } from '../../../src/reporting/answers/what-changed';
import { buildAccelerateReport } from './sample-report';

const hour = 3_600;
/** Hours in each phase, before and now: together 32 and 30. */
const hours: Readonly<Record<Phase, readonly [number, number]>> = {
  coding: [9, 10],
  draft: [0, 0],
  waiting_for_first_review: [14, 10.5],
  in_review: [4, 4.5],
  waiting_for_author: [1, 1],
  approved: [4, 4],
  in_merge_queue: [0, 0],
  waiting_for_deployment: [0, 0],
};
const parts = [-2, -1, -0.5, -0.25, 0.25, 1.5] as const;
const names = ['Payments', 'Checkout', 'Storefront', 'Search', 'Mobile', 'Infrastructure'];

function toSystem(name: string, index: number): WhatChangedReport['systems'][number] {
  const slug = name.toLowerCase();
  const system = { uuid: `{00000000-0000-4000-8000-00000000010${index}}`, slug, name };
  const part = (parts[index] ?? 0) * hour;
  return { system, now: { n: 16, mean: 30 * hour }, before: { n: 15, mean: 32 * hour }, part };
}

/** What changed in the samples' 87 days: 32 h on average before, 30 h now. */
export function buildWhatChanged(change: Partial<WhatChangedReport> = {}): WhatChangedReport {
  const { workspace, completeness, range } = buildAccelerateReport();
  return {
    workspace,
    of: 'deployments',
    range: { from: range.from, to: range.to, timezone: range.timezone },
    compared: { from: '2026-05-29', to: '2026-08-23' },
    now: { n: 96, left_out: 12, mean: 30 * hour, median: 21 * hour },
    before: { n: 90, left_out: 10, mean: 32 * hour, median: 24 * hour },
    difference: -2 * hour,
    movement: 'lower',
    phases: phases.map((phase) => {
      const [before, now] = hours[phase];
      return { phase, now: now * hour, before: before * hour, part: (now - before) * hour };
    }),
    systems: names.map(toSystem),
    completeness: {
      imported_since: completeness.imported_since,
      importing: completeness.importing,
      verified_at: completeness.verified_at,
    },
    ...change,
  };
}

/** The same where nothing was merged in either period. */
export function buildNothingChanged(): WhatChangedReport {
  const none = { n: 0, left_out: 0, mean: null, median: null };
  const empty = phases.map((phase) => ({ phase, now: null, before: null, part: null }));
  return buildWhatChanged({
    ...{ now: none, before: none, difference: null, movement: 'too few to tell', phases: empty, systems: [] },
  });
}
