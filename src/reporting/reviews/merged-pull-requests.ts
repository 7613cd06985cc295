import { readPacked } from '../../domain/columns/packed-column';
import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import { selectMerges } from '../../domain/metrics/selection/select-deliveries';
import { mapReviewMetrics, reviewMetrics, type ReviewMetricKey } from '../../domain/reviews/review-metrics';
import type { MergedPullRequestItem } from '../answers/pull-requests';
import type { DerivedMerge } from '../facts/derive-rows';
import type { VisibleFilter } from '../filter/delivery-filter';
import type { RowPage, Rows } from '../filter/row-page';
import { toSelection } from '../filter/selection';
import { toPlace, type RowNames } from '../pull-requests/pull-request-place';
import { readSelected } from '../pull-requests/read-selected';
import { formatTimestamp } from '../version/completeness';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** The pull requests that Changes & Reviews counts under the same filter, newest merge first. */
export function listMergedPullRequests(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  page: RowPage,
): Promise<Rows<MergedPullRequestItem>> {
  const names = { systems: version.systems, people: version.known.people };
  const selected = selectMerges(pickColumns(version, filter), toSelection(filter, version.known.settings));
  return readSelected(version, selected, { filter, page, toItem: (merge) => toMergedItem(merge, names) });
}

/** A merged pull request as far as lists are sorted by it and charts draw it: without any words of its own. */
export type MergedPoint = Pick<
  MergedPullRequestItem,
  'id' | 'system' | 'time_to_merge' | 'time_to_first_review' | 'lines_changed' | 'commits' | 'comments' | 'reviews'
> & { readonly mergedAt: Instant };

/** At most so many of them, newest merge first. */
export function listMergedPoints(version: WorkspaceVersion, filter: VisibleFilter, limit: number): MergedPoint[] {
  const selected = selectMerges(pickColumns(version, filter), toSelection(filter, version.known.settings));
  const length = Math.min(limit, selected.count);
  return Array.from({ length }, (_, index) => {
    const { repositoryUuid, number, at, month, row } = selected.at(selected.count - 1 - index);
    const read = (key: ReviewMetricKey, unit: number) => toKnown(readPacked(month.merges.metrics[key], row) / unit);
    return {
      ...{ id: number, system: version.systems.toName(repositoryUuid), mergedAt: at },
      ...{ time_to_merge: read('time_to_merge', 1000), time_to_first_review: read('time_to_first_review', 1000) },
      ...{ lines_changed: read('lines_changed', 1), commits: read('commits', 1) },
      ...{ comments: read('comments', 1) ?? 0, reviews: read('reviews', 1) ?? 0 },
    };
  });
}

function toKnown(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}

/** Those of these keys that count, with all their words, in no order. */
export async function readMerged(
  { merges, systems, known }: WorkspaceVersion,
  keys: readonly DeployIdParts[],
  choice: { readonly isRaw: boolean },
): Promise<MergedPullRequestItem[]> {
  const names = { systems, people: known.people };
  return (await merges.read(keys, choice)).map((merge) => toMergedItem(merge, names));
}

export function toMergedItem({ recorded, row }: DerivedMerge, names: RowNames): MergedPullRequestItem {
  return {
    ...toPlace(recorded, names),
    state: 'MERGED',
    draft: recorded.isDraft,
    opened_at: formatTimestamp(recorded.openedAt),
    merged_at: formatTimestamp(recorded.mergedAt),
    ...mapReviewMetrics((key) => reviewMetrics[key].of(row)),
    comments: row.review.comments ?? 0,
    reviews: row.review.reviews ?? 0,
  };
}
