import type { NoteItem } from '../../../reporting/corrections/corrections-report';
import type { SavedView } from '../../../domain/views/saved-view';
import type { Interval } from '../../../domain/calendar/bucket';
import type { DeliveryFilter, QueryProblem } from '../../../reporting/filter/delivery-filter';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { SystemItem, TeamItem } from '../../../reporting/answers/choices';
import { toAddress, type PageName } from '../../routing/paths';
import { buildBadRequest } from './message-page';
import type { PageAnswer, PageRequest, PagesDependencies } from './page-dependencies';
import { showPage } from './show-page';
import { readOne } from '../filter/page-parameters';
import { findOpenedView, readWhatIsLeft } from '../filter/opened-view';
import { findShownInterval } from '../filter/shown-interval';
import { findCompared, readPageFilter, toQuery, type PageFilter } from '../filter/page-filter';
import type { ImportProgress } from '../../../reporting/version/import-progress';
import { formatLocalDate } from '../format/dates';
import { findPlace } from './find-repository';

/** What every page of numbers stands on: its filter, its place, and what is shown around the numbers. */
export interface PageContext {
  /** As the reader chose; on a repository's page the repository is the place, not a filter that could be cleared. */
  readonly page: PageFilter;
  /** As reporting is asked: with the repository of the place, and cut into no more parts than a page shows. */
  readonly filter: DeliveryFilter;
  /** The same filters over the period that this page compares its range with. */
  readonly compared: DeliveryFilter;
  /** `null`: the whole workspace. */
  readonly repository: SystemItem | null;
  readonly place: PagePlace;
  readonly systems: readonly SystemItem[];
  readonly teams: readonly TeamItem[];
  readonly notes: readonly NoteItem[];
  readonly hasCorrections: boolean;
  /** A rule leaves the repository of this page out of every number. */
  readonly isLeftOut: boolean;
  /** Some of the first steps are not done, and this caller could do them. */
  readonly hasFirstSteps: boolean;
  /** The caller's session reaches the whole workspace. */
  readonly canLeaveRepository: boolean;
  readonly isConnected: boolean;
  readonly importing: ImportProgress['importing'];
  readonly polling: ImportProgress['polling'];
  readonly lastNoticeAt: ImportProgress['lastNoticeAt'];
  readonly timezone: string;
  readonly now: number;
  /** The local date. */
  readonly today: string;
  readonly bitbucketUrl: string;
  readonly view?: ViewContext;
}

/** The page with the version of the workspace that everything on it is worked out from. */
export interface OpenedPage extends PageContext {
  readonly snapshot: WholeSnapshot;
}

/** Where a page is, and the parameters that are its own. */
export interface PagePlace {
  readonly name: PageName;
  readonly path: string;
  readonly own: Readonly<Record<string, string | null>>;
}

/** What is kept of views, and where this one comes from. */
export interface ViewContext {
  /** Of the workspace that the page is of. */
  readonly workspace: string;
  readonly slug: string;
  /** The view that the page was opened by; `null`: by what its address says. */
  readonly id: string | null;
  /** Repositories and teams of the view that are there no more, by name. */
  readonly gone: readonly string[];
  readonly saved: readonly SavedView[];
  /** What a page shows without any choice; `null`: as built in. */
  readonly usual: string | null;
  readonly maySeeSettings: boolean;
}

interface PageKind {
  /** Of the workspace. */
  readonly name: PageName;
  /** Of one repository, where that is another page. */
  readonly repositoryName?: PageName;
  readonly sortKeys?: readonly string[];
  /** The page shows the range in parts, and so no more of them than it has room for. */
  readonly hasBuckets?: boolean;
  /** Parameters of the page alone; they come checked. */
  readonly own?: Readonly<Record<string, string | null>>;
}

/** How soon an open page looks again: soon while an import runs, else as often as merges happen. */
const liveSeconds = { importing: 5, settled: 30 };

/** Opens the workspace, once for the whole page, and checks place and filter; an answer where the page cannot be shown. */
export async function loadPageContext(
  request: PageRequest,
  dependencies: PagesDependencies,
  kind: PageKind,
): Promise<OpenedPage | PageAnswer> {
  const snapshot = await dependencies.reporting.openWhole(request.caller.workspace, request.caller.sight.repositories);
  const repository = findPlace(request, snapshot);
  if (repository === 'foreign') {
    return { kind: 'not-found' };
  }
  const uuid = repository?.uuid ?? null;
  const place = buildPlace(kind, uuid, dependencies);
  const asked = askFilter(request, snapshot, { uuid, keys: kind.sortKeys ?? [] });
  if ('problems' in asked) {
    return buildBadRequest(asked.problems, toAddress(place.path, { repository: uuid }));
  }
  const { page, ...opened } = asked;
  const interval = chooseInterval(page.filter, request, kind);
  if (typeof interval !== 'string') {
    return buildBadRequest([interval], toAddress(place.path, { repository: uuid }));
  }
  const surroundings = findSurroundings(request, snapshot, repository);
  const { bitbucketUrl } = dependencies;
  const { isOwnWindow } = dependencies.links;
  const filters = buildFilters(page, uuid, interval);
  const views = findViews({ request, snapshot, uuid, isOwnWindow });
  return { ...filters, repository, place, ...surroundings, bitbucketUrl, snapshot, view: { ...opened, ...views } };
}

