import type { ImportStatus } from '../../../ingestion/progress/import-status';
import type { NoteItem } from '../../../reporting/corrections/corrections-report';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { TeamItem } from '../../../reporting/reporting';
import type { SystemItem } from '../../../reporting/filter/system-directory';
import type { PageName } from '../../routing/paths';
import { toBadRequest } from './message-page';
import { isImporting, type PageAnswer, type PageRequest, type PagesDependencies } from './page-dependencies';
import { readPageFilter, toFilterAddress, toQuery, type PageFilter } from '../filter/page-filter';
import type { ImportProgress } from './state-view';
import { toAddress } from '../format/links';
import { toLocalDate } from '../format/dates';
import { findPlace } from './find-repository';

/** What every page of numbers stands on: its filter, its place, and what is shown around the numbers. */
export interface PageGround {
  readonly workspace: string;
  /** As the reader chose; on a repository's page the repository is the place, not a filter that could be cleared. */
  readonly page: PageFilter;
  /** As reporting is asked: with the repository of the place. */
  readonly filter: DeliveryFilter;
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
  readonly importing: ImportProgress | null;
  readonly timezone: string;
  readonly now: number;
  /** The local date. */
  readonly today: string;
  readonly bitbucketUrl: string;
}

/** Where a page is, and the parameters that are its own. */
export interface PagePlace {
  readonly name: PageName;
  readonly path: string;
  readonly own: Readonly<Record<string, string | null>>;
}

export interface GroundKind {
  /** Of the workspace. */
  readonly name: PageName;
  /** Of one repository, where that is another page. */
  readonly repositoryName?: PageName;
  readonly sortKeys?: readonly string[];
  /** Parameters of the page alone; they come checked. */
  readonly own?: Readonly<Record<string, string | null>>;
}

/** How soon an open page looks again: soon while an import runs, else as often as merges happen. */
const liveSeconds = { importing: 5, settled: 30 };

/** Checks the place and the filter, then loads what surrounds the numbers; an answer where the page cannot be shown. */
export async function loadGround(
  request: PageRequest,
  dependencies: PagesDependencies,
  kind: GroundKind,
): Promise<PageGround | PageAnswer> {
  const repository = await findPlace(request, dependencies);
  if (repository === 'foreign') {
    return { kind: 'not-found' };
  }
  const uuid = repository?.uuid ?? null;
  const place = toPlace(kind, uuid, dependencies);
  const page = await readPageFilter(
    request.parameters,
    (query) => dependencies.reporting.parseFilter(request.caller.workspace, query, { repositoryUuid: uuid }),
    kind.sortKeys ?? [],
  );
  if ('problems' in page) {
    return toBadRequest(page.problems, toAddress(place.path, { repository: uuid }));
  }
  const surroundings = await loadSurroundings(request, dependencies, repository);
  return { ...toFilters(page, uuid), repository, place, ...surroundings };
}

function toPlace(kind: GroundKind, uuid: string | null, { links }: PagesDependencies): PagePlace {
  const name = uuid === null ? kind.name : (kind.repositoryName ?? kind.name);
  return { name, path: links.page(name), own: { repository: uuid, ...kind.own } };
}

function toFilters(page: PageFilter, uuid: string | null): Pick<PageGround, 'page' | 'filter'> {
  return uuid === null
    ? { page, filter: page.filter }
    : {
        page: { ...page, filter: { ...page.filter, systems: [] } },
        filter: { ...page.filter, systems: [uuid] },
      };
}

export function isAnswer(ground: PageGround | PageAnswer): ground is PageAnswer {
  return 'kind' in ground;
}

type Surroundings = Omit<PageGround, 'page' | 'filter' | 'repository' | 'place'>;

async function loadSurroundings(
  { caller }: PageRequest,
  { reporting, importStatus, administration, clock, bitbucketUrl }: PagesDependencies,
  repository: SystemItem | null,
): Promise<Surroundings> {
  const { workspace } = caller;
  const [systems, teams, settings, status, notes, corrections, steps] = await Promise.all([
    repository === null ? reporting.loadSystems(workspace) : [],
    reporting.loadTeams(workspace),
    reporting.loadSettings(workspace),
    importStatus.load(workspace),
    reporting.loadNotes(workspace),
    reporting.loadCorrections(workspace),
    administration.loadFirstSteps(workspace),
  ]);
  const isOwn = (subject: string) => repository === null || subject.startsWith(`${repository.uuid}/`);
  const now = clock.now();
  return {
    workspace,
    systems,
    teams,
    notes,
    hasCorrections: corrections.some(({ undoneAt, subject }) => undoneAt === null && isOwn(subject)),
    isLeftOut: repository !== null && settings.exclusions.repositories.includes(repository.uuid),
    hasFirstSteps: caller.repositoryUuid === null && Object.values(steps).includes(false),
    canLeaveRepository: caller.repositoryUuid === null,
    isConnected: status.connection === 'live',
    importing: toProgress(status),
    timezone: settings.timezone,
    now,
    today: toLocalDate(now, settings.timezone),
    bitbucketUrl,
  };
}

function toProgress(status: ImportStatus): ImportProgress | null {
  return isImporting(status) ? { ...status.pull_requests, etaSeconds: status.eta_seconds } : null;
}

/** The answer that shows a view on this ground. */
export function toGroundAnswer(
  ground: PageGround,
  template: string,
  view: { readonly title: string },
): Extract<PageAnswer, { kind: 'page' }> {
  return {
    kind: 'page',
    status: 200,
    template,
    title: view.title,
    view,
    address: toFilterAddress(ground.place.path, ground.page, ground.place.own),
    live: ground.importing === null ? liveSeconds.settled : liveSeconds.importing,
  };
}

/** The page again with other parameters of its own. */
export function toOwnHref({ place, page }: PageGround, change: Readonly<Record<string, string | null>> = {}): string {
  return toAddress(place.path, { ...place.own, ...toQuery(page), ...change });
}
