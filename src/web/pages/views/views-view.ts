import type { SavedView } from '../../../domain/views/saved-view';
import type { Snapshot } from '../../../reporting/snapshot';
import { listFilters } from '../../presentation/filter/filter-said';
import { readTyped, findTyped, type ActionResult } from '../../presentation/forms/form-action';
import type { Links } from '../../routing/paths';
import { mayDelete, mayKeep, toUsualQuery, type CheckedQuery, type Keeper } from '../../presentation/frame/keep-view';
import type { ViewPage } from '../../presentation/frame/view-pages';
import { keepWords } from '../../presentation/frame/keep-words';
import { buildWay, formatPageName, formatUsual } from '../../presentation/frame/view-menu';

interface Material {
  readonly result: ActionResult;
  readonly snapshot: Pick<Snapshot, 'views' | 'systems' | 'listTeams'>;
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
  return {
    title: keepWords.title,
    words: keepWords,
    outcome: result.outcome,
    back: buildBack(choice, page, links),
    action: links.page('views'),
    choice: choice && {
      query: choice.query,
      page,
      repository: choice.repository,
      saveText: describe(choice, material),
    },
    form: mayKeep(caller) && choice !== null ? buildForm(result) : null,
    usual: {
      text: keepWords.usualNow(formatUsual(usual)),
      make: isManager && choice !== null ? keepWords.makeUsual(formatUsual(toUsualQuery(choice))) : null,
      isOwn: isManager && usual !== null,
    },
    views: listOwn(saved, caller).map((one) => ({
      ...buildWay(one, links),
      id: one.id,
      deleteText: mayDelete(caller, one, isManager) ? keepWords.deleteOf(one.name) : null,
    })),
  };
}

function buildBack(choice: CheckedQuery | null, page: ViewPage, links: Links) {
  const query = choice === null ? {} : Object.fromEntries(toPairs(choice.query));
  return { href: links.page(page, query), text: keepWords.back(formatPageName(page)) };
}

function buildForm(result: ActionResult) {
  const typed = findTyped(result, 'save-view');
  return { name: readTyped(typed, 'name'), error: typed?.problems['name'] ?? null };
}

/** Whoever is bound to a repository opens its views alone. */
function listOwn(saved: readonly SavedView[], { repositoryUuid }: Keeper): readonly SavedView[] {
  return repositoryUuid === null
    ? saved
    : saved.filter(({ query }) => new URLSearchParams(query).get('repository') === repositoryUuid);
}

function describe(choice: CheckedQuery, { snapshot, page }: Pick<Material, 'snapshot' | 'page'>): string {
  const named = { systems: snapshot.systems, teams: snapshot.listTeams() };
  return keepWords.saveText([formatPageName(page), ...listFilters(choice.page, named, true)].join(', '));
}

function toPairs(query: string): [string, string[]][] {
  const search = new URLSearchParams(query);
  return [...new Set(search.keys())].map((name) => [name, search.getAll(name)]);
}
