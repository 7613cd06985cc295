import { toDeploymentsCsv, toIncidentsCsv } from '../../../reporting/csv';
import type { DeliveryFilter } from '../../../reporting/delivery-filter';
import type { DeploymentItem, IncidentItem } from '../../../reporting/delivery-rows';
import { parseRowPage, type RowPage, type Rows } from '../../../reporting/row-page';
import type { SystemItem } from '../../../reporting/system-directory';
import { toBadRequest } from '../message-page';
import { toFilterView } from '../overview/filter-view';
import { readPageFilter, toQuery, type PageFilter } from '../overview/overview-query';
import { findRepository } from '../overview/overview-page';
import type { PageAnswer, PageRequest, PagesDependencies } from '../page-dependencies';
import { readOne } from '../page-parameters';
import { toAddress } from '../words/links';
import { deploymentHeads, toDeploymentRow } from './deployments-view';
import { incidentHeads, toIncidentRow } from './incidents-view';
import type { RowCell, RowContext, RowsView } from './rows-view';

/** One of the two lists: where it is, how it is read and said. */
interface RowsKind<Item> {
  readonly name: 'deployments' | 'incidents';
  readonly title: string;
  readonly lead: string;
  readonly nothing: string;
  readonly heads: RowsView['heads'];
  readonly load: (dependencies: PagesDependencies, question: Question) => Promise<Rows<Item>>;
  readonly toRow: (item: Item, context: RowContext) => RowCell[];
  readonly toCsv: (items: readonly Item[]) => string;
}

interface Question {
  readonly workspace: string;
  readonly filter: DeliveryFilter;
  readonly page: RowPage;
}

const deployments: RowsKind<DeploymentItem> = {
  name: 'deployments',
  title: 'Deployments',
  lead: 'Every pull request merged into the default branch of its repository, newest first.',
  nothing: 'No deployments here',
  heads: deploymentHeads,
  load: ({ reporting }, { workspace, filter, page }) => reporting.loadDeployments(workspace, filter, page),
  toRow: toDeploymentRow,
  toCsv: toDeploymentsCsv,
};

const incidents: RowsKind<IncidentItem> = {
  name: 'incidents',
  title: 'Incidents',
  lead: 'Every merged revert, and every merged fix known by its name, newest first.',
  nothing: 'No incidents here',
  heads: incidentHeads,
  load: ({ reporting }, { workspace, filter, page }) => reporting.loadIncidents(workspace, filter, page),
  toRow: toIncidentRow,
  toCsv: toIncidentsCsv,
};

const rowsPerPage = 50;
const rowsPerRead = 500;

/** The deployments behind the numbers, of the workspace or of one repository. */
export async function answerDeployments(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  return answerRows(request, dependencies, deployments);
}

/** The incidents behind the numbers. */
export async function answerIncidents(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  return answerRows(request, dependencies, incidents);
}

async function answerRows<Item>(
  request: PageRequest,
  dependencies: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const repository = await findPlace(request, dependencies);
  if (repository === 'foreign') {
    return { kind: 'not-found' };
  }
  const { caller, parameters } = request;
  const uuid = repository?.uuid ?? null;
  const parsed = await readPageFilter(parameters, (query) =>
    dependencies.reporting.parseFilter(caller.workspace, query, { repositoryUuid: uuid }),
  );
  if ('problems' in parsed) {
    return toBadRequest(parsed.problems, toAddress(dependencies.links.page(kind.name), { repository: uuid }));
  }
  const cursor = readOne(parameters, 'cursor');
  const place = parseRowPage(cursor === null ? {} : { cursor: [cursor] });
  if ('problems' in place) {
    return toBadRequest(place.problems, toAddress(dependencies.links.page(kind.name), { repository: uuid }));
  }
  const answer = readOne(parameters, 'format') === 'csv' ? toCsvAnswer : toPageAnswer;
  return answer({ workspace: caller.workspace, filter: parsed, repository, cursor }, dependencies, kind);
}

