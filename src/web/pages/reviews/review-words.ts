import { type ReviewMetricKey, reviewMetrics } from '../../../domain/reviews/review-metrics';

/** How one number of Changes & reviews is called and explained (docs/definitions.md, 6.1). */
export interface ReviewWords {
  readonly name: string;
  /** Of an axis and after a value, where it is no duration: "lines". */
  readonly unit?: string;
  /** What the median says, in one sentence: `value` comes with its unit. */
  readonly half: (value: string) => string;
  /** Formula in one sentence. */
  readonly formula: string;
  /** Why a merged pull request may not have it; follows "pull requests". */
  readonly missing: string;
}

/** In the order in which a pull request lives; sizes last. */
export const reviewOrder = [
  'time_to_open',
  'time_to_first_review',
  'time_to_first_approval',
  'first_to_last_approval',
  'last_approval_to_merge',
  'time_to_merge',
  'lines_changed',
  'commits',
  'comments',
  'reviews',
] as const satisfies readonly ReviewMetricKey[];

const isDuration = (key: ReviewMetricKey): boolean => reviewMetrics[key].unit === 'seconds';
export const durationKeys = reviewOrder.filter(isDuration);

const reviewRule =
  'A review is an approval, a changes request or a comment on the code by a person who is neither the author nor a bot. One that was withdrawn before the merge does not count.';

const verdictRule =
  'An approval that was withdrawn before the merge does not count; one that the same person replaced by a changes request, or by another approval, counts as a review alone.';

export const reviewWords: Readonly<Record<ReviewMetricKey, ReviewWords>> = {
  time_to_open: {
    name: 'Time to open',
    half: (value) => `Half of the pull requests were opened within ${value} of their first commit.`,
    formula: 'The median time from the earliest commit (its author date) to the opening of the pull request.',
    missing: 'whose first commit is not known or is dated after the opening',
  },
  time_to_merge: {
    name: 'Time to merge',
    half: (value) => `Half of the pull requests were merged within ${value} of their opening.`,
    formula: 'The median time from the opening of a pull request to its merge. Drafts, nights and weekends count.',
    missing: 'dated as merged before they were opened',
  },
  time_to_first_review: {
    name: 'Time to first review',
    half: (value) => `Half of the reviewed pull requests got their first review within ${value}.`,
    formula: `The median time from the opening to the first review. ${reviewRule}`,
    missing: 'that were merged without a review',
  },
  time_to_first_approval: {
    name: 'Time to first approval',
    half: (value) => `Half of the approved pull requests got their first approval within ${value}.`,
    formula: `The median time from the opening to the first approval by a person who is neither the author nor a bot. ${verdictRule}`,
    missing: 'that were merged without an approval',
  },
  first_to_last_approval: {
    name: 'First to last approval',
    half: (value) => `Half of the approved pull requests got their last approval within ${value} of the first.`,
    formula:
      'The median time from the first approval to the last one. With a single approval it is 0 and counts. A replaced approval is none.',
    missing: 'that were merged without an approval',
  },
  last_approval_to_merge: {
    name: 'Last approval to merge',
    half: (value) => `Half of the approved pull requests were merged within ${value} of their last approval.`,
    formula: 'The median time from the last approval to the merge.',
    missing: 'that were merged without an approval',
  },
  lines_changed: {
    name: 'Lines changed',
    unit: 'lines',
    half: (value) => `Half of the pull requests changed at most ${value}.`,
    formula: 'The median of lines added and removed together, as Bitbucket counts them.',
    missing: 'whose size has not been read or cannot be read',
  },
  commits: {
    name: 'Commits',
    unit: 'commits',
    half: (value) => `Half of the pull requests had at most ${value}.`,
    formula: 'The median number of commits of a pull request as it was merged, without the commit that merged it.',
    missing: 'whose commits could not be read',
  },
  comments: {
    name: 'Comments',
    unit: 'comments',
    half: (value) => `Half of the pull requests got at most ${value}.`,
    formula:
      'The median number of comments up to the merge, general ones and those on the code, of all people, the author included. Comments of bots and deleted ones do not count.',
    missing: 'whose comments are not known',
  },
  reviews: {
    name: 'Reviews',
    unit: 'reviews',
    half: (value) => `Half of the pull requests got at most ${value}.`,
    formula: `The median number of reviews up to the merge; two by one person are two. ${reviewRule}`,
    missing: 'whose reviews are not known',
  },
};
