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
import { formatSystemReportsCsv } from './overview-csv';
import { systemKeys } from './systems-table';
import { buildOverviewView, type OverviewMaterial } from './overview-view';

const kind = { name: 'workspace', repositoryName: 'repository', sortKeys: systemKeys, hasBuckets: true } as const;

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
  if ('name' in tables) {
    const repository = readOne(request.parameters, 'repository');
    const name = repository === null ? 'workspace' : 'repository';
    return buildBadRequest([tables], dependencies.links.page(name, { repository }));
  }
  const pageContext = await loadPageContext(request, dependencies, { ...kind, own: toTableQuery(tables) });
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

async function findMaterial(pageContext: OpenedPage): Promise<OverviewMaterial> {
  const { snapshot, filter, compared } = pageContext;
  const report = snapshot.computeAccelerate(filter);
  return {
    pageContext,
    report,
    before: snapshot.computeAccelerateInAll(compared),
    change: snapshot.computeWhatChanged(filter, compared, 'deployments'),
    perSystem: computePerSystem(pageContext),
    state: await findState(pageContext, { kind: deploymentRows, found: report.deployment_frequency.deployments }),
    undated: listUndated(pageContext),
  };
}

function computePerSystem({ snapshot, filter, repository }: OpenedPage) {
  return repository === null ? snapshot.computeAcceleratePerSystem(filter) : [];
}

/** Computes what the file holds, and nothing else of the page. */
function buildCsv(pageContext: OpenedPage, table: string | null): PageAnswer {
  const { snapshot, filter, page } = pageContext;
  const { from, to } = page.filter;
  return table === 'systems'
    ? toCsvAnswer(`repositories-${from}-${to}.csv`, [formatSystemReportsCsv(computePerSystem(pageContext))])
    : toCsvAnswer(`metrics-${from}-${to}.csv`, [formatAccelerateCsv(snapshot.computeAccelerate(filter))]);
}
