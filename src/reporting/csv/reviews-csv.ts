import { phases, type Phase } from '../../domain/reviews/phase';
import { toCsv } from './csv';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../pull-requests/pull-request-items';
import type { UndatedMergeItem } from '../pull-requests/undated-merges';
import { reviewMetricKeys, type PhaseFigures, type ReviewsReport } from '../reviews/reviews-report';

/**
 * A row a metric for the whole range, and behind it a row for each bucket; then the same for the mean of each phase,
 * as `phase_<name>`.
 */
export function toReviewsCsv(report: ReviewsReport): string {
  const { from, to, interval } = report.range;
  const metrics = reviewMetricKeys.map((key) => [key, report[key]] as const);
  const parts = phases.map((phase) => {
    const { series, ...whole } = report.phases;
    const buckets = series.map(({ start, end, ...bucket }) => ({ start, end, ...toPhase(bucket, phase) }));
    return [`phase_${phase}`, { ...toPhase(whole, phase), series: buckets }] as const;
  });
  return toCsv(
    ['metric', 'part', 'start', 'end', 'value', 'mean', 'p75', 'p95', 'n', 'excluded'],
    [...metrics, ...parts].flatMap(([metric, { series, ...whole }]) => [
      { ...whole, metric, part: 'range', start: from, end: to },
      ...series.map((bucket) => ({ ...bucket, metric, part: interval })),
    ]),
  );
}

function toPhase({ mean, n }: PhaseFigures, phase: Phase) {
  return { mean: mean?.[phase] ?? null, n };
}

const places = ['id', 'system_uuid', 'system_slug', 'system_name', 'title', 'author_uuid', 'author_name', 'state'];
const moments = ['draft', 'destination', 'opened_at', 'merged_at'];
const durations = [
  'time_to_open',
  'time_to_merge',
  'time_to_first_review',
  'time_to_first_approval',
  'first_to_last_approval',
  'last_approval_to_merge',
];
const sizes = ['lines_changed', 'commits', 'comments', 'reviews', 'url'];

/** A row a merged pull request. */
export function toMergedPullRequestsCsv(items: readonly MergedPullRequestItem[]): string {
  return toCsv([...places, ...moments, ...durations, ...sizes], items.map(toFlat));
}

/** A row an open pull request. */
export function toOpenPullRequestsCsv(items: readonly OpenPullRequestItem[]): string {
  return toCsv(
    [...places, ...moments, 'queued', 'phase', 'time_in_progress', 'time_stale', ...sizes],
    items.map(toFlat),
  );
}

/** A row a merged pull request that nobody can date. */
export function toUndatedMergesCsv(items: readonly UndatedMergeItem[]): string {
  const columns = [...places.filter((name) => name !== 'state'), 'destination', 'opened_at', 'url'];
  return toCsv(columns, items.map(toFlat));
}

function toFlat<Item extends MergedPullRequestItem | OpenPullRequestItem | UndatedMergeItem>({
  system,
  author,
  ...item
}: Item) {
  return {
    ...item,
    system_uuid: system.uuid,
    system_slug: system.slug,
    system_name: system.name,
    author_uuid: author?.uuid ?? null,
    author_name: author?.display_name ?? null,
  };
}