/** The repository that the list is of; `null`: the whole workspace. */
async function findPlace(
  request: PageRequest,
  dependencies: PagesDependencies,
): Promise<SystemItem | null | 'foreign'> {
  const isNamed = request.caller.repositoryUuid !== null || readOne(request.parameters, 'repository') !== null;
  return isNamed ? ((await findRepository(request, dependencies)) ?? 'foreign') : null;
}

interface Asked {
  readonly workspace: string;
  readonly filter: PageFilter;
  readonly repository: SystemItem | null;
  readonly cursor: string | null;
}

async function toCsvAnswer<Item>(
  { workspace, filter: { filter } }: Asked,
  dependencies: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const rows: Rows<Item> = await kind.load(dependencies, { workspace, filter, page: { limit: rowsPerRead, cursor } });
    items.push(...rows.items);
    cursor = rows.next;
  } while (cursor !== null);
  return { kind: 'csv', fileName: `${kind.name}-${filter.from}-${filter.to}.csv`, text: kind.toCsv(items) };
}

async function toPageAnswer<Item>(
  asked: Asked,
  dependencies: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const { workspace, filter, cursor } = asked;
  const [rows, systems, teams, settings] = await Promise.all([
    kind.load(dependencies, { workspace, filter: filter.filter, page: { limit: rowsPerPage, cursor } }),
    dependencies.reporting.loadSystems(workspace),
    dependencies.reporting.loadTeams(workspace),
    dependencies.reporting.loadSettings(workspace),
  ]);
  const context: RowContext = {
    now: dependencies.clock.now(),
    timezone: settings.timezone,
    teamNames: new Map(teams.map(({ slug, name }) => [slug, name])),
    systemUrls: new Map(systems.map(({ uuid, url }) => [uuid, url])),
  };
  const frame = toRowsFrame(asked, { systems, teams, links: dependencies.links }, kind);
  const view: RowsView = {
    ...frame.view,
    rows: rows.items.map((item) => kind.toRow(item, context)),
    empty: rows.items.length === 0 ? frame.empty : null,
    older: rows.next === null ? null : { href: frame.toHref({ cursor: rows.next }), text: 'Show older ones' },
    newest: cursor === null ? null : { href: frame.toHref({}), text: 'Back to the newest' },
  };
  return {
    kind: 'page',
    status: 200,
    template: 'rows',
    title: view.title,
    view,
    address: frame.toHref({ cursor }),
    live: null,
  };
}

type Filterable = Parameters<typeof toFilterView>[2];

/** All of a list but its rows. */
function toRowsFrame<Item>(
  { filter, repository }: Asked,
  { links, systems, teams }: Filterable & Pick<PagesDependencies, 'links'>,
  kind: RowsKind<Item>,
) {
  const own = { repository: repository?.uuid ?? null };
  const page = repository === null ? filter : { ...filter, filter: { ...filter.filter, systems: [] } };
  const query = { ...own, ...toQuery(page) };
  const path = links.page(kind.name);
  const filterView = toFilterView(page, { path, own }, { systems: repository === null ? systems : [], teams });
  const other = kind.name === 'deployments' ? incidents : deployments;
  const toHref = (more: Record<string, string | null>) => toAddress(path, { ...query, ...more });
  const back = {
    href: links.page(repository === null ? 'workspace' : 'repository', query),
    text: 'Delivery performance',
  };
  return {
    toHref,
    empty: {
      title: kind.nothing,
      text: `There is nothing of the kind in ${filterView.rangeText} under these filters.`,
      step: {
        href: toHref({ range: '365', from: null, to: null, system: null, team: null }),
        text: 'Show a whole year of everything',
      },
    },
    view: {
      title: repository === null ? kind.title : `${kind.title} of ${repository.name}`,
      lead: kind.lead,
      back,
      other: { href: links.page(other.name, query), text: other.title },
      filter: filterView,
      heads: kind.heads,
      csvHref: toHref({ format: 'csv' }),
    },
  };
}
