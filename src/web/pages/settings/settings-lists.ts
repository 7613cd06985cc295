import type { Links } from '../../routing/paths';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { readOne } from '../../presentation/filter/page-parameters';
import { buildPaged, readPageOfList } from '../../presentation/format/paging';
import type { SectionName } from './sections';

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
type ListPages = Partial<Record<ListName, string>>;

/** Which page of which list is asked for, where it is not the first; what is no page is none. */
export function readListPages(parameters: PageParameters): ListPages {
  const asked = Object.keys(listNames).map((name) => [name, readPageOfList(readOne(parameters, name))] as const);
  return Object.fromEntries(
    asked.flatMap(([name, page]) => (typeof page === 'number' && page > 1 ? [[name, String(page)]] : [])),
  );
}

/** Of a list of a section the part that is asked for, with `pages`: how much that is, and the ways to the others. */
export type CutList = ReturnType<typeof createCutList>;

export function createCutList(section: SectionName, asked: ListPages, links: Links) {
  return <Item>(items: readonly Item[], name: ListName) => {
    const place = { number: Number(asked[name] ?? '1'), what: listNames[name] };
    const toHref = (page: string) => links.page('settings', { section, ...asked, [name]: page === '1' ? null : page });
    const { items: list, ...pages } = buildPaged(items, place, toHref);
    return { list, pages };
  };
}
