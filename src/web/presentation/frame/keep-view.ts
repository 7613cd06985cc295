import { longestViewName, longestViewQuery, type KeptQuery, type SavedView } from '../../../domain/views/saved-view';
import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import type { Snapshot } from '../../../reporting/snapshot';
import { toAddress } from '../../routing/paths';
import type { AdministratorCheck, PageCaller } from '../../routing/web-dependencies';
import { readKept } from '../filter/opened-view';
import { readPageFilter, toQuery, type PageFilter, type PageParameters } from '../filter/page-filter';
import { readOne } from '../filter/page-parameters';
import { keepWords } from './keep-words';
import { parseViewPage, toPlace, type ViewPage } from './view-pages';

/** Who keeps a view, or does away with one: the holder of a session, or of a token. */
export type Keeper = Pick<PageCaller, 'workspace' | 'repositoryUuid' | 'sight' | 'canWrite'> &
  Partial<Pick<PageCaller, 'viewer' | 'userUuid'>>;

type Known = Pick<Snapshot, 'systems' | 'parseFilter' | 'listTeams'>;
type Problems = { readonly problems: readonly QueryProblem[] };

/** A view that may be saved. */
export interface NewKeptView extends KeptQuery, Pick<SavedView, 'name'> {
  readonly page: ViewPage;
}

/** Checks a view before it is saved: its name, its page and what it chooses. */
export function checkNewView(
  { name, page, query }: { readonly name: string; readonly page: string; readonly query: string },
  keeper: Pick<Keeper, 'repositoryUuid'>,
  known: Known,
): NewKeptView | Problems {
  const [named, checked, viewPage] = [checkName(name), checkQuery(query, keeper, known), parseViewPage(page)];
  if ('problems' in named) return named;
  if ('problems' in checked) return checked;
  return viewPage === null
    ? problem('page', page.slice(0, 100), keepWords.badPage)
    : { name: named.name, page: viewPage, query: checked.query, labels: checked.labels };
}

/** A query as it is kept: checked, without what is no filter, with the names of what it chooses. */
export interface CheckedQuery extends KeptQuery {
  readonly page: PageFilter;
  /** Uuid of the repository that it is about; `null`: the workspace. */
  readonly repository: string | null;
}

/** Checks a query before it is kept: whoever opens the view later should not be the one to find out. */
export function checkQuery(
  query: string,
  keeper: Pick<Keeper, 'repositoryUuid'>,
  known: Known,
): CheckedQuery | Problems {
  if (query.length > longestViewQuery) {
    return problem('query', query.slice(0, 100), keepWords.longQuery(longestViewQuery));
  }
  const repository = new URLSearchParams(query).getAll('repository');
  return checkChosen({ ...readKept(query), repository }, keeper, known);
}

/** The same of what a form sends: dates that come back as they were shown leave the named range chosen. */
export function checkChosen(
  parameters: PageParameters,
  keeper: Pick<Keeper, 'repositoryUuid'>,
  known: Known,
): CheckedQuery | Problems {
  const repository = findRepositoryOf(parameters, keeper, known);
  if (repository !== null && typeof repository !== 'string') return repository;
  const parse = (asked: Record<string, string[]>) => known.parseFilter(asked, { repositoryUuid: repository });
  const page = readPageFilter({ ...parameters, sort: [] }, parse, []);
  if ('problems' in page) return page;
  const shown = repository === null ? page : { ...page, filter: { ...page.filter, systems: [] } };
  const query = toAddress('', { ...toQuery(shown, { sort: null }), repository }).slice(1);
  return query.length > longestViewQuery
    ? problem('query', query.slice(0, 100), keepWords.longQuery(longestViewQuery))
    : { query, labels: listLabels(shown, known), page: shown, repository };
}

/** The repository that a query is about; `null`: the workspace. */
function findRepositoryOf(
  parameters: PageParameters,
  { repositoryUuid }: Pick<Keeper, 'repositoryUuid'>,
  { systems }: Pick<Known, 'systems'>,
): string | null | Problems {
  const named = readOne(parameters, 'repository');
  const repository = named === null ? repositoryUuid : toPlace(named);
  const isForeign = repositoryUuid !== null && repository !== repositoryUuid;
  const isThere = repository === null || systems.some(({ uuid }) => uuid === repository);
  return isForeign || !isThere ? problem('repository', named ?? '', keepWords.noRepository) : repository;
}

function problem(name: string, value: string, message: string): Problems {
  return { problems: [{ name, value, message }] };
}

function listLabels({ filter }: PageFilter, { systems, listTeams }: Known): Record<string, string> {
  const chosen = new Set([...filter.systems, ...filter.teams]);
  const all = [...systems.map(({ uuid, name }) => [uuid, name]), ...listTeams().map(({ slug, name }) => [slug, name])];
  return Object.fromEntries(all.filter(([key]) => chosen.has(key ?? ''))) as Record<string, string>;
}

/** The name without blanks around it, or why it is none. What nobody can see is no name. */
function checkName(text: string): { readonly name: string } | Problems {
  const name = text.trim().replaceAll(/\s+/gu, ' ');
  const seen = name.replaceAll(/[\p{Cf}\s]/gu, '');
  const isName = seen !== '' && Array.from(name).length <= longestViewName && !/\p{C}/u.test(seen);
  return isName ? { name } : problem('name', text.slice(0, 100), keepWords.badName(longestViewName));
}

/** What a page shows without any choice names no repository and no team: everybody may see it. */
export function toUsualQuery({ page }: CheckedQuery): string {
  const bare = { ...page, filter: { ...page.filter, systems: [], teams: [], isRaw: false } };
  return toAddress('', toQuery(bare, { sort: null })).slice(1);
}

/** Somebody known by name, or a token that may write. */
export function mayKeep({ viewer = null, canWrite }: Pick<Keeper, 'viewer' | 'canWrite'>): boolean {
  return viewer !== null || canWrite;
}

/** An administrator, as Bitbucket says now where it says so. */
export async function mayManage(
  { workspace, repositoryUuid, userUuid = null, sight, canWrite }: Keeper,
  administrators: Pick<AdministratorCheck, 'confirm'>,
): Promise<boolean> {
  if (repositoryUuid !== null) return false;
  if (canWrite) return true;
  if (sight.isAdministrator !== true) return false;
  const said = userUuid === null ? 'not_told' : await administrators.confirm(workspace, userUuid);
  return said === 'yes' || said === 'not_told';
}

/** Whoever made a view, and administrators. */
export function mayDelete(
  keeper: Pick<Keeper, 'viewer'>,
  view: Pick<SavedView, 'madeBy'>,
  isManager: boolean,
): boolean {
  return isManager || (view.madeBy !== null && view.madeBy === keeper.viewer);
}
