import type { WholeSnapshot } from '../../../src/reporting/snapshot';
import { sampleSystem } from './sample-overview';
import {
  buildEmptyReviewsReport,
  buildEmptyWorkInProgress,
  buildMergedItem,
  buildOpenItem,
  buildReviewsReport,
  buildWorkInProgress,
  toMergedPoints,
} from './sample-reviews';
import { buildTimeLine } from './sample-time-line';
import { buildOpenWaits } from './sample-waits';

/** What a snapshot answers of Changes & Reviews and Work in Progress. */
export type Reviewing =
  | 'computeReviews'
  | 'computeReviewsPerSystem'
  | 'computeReviewsInAll'
  | 'computeReviewMetric'
  | 'rankSystemsByReviews'
  | 'openMergedPoints'
  | 'readMerged'
  | 'listMergedPullRequests'
  | 'streamMergedPullRequests'
  | 'listOpenPullRequests'
  | 'computeWorkInProgress'
  | 'findOpenWaits'
  | 'tellCompleteness'
  | 'readTimeLine';

export function buildSampleReviews(isEmpty: boolean): Pick<WholeSnapshot, Reviewing> {
  const reviews = isEmpty ? buildEmptyReviewsReport() : buildReviewsReport();
  const numbers = isEmpty ? [] : Array.from({ length: 60 }, (_, index) => index + 1);
  return {
    computeReviews: () => reviews,
    computeReviewsPerSystem: () => [{ system: sampleSystem, report: reviews }],
    computeReviewsInAll: () => reviews,
    computeReviewMetric: (_filter, key) => reviews[key],
    rankSystemsByReviews: () => [{ system: sampleSystem, value: reviews.time_to_merge.value }],
    openMergedPoints: (_filter, limit) =>
      toMergedPoints(numbers.slice(0, limit).map((number) => buildMergedItem(number))),
    readMerged: async (keys) => keys.map(({ number }) => buildMergedItem(number)),
    listMergedPullRequests: async (_filter, { limit, cursor }) => {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + limit;
      const items = numbers.slice(start, end).map((id) => buildMergedItem(id));
      return { items, next: end < numbers.length ? String(end) : null };
    },
    streamMergedPullRequests: async function* () {
      yield numbers.map((id) => buildMergedItem(id));
    },
    listOpenPullRequests: () => ({ items: isEmpty ? [] : [buildOpenItem(12)], next: null }),
    computeWorkInProgress: () => (isEmpty ? buildEmptyWorkInProgress() : buildWorkInProgress()),
    findOpenWaits: () => buildOpenWaits(isEmpty ? { waits: [], load: null } : {}),
    tellCompleteness: () => buildWorkInProgress(),
    readTimeLine: async (_repository, number) => (number === 404 ? null : buildTimeLine({ number })),
  };
}