/** What the request chooses, or what is kept where it chooses nothing. */
function askFilter(
  { parameters, lastView = null }: PageRequest,
  snapshot: WholeSnapshot,
  { uuid, keys }: { readonly uuid: string | null; readonly keys: readonly string[] },
): ({ readonly page: PageFilter } & Pick<ViewContext, 'id' | 'gone'>) | { problems: readonly QueryProblem[] } {
  const opened = findOpenedView(parameters, { views: snapshot.views, lastView });
  if ('problems' in opened) return opened;
  const parse = (query: Parameters<WholeSnapshot['parseFilter']>[0]) =>
    snapshot.parseFilter(query, { repositoryUuid: uuid });
  const { page, gone } = readWhatIsLeft(opened, (chosen) => readPageFilter(chosen, parse, keys));
  return 'problems' in page ? page : { page, gone, id: opened.id };
}

interface ViewsOf {
  readonly request: PageRequest;
  readonly snapshot: WholeSnapshot;
  readonly uuid: string | null;
  readonly isOwnWindow: boolean;
}

/** Whoever is bound to a repository opens no page of the workspace, so none of its views. */
function findViews({ request: { caller }, snapshot, uuid, isOwnWindow }: ViewsOf): Omit<ViewContext, 'id' | 'gone'> {
  const { workspace, repositoryUuid, sight } = caller;
  const { saved, usual } = snapshot.views;
  const isOfRepository = ({ query }: SavedView) => new URLSearchParams(query).get('repository') === uuid;
  const mayManage = sight.isAdministrator === true || (sight.isAdministrator === null && !isOwnWindow);
  return {
    workspace,
    slug: snapshot.workspace.slug,
    saved: repositoryUuid === null ? saved : saved.filter(isOfRepository),
    usual,
    maySeeSettings: repositoryUuid === null && mayManage,
  };
}

function buildPlace(kind: PageKind, uuid: string | null, { links }: PagesDependencies): PagePlace {
  const name = uuid === null ? kind.name : (kind.repositoryName ?? kind.name);
  return { name, path: links.page(name), own: { repository: uuid, ...kind.own } };
}

/** A file has every part of the range that was asked for. */
function chooseInterval(
  filter: DeliveryFilter,
  { parameters }: PageRequest,
  { hasBuckets = false }: PageKind,
): Interval | QueryProblem {
  return hasBuckets && readOne(parameters, 'format') !== 'csv' ? findShownInterval(filter) : filter.interval;
}

type BuiltFilters = Pick<PageContext, 'page' | 'filter' | 'compared'>;

function buildFilters(page: PageFilter, uuid: string | null, interval: Interval): BuiltFilters {
  const systems = uuid === null ? page.filter.systems : [uuid];
  const filter = { ...page.filter, interval, systems };
  return {
    page: uuid === null ? page : { ...page, filter: { ...page.filter, systems: [] } },
    filter,
    compared: { ...filter, ...findCompared(page) },
  };
}

export function isAnswer(pageContext: OpenedPage | PageAnswer): pageContext is PageAnswer {
  return 'kind' in pageContext;
}

type Surroundings = Omit<PageContext, keyof BuiltFilters | 'repository' | 'place' | 'bitbucketUrl' | 'view'>;

function findSurroundings(
  { caller }: PageRequest,
  snapshot: WholeSnapshot,
  repository: SystemItem | null,
): Surroundings {
  const { systems, settings, corrections, progress, now } = snapshot;
  const isOwn = (subject: string) => repository === null || subject.startsWith(`${repository.uuid}/`);
  return {
    systems: repository === null ? systems : [],
    teams: snapshot.listTeams(),
    notes: snapshot.listNotes(),
    hasCorrections: corrections.some(({ undoneAt, subject }) => undoneAt === null && isOwn(subject)),
    isLeftOut: repository !== null && settings.exclusions.repositories.includes(repository.uuid),
    hasFirstSteps: caller.repositoryUuid === null && Object.values(snapshot.findFirstSteps()).includes(false),
    canLeaveRepository: caller.repositoryUuid === null,
    isConnected: progress.isConnected,
    importing: progress.importing,
    polling: progress.polling,
    lastNoticeAt: progress.lastNoticeAt,
    timezone: settings.timezone,
    now,
    today: formatLocalDate(now, settings.timezone),
  };
}

/** The answer that shows a view in this page context. */
export function buildPageAnswer(
  pageContext: PageContext,
  template: string,
  view: { readonly title: string },
): Extract<PageAnswer, { kind: 'page' }> {
  const live = pageContext.importing === null ? liveSeconds.settled : liveSeconds.importing;
  return showPage(template, view, { address: buildOwnHref(pageContext), live });
}

/** The page again with other parameters of its own. */
export function buildOwnHref(
  { place, page, view }: PageContext,
  change: Readonly<Record<string, string | null>> = {},
): string {
  // What is gone is named again when the page is looked at again, until something else is chosen.
  if ((view?.gone.length ?? 0) > 0) return toAddress(place.path, { ...place.own, view: view?.id ?? null, ...change });
  return toAddress(place.path, { ...place.own, ...toQuery(page), ...change });
}
