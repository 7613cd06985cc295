import type { Links } from '../../routing/paths';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { readOne } from '../../presentation/filter/page-parameters';
import { buildPaged, readPageOfList } from '../../presentation/format/paging';

/** The lists that grow with a workspace and its age, each by the parameter that names its page. */
const listNames = {
  repositories_page: 'repositories',
  groups_page: 'groups',
  teams_page: 'teams',
  tokens_page: 'tokens',
  links_page: 'links',
  corrections_page: 'corrections',
  notes_page: 'notes',
} as const;
type ListName = keyof typeof listNames;

type List = { readonly list: readonly unknown[] };

/** The sections of the page that have such lists. */
interface Lists {
  readonly import: { readonly repositories: readonly unknown[] };
  readonly teams: { readonly groups: readonly unknown[]; readonly manual: readonly unknown[] };
  readonly tokens: List;
  readonly links: List;
  readonly corrections: List;
  readonly notes: List;
}

/** Which page of which list is asked for, where it is not the first; what is no page is none. */
export function readListPages(parameters: PageParameters): Partial<Record<ListName, string>> {
  const asked = Object.keys(listNames).map((name) => [name, readPageOfList(readOne(parameters, name))] as const);
  return Object.fromEntries(
    asked.flatMap(([name, page]) => (typeof page === 'number' && page > 1 ? [[name, String(page)]] : [])),
  );
}

/** Of each list the part that is asked for, with `pages`: how much that is, and the ways to the others. */
export function pageLists<View extends Lists>(view: View, asked: ReturnType<typeof readListPages>, links: Links) {
  const cut = <Item>(items: readonly Item[], name: ListName) => {
    const place = { number: Number(asked[name] ?? '1'), what: listNames[name] };
    const toHref = (page: string) => links.page('settings', { ...asked, [name]: page === '1' ? null : page });
    const { items: list, ...pages } = buildPaged(items, place, toHref);
    return { list, pages };
  };
  const { import: imported, teams, tokens, links: signInLinks, corrections, notes } = view;
  const repositories = cut(imported.repositories, 'repositories_page');
  const groups = cut(teams.groups, 'groups_page');
  const manual = cut(teams.manual, 'teams_page');
  return {
    ...view,
    import: { ...imported, repositories: repositories.list, pages: repositories.pages },
    teams: { ...teams, groups: groups.list, groupsPages: groups.pages, manual: manual.list, manualPages: manual.pages },
    tokens: { ...tokens, ...cut(tokens.list, 'tokens_page') },
    links: { ...signInLinks, ...cut(signInLinks.list, 'links_page') },
    corrections: { ...corrections, ...cut(corrections.list, 'corrections_page') },
    notes: { ...notes, ...cut(notes.list, 'notes_page') },
  };
}
