import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import { selectMerges } from '../../domain/metrics/selection/select-deliveries';
import { mapReviewMetrics, reviewMetrics } from '../../domain/reviews/review-metrics';
import type { MergedPullRequestItem } from '../answers/pull-requests';
import type { DerivedMerge } from '../facts/derive-rows';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toSelection } from '../filter/selection';
import { toPlace, type RowNames } from '../pull-requests/pull-request-place';
import type { ChosenList } from '../pull-requests/read-selected';
import { formatTimestamp } from '../version/completeness';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** The pull requests that Changes & Reviews counts under the same filter, newest merge first. */
export function chooseMergedPullRequests(
  version: WorkspaceVersion,
  filter: VisibleFilter,
): ChosenList<MergedPullRequestItem> {
  const names = { systems: version.systems, people: version.known.people };
  const selected = selectMerges(pickColumns(version, filter), toSelection(filter, version.known.settings));
  return { selected, filter, toItem: (merge) => toMergedItem(merge, names) };
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
  const place = toPlace(recorded, names);
  return {
    // Member by member: what begins with a spread has a shape of its own in V8, each one anew, and those are let go late.
    id: place.id,
    system: place.system,
    title: place.title,
    url: place.url,
    author: place.author,
    destination: place.destination,
    state: 'MERGED',
    draft: recorded.isDraft,
    opened_at: formatTimestamp(recorded.openedAt),
    merged_at: formatTimestamp(recorded.mergedAt),
    ...mapReviewMetrics((key) => reviewMetrics[key].of(row)),
    comments: row.review.comments ?? 0,
    reviews: row.review.reviews ?? 0,
  };
}
