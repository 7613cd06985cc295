import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { formatAccelerateCsv } from '../../../reporting/csv/metrics-csv';
import { listUndated } from '../../presentation/frame/undated-view';
import { findState } from '../../presentation/frame/look-beyond';
import { isAnswer, loadPageContext, buildPageAnswer, type OpenedPage } from '../../presentation/frame/page-context';
import {
  toCsvAnswer,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { buildBadRequest } from '../../presentation/frame/message-page';
import { readTableChoice, toTableQuery } from '../../presentation/filter/table-choice';
import { readOne } from '../../presentation/filter/page-parameters';
import { deploymentRows } from '../../presentation/rows/row-kinds';
import { buildNeedsNow } from '../../presentation/waits/needs-now-view';
import { formatSystemReportsCsv, formatTeamReportsCsv } from './overview-csv';
import { groupKeys } from './group-columns';
import { findLineInterval } from './line-interval';
import { buildOverviewView, type OverviewMaterial } from './overview-view';
import { readTeamsChoice } from './teams-choice';

const kind = { name: 'workspace', repositoryName: 'repository', sortKeys: groupKeys, hasBuckets: true } as const;

/** The workspace's overview. */
export async function answerWorkspace(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const parameters = { ...request.parameters, repository: [] };
  return answerOverview({ ...request, parameters }, dependencies);
}

/** The same for one repository; what is not the workspace's is not there. */
export async function answerRepository(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const isNamed = request.caller.repositoryUuid !== null || readOne(request.parameters, 'repository') !== null;
  return isNamed ? answerOverview(request, dependencies) : { kind: 'not-found' };
}

async function answerOverview(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const tables = readTableChoice(request.parameters);
  const teams = readTeamsChoice(request.parameters);
  if (isProblem(tables) || isProblem(teams)) {
    const repository = readOne(request.parameters, 'repository');
    const name = repository === null ? 'workspace' : 'repository';
    return buildBadRequest([tables, teams].filter(isProblem), dependencies.links.page(name, { repository }));
  }
  const pageContext = await loadPageContext(request, dependencies, {
    ...kind,
    own: { ...toTableQuery(tables), ...teams },
  });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  if (readOne(request.parameters, 'format') === 'csv') {
    return buildCsv(pageContext, readOne(request.parameters, 'table'));
  }
  const { links } = dependencies;
  const view = {
    ...buildOverviewView(await findMaterial(pageContext), links),
    needs: buildNeedsNow(pageContext, links),
  };
  return buildPageAnswer(pageContext, 'overview', view);
}

function isProblem(choice: object): choice is QueryProblem {
  return 'message' in choice;
}

async function findMaterial(pageContext: OpenedPage): Promise<OverviewMaterial> {
  const { snapshot, filter, compared } = pageContext;
  const report = snapshot.computeAccelerate(filter);
  const interval = findLineInterval(filter, 'tile');
  return {
    pageContext,
    report,
    lines: interval === filter.interval ? report : snapshot.computeAccelerate({ ...filter, interval }),
    before: snapshot.computeAccelerateInAll(compared),
    change: snapshot.computeWhatChanged(filter, compared, 'deployments'),
    merge: {
      now: snapshot.computeReviewMetric(filter, 'time_to_merge', interval),
      before: snapshot.computeReviewMetric(compared, 'time_to_merge', null),
    },
    perSystem: computePerSystem(pageContext),
    perTeam: computePerTeam(pageContext),
    state: await findState(pageContext, { kind: deploymentRows, found: report.deployment_frequency.deployments }),
    undated: listUndated(pageContext),
  };
}

function computePerSystem({ snapshot, filter, compared, repository }: OpenedPage): OverviewMaterial['perSystem'] {
  if (repository !== null) return { now: [], before: [] };
  return {
    now: snapshot.computeAcceleratePerSystem(filter, findLineInterval(filter, 'row')),
    before: snapshot.computeAcceleratePerSystem(compared),
  };
}

function computePerTeam({ snapshot, filter, compared, repository }: OpenedPage): OverviewMaterial['perTeam'] {
  if (repository !== null) return { now: [], before: [] };
  return {
    now: snapshot.computeAcceleratePerTeam(filter, findLineInterval(filter, 'row')),
    before: snapshot.computeAcceleratePerTeam(compared),
  };
}

/** Computes what the file holds, and nothing else of the page. */
function buildCsv(pageContext: OpenedPage, table: string | null): PageAnswer {
  const { snapshot, filter, page } = pageContext;
  const { from, to } = page.filter;
  switch (table) {
    case 'systems':
      return toCsvAnswer(`repositories-${from}-${to}.csv`, [formatSystemReportsCsv(computePerSystem(pageContext))]);
    case 'teams':
      return toCsvAnswer(`teams-${from}-${to}.csv`, [formatTeamReportsCsv(computePerTeam(pageContext))]);
    default:
      return toCsvAnswer(`metrics-${from}-${to}.csv`, [formatAccelerateCsv(snapshot.computeAccelerate(filter))]);
  }
}
