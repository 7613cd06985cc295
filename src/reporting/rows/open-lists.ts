import { formatDeployId } from '../../domain/deployments/deploy-id';
import { workInProgressPhases } from '../../domain/reviews/work-in-progress-phase';
import type { OpenPullRequestItem, UndatedMergeItem } from '../answers/pull-requests';
import type { VisibleFilter } from '../filter/delivery-filter';
import { listUndatedMerges } from '../pull-requests/undated-merges';
import { listOpenPullRequests } from '../reviews/work-in-progress';
import { nameAuthor } from '../version/named-person';
import type { WholeVersion, WorkspaceVersion } from '../version/workspace-version';
import { createHolds } from './find-rows';
import { openMemoryList, rankByText } from './memory-list';
import type { ListedRow, RowList, RowNumber } from './row-list';

const everything = { limit: Number.MAX_SAFE_INTEGER, cursor: null };
type Item = OpenPullRequestItem | UndatedMergeItem;

/** The pull requests that are open now. */
export function openOpenList(version: WholeVersion, filter: VisibleFilter): RowList<ListedRow<OpenPullRequestItem>> {
  return openItems(version, listOpenPullRequests(version, filter, everything).items, (item, key) => {
    switch (key) {
      case 'age':
        return item.time_in_progress;
      case 'stale':
        return item.time_stale;
      case 'lines':
        return item.lines_changed;
      case 'phase':
        return workInProgressPhases.indexOf(item.phase);
      case 'comments':
        return item.comments;
      case 'reviews':
        return item.reviews;
      default:
        return undefined;
    }
  });
}

/** The merges that nobody can date. */
export function openUndatedList(
  version: WorkspaceVersion,
  filter: VisibleFilter,
): RowList<ListedRow<UndatedMergeItem>> {
  return openItems(version, listUndatedMerges(version, filter, everything).items, () => undefined);
}

function openItems<I extends Item>(
  version: WorkspaceVersion,
  items: readonly I[],
  toNumber: (item: I, key: RowNumber) => number | null | undefined,
): RowList<ListedRow<I>> {
  const ranks = {
    repository: rankByText(items, ({ system }) => system.name),
    author: rankByText(items, ({ author }) => author?.display_name ?? null),
  };
  const find = (item: I, key: RowNumber) => {
    if (key === 'time') return Date.parse(item.opened_at);
    return key === 'repository' || key === 'author' ? ranks[key](item) : toNumber(item, key);
  };
  return openMemoryList<I, ListedRow<I>>({
    facts: items,
    toNumber: find,
    toRows: async (some) => some.map((item) => toRow(version, item)),
    isLeftOut: () => false,
    findFacts: async (text) => {
      const { isOf } = createHolds(text, version.known.people);
      return ({ id, title, author }) => isOf({ number: id, title, authorUuid: author?.uuid ?? null });
    },
  });
}

function toRow<I extends Item>(version: WorkspaceVersion, item: I): ListedRow<I> {
  const id = formatDeployId({ repositoryUuid: item.system.uuid, number: item.id });
  return {
    ...{ item, id, title: item.title, branch: null },
    author: nameAuthor(version, item.author?.uuid ?? null),
    corrections: [],
    isLeftOut: false,
  };
}
