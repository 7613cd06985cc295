import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import { selectMerges } from '../../domain/metrics/selection/select-deliveries';
import { mapReviewMetrics, reviewMetrics } from '../../domain/reviews/review-metrics';
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
