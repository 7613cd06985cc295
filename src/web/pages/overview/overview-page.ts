import { toAccelerateCsv } from '../../../reporting/csv';
import type { DeliveryFilter } from '../../../reporting/delivery-filter';
import type { SystemItem } from '../../../reporting/system-directory';
import { isImporting, type PageAnswer, type PageRequest, type PagesDependencies } from '../page-dependencies';
import { toBadRequest } from '../message-page';
import { readOne } from '../page-parameters';
import { toAddress } from '../words/links';
import { readPageFilter, toFilterAddress, toPeriodBefore, type PageFilter } from './overview-query';
import { toOverviewView, type OverviewMaterial } from './overview-view';
import type { OverviewState } from './state-view';
import { toSystemReportsCsv } from './overview-csv';

/** How soon an open page looks again: soon while an import runs, else as often as merges happen. */
const liveSeconds = { importing: 5, settled: 30 };

/** The workspace's overview. */
export async function answerWorkspace(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  return answerOverview(request, dependencies, null);
}

/** The same for one repository; what is not the workspace's is not there. */
export async function answerRepository(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const repository = await findRepository(request, dependencies);
  return repository === null ? { kind: 'not-found' } : answerOverview(request, dependencies, repository);
}

/** The repository that a page is about: the one its caller is bound to, else the one it names. */
export async function findRepository(
  { caller, parameters }: PageRequest,
  { reporting }: PagesDependencies,
): Promise<SystemItem | null> {
  const named = readOne(parameters, 'repository') ?? caller.repositoryUuid;
  if (named === null || (caller.repositoryUuid !== null && withBraces(named) !== caller.repositoryUuid)) {
    return null;
  }
  const systems = await reporting.loadSystems(caller.workspace);
  return systems.find((system) => system.uuid === withBraces(named)) ?? null;
}

function withBraces(uuid: string): string {
  return `{${uuid.replace(/^\{|\}$/gu, '').toLowerCase()}}`;
}

async function answerOverview(
  request: PageRequest,
  dependencies: PagesDependencies,
  repository: SystemItem | null,
): Promise<PageAnswer> {
  const uuid = repository?.uuid ?? null;
  const place = {
    path: dependencies.links.page(uuid === null ? 'workspace' : 'repository'),
    own: { repository: uuid },
  };
  const page = await readPageFilter(request.parameters, (query) =>
    dependencies.reporting.parseFilter(request.caller.workspace, query, { repositoryUuid: uuid }),
  );
  if ('problems' in page) {
    return toBadRequest(page.problems, toAddress(place.path, place.own));
  }
  const material = await loadMaterial(request, dependencies, { page: forPlace(page, repository), repository });
  if (readOne(request.parameters, 'format') === 'csv') {
    return toCsv(material, readOne(request.parameters, 'table'));
  }
  const view = toOverviewView(material, dependencies.links);
  return {
    kind: 'page',
    status: 200,
    template: 'overview',
    title: view.title,
    view,
    address: toFilterAddress(place.path, material.page, place.own),
    live: material.state.importing === null ? liveSeconds.settled : liveSeconds.importing,
  };
}

/** On a repository's page the repository is the place, not a filter that could be cleared. */
function forPlace(page: PageFilter, repository: SystemItem | null): PageFilter {
  return repository === null ? page : { ...page, filter: { ...page.filter, systems: [] } };
}

async function loadMaterial(
  { caller }: PageRequest,
  { reporting, importStatus, clock, bitbucketUrl }: PagesDependencies,
  { page, repository }: { page: PageFilter; repository: SystemItem | null },
): Promise<OverviewMaterial> {
  const { workspace } = caller;
  const filter = repository === null ? page.filter : { ...page.filter, systems: [repository.uuid] };
  const [report, before, perSystem, systems, teams, status] = await Promise.all([
    reporting.loadAccelerate(workspace, filter),
    reporting.loadAccelerate(workspace, toPeriodBefore(filter)),
    repository === null ? reporting.loadPerSystem(workspace, filter) : [],
    repository === null ? reporting.loadSystems(workspace) : [],
    reporting.loadTeams(workspace),
    importStatus.load(workspace),
  ]);
  const { deployments } = report.deployment_frequency;
  const state: OverviewState = {
    isConnected: status.connection === 'live',
    importing: isImporting(status) ? { ...status.pull_requests, etaSeconds: status.eta_seconds } : null,
    deployments,
    ...(deployments > 0
      ? { unfilteredDeployments: deployments, latestDeploymentAt: clock.now() }
      : await lookBeyond(workspace, reporting, { filter, repository })),
  };
  return { page, repository, report, before, perSystem, systems, teams, state, now: clock.now(), bitbucketUrl };
}

/** Why there is nothing: whether the filters leave something out, and when anything was ever deployed. */
async function lookBeyond(
  workspace: string,
  reporting: PagesDependencies['reporting'],
  { filter, repository }: { filter: DeliveryFilter; repository: SystemItem | null },
): Promise<Pick<OverviewState, 'unfilteredDeployments' | 'latestDeploymentAt'>> {
  const all = { ...filter, systems: repository === null ? [] : [repository.uuid], teams: [] };
  const [inRange, ever] = await Promise.all([
    reporting.loadAccelerate(workspace, all),
    reporting.loadDeployments(workspace, { ...all, from: '2000-01-01' }, { limit: 1, cursor: null }),
  ]);
  const latest = ever.items[0];
  return {
    unfilteredDeployments: inRange.deployment_frequency.deployments,
    latestDeploymentAt: latest === undefined ? null : Date.parse(latest.time_created),
  };
}

function toCsv(material: OverviewMaterial, table: string | null): PageAnswer {
  const { from, to } = material.page.filter;
  return table === 'systems'
    ? { kind: 'csv', fileName: `repositories-${from}-${to}.csv`, text: toSystemReportsCsv(material.perSystem) }
    : { kind: 'csv', fileName: `metrics-${from}-${to}.csv`, text: toAccelerateCsv(material.report) };
}
