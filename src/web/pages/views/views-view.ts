import type { Snapshot } from '../../../reporting/snapshot';
import { buildRangeText } from '../../presentation/filter/filter-said';
import { readTyped, findTyped, type ActionResult } from '../../presentation/forms/form-action';
import type { Links } from '../../routing/paths';
import {
  mayDelete,
  mayKeep,
  type CheckedQuery,
  type Keeper,
  type ViewPage,
  parseViewPage,
} from '../../presentation/views/keep-view';
import { keepWords } from '../../presentation/views/keep-words';
import { formatPageName, formatUsual } from '../../presentation/views/view-menu';
import { toUsualQuery } from '../../presentation/views/keep-view';

interface Material {
  readonly result: ActionResult;
  readonly snapshot: Pick<Snapshot, 'views'>;
  readonly isManager: boolean;
  readonly caller: Keeper;
  readonly links: Links;
  /** The filters that this page was opened with; `null`: none. */
  readonly choice: CheckedQuery | null;
  readonly page: ViewPage;
}

/** What is kept, and what this viewer may do with it. */
export function buildViewsView(material: Material) {
  const { result, snapshot, isManager, caller, links, choice, page } = material;
  const { saved, usual } = snapshot.views;
  const typed = findTyped(result, 'save-view');
  const back = choice === null ? {} : Object.fromEntries(toPairs(choice.query));
  const isOfRepository = caller.repositoryUuid !== null;
  return {
    title: keepWords.title,
    words: keepWords,
    outcome: result.outcome,
    back: {
      href: links.page(page, { repository: caller.repositoryUuid, ...back }),
      text: `Back to ${formatPageName(page)}`,
    },
    action: links.page('views'),
    choice: choice && {
      query: choice.query,
      page,
      repository: choice.repository,
      saveText: keepWords.saveText(describe(choice, page)),
    },
    form:
      mayKeep(caller) && choice !== null
        ? { name: readTyped(typed, 'name'), error: typed?.problems['name'] ?? null }
        : null,
    usual: {
      text: keepWords.usualNow(formatUsual(usual)),
      make: isManager && choice !== null ? keepWords.makeUsual(formatUsual(toUsualQuery(choice))) : null,
      isOwn: isManager && usual !== null,
    },
    views: (isOfRepository ? saved.filter((one) => one.query.includes('repository=')) : saved).map((one) => ({
      id: one.id,
      name: one.name,
      href: links.page(parseViewPage(one.page) ?? 'workspace', {
        view: one.id,
        repository: new URLSearchParams(one.query).get('repository'),
      }),
      page: formatPageName(one.page),
      deleteText: mayDelete(caller, one, isManager) ? keepWords.deleteOf(one.name) : null,
    })),
  };
}

function describe(choice: CheckedQuery, page: ViewPage): string {
  return `${formatPageName(page)}, ${buildRangeText(choice.page)}`;
}

function toPairs(query: string): [string, string[]][] {
  const search = new URLSearchParams(query);
  return [...new Set(search.keys())].map((name) => [name, search.getAll(name)]);
}
