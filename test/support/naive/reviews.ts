import { cut, pick, toLocalDate } from './calendar';
import { listApprovals, listComments, listReviews } from './counted-activities';
import { passes, type NaiveQuestion, type NaiveReviewedMerge } from './facts';
import { phases, sumPhases } from './phases';
import { mean, summarise } from './statistics';

/* Changes & Reviews from docs/definitions.md, 6, over arrays of objects: slow and plain. */

/** A merged pull request with its numbers, by their names in answers. */
export interface NaiveReview {
  readonly merge: NaiveReviewedMerge;
  readonly numbers: Readonly<Record<string, number | null>>;
  /** Seconds. */
  readonly phases: Readonly<Record<string, number>>;
}

/** @param bots Uuids. */
export function readNaiveReviews(merges: readonly NaiveReviewedMerge[], bots: ReadonlySet<string>): NaiveReview[] {
  return merges.map((merge) => ({
    merge,
    numbers: countNumbers(merge, bots),
    phases: sumPhases(merge, { bots, merges }),
  }));
}

function countNumbers(merge: NaiveReviewedMerge, bots: ReadonlySet<string>): Record<string, number | null> {
  const { openedAt, mergedAt, firstCommitAt } = merge;
  const counting = { bots, until: mergedAt };
  const reviews = listReviews(merge, counting);
  const approvals = listApprovals(merge, counting);
  const [firstReview, first, last] = [reviews[0], approvals[0], approvals.at(-1)].map((one) => one?.at ?? null);
  const toOpen = toSeconds(firstCommitAt, openedAt);
  return {
    time_to_open: toOpen !== null && toOpen >= 0 ? toOpen : null,
    time_to_merge: toSeconds(openedAt, mergedAt),
    time_to_first_review: toSeconds(openedAt, firstReview),
    time_to_first_approval: toSeconds(openedAt, first),
    first_to_last_approval: toSeconds(first, last),
    last_approval_to_merge: toSeconds(last, mergedAt),
    lines_changed: merge.linesChanged,
    commits: merge.isComplete ? merge.changes.length : null,
    comments: listComments(merge, counting).length,
    reviews: reviews.length,
  };
}

const toSeconds = (from: number | null | undefined, to: number | null | undefined): number | null =>
  from == null || to == null ? null : (to - from) / 1000;

/** Every number over the range and its buckets, by the names of the API. */
export function computeNaiveReviews(reviews: readonly NaiveReview[], question: NaiveQuestion) {
  const passing = reviews
    .filter(({ merge }) => passes(merge, question))
    .map((review) => ({ ...review, date: toLocalDate(review.merge.mergedAt, question.zone) }));
  const rows = pick(passing, { start: question.from, end: question.to });
  const buckets = cut(question).map((span) => ({ span, rows: pick(passing, span) }));
  const measure = <T extends object>(toFigures: (some: readonly NaiveReview[]) => T) => ({
    ...toFigures(rows),
    series: buckets.map((bucket) => ({ ...bucket.span, ...toFigures(bucket.rows) })),
  });
  const names = Object.keys(reviews[0]?.numbers ?? {});
  return {
    metrics: Object.fromEntries(
      names.map((name) => [name, measure((some) => summarise(some.map(({ numbers }) => numbers[name] ?? null)))]),
    ),
    phases: measure((some) => ({ mean: computeMeanPhases(some), n: some.length })),
    rows,
    merged: rows.length,
    incomplete: rows.filter(({ merge }) => !merge.isComplete).length,
    unsized: rows.filter(({ merge }) => merge.linesChanged === null).length,
  };
}

function computeMeanPhases(reviews: readonly NaiveReview[]): Record<string, number | null> | null {
  if (reviews.length === 0) return null;
  return Object.fromEntries(phases.map((phase) => [phase, mean(reviews.map((review) => review.phases[phase] ?? 0))]));
}
