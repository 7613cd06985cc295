import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { MergedPullRequestItem } from '../answers/pull-requests';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toSelection } from '../filter/selection';
import { readPart, type Part, type PointNumber } from '../reviews/merged-points';
import { toMergedItem } from '../reviews/merged-pull-requests';
import { nameAuthor } from '../version/named-person';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import { openColumnRows, rankSystems } from './column-rows';
import { openMergeList } from './merge-list';
import { listCorrectionsOf, listLeftOutBy } from './row-marks';
import type { ListedRow, RowList, RowNumber } from './row-list';

const pointOf: Partial<Record<RowNumber, PointNumber>> = {
  time: 'mergedAt',
  'time-to-merge': 'time_to_merge',
  'first-review': 'time_to_first_review',
  lines: 'lines_changed',
  commits: 'commits',
  comments: 'comments',
  reviews: 'reviews',
};

/** The merged pull requests of a filter, those left out by hand marked. */
export function openMergedList(
  version: WorkspaceVersion,
  filter: VisibleFilter,
): RowList<ListedRow<MergedPullRequestItem>> {
  const leftOut = listLeftOutBy(version, filter, ['leave_out_pull_request']);
  const columns = leftOut.size === 0 ? pickColumns(version, filter) : version.known.getRaw();
  const selection = toSelection(filter, version.known.settings);
  const ranks = rankSystems(columns, version.systems);
  return openMergeList({
    ...{ version, columns, places: null, leftOut },
    rows: openColumnRows(columns, selection, ({ merges }) => merges),
    toNumbers: (key) => toNumbers(key, ranks),
    readRows: (keys) => readRows(version, keys, { isRaw: filter.isRaw, leftOut }),
  });
}

function toNumbers(key: RowNumber, ranks: Float64Array): ((part: Part) => Float64Array) | null {
  const number = pointOf[key];
  if (number !== undefined) return (part) => readPart(part, number);
  return key === 'repository'
    ? ({ month, rows }) => Float64Array.from(rows, (row) => ranks[month.merges.system[row] ?? 0] ?? 0)
    : null;
}

async function readRows(
  version: WorkspaceVersion,
  keys: readonly DeployIdParts[],
  { isRaw, leftOut }: { readonly isRaw: boolean; readonly leftOut: ReadonlySet<string> },
): Promise<ListedRow<MergedPullRequestItem>[]> {
  const names = { systems: version.systems, people: version.known.people };
  return (await version.merges.read(keys, { isRaw: true })).map((merge) => {
    const { recorded } = merge;
    const id = formatDeployId(recorded);
    return {
      ...{ id, title: recorded.title, branch: recorded.sourceBranch },
      item: toMergedItem(merge, names),
      author: nameAuthor(version, recorded.authorUuid),
      corrections: isRaw ? [] : listCorrectionsOf(version, [id]),
      isLeftOut: leftOut.has(id),
    };
  });
}
