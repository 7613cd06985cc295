import { toAccelerateCsv } from '../../../reporting/csv/csv';
import { loadUndated } from '../../presentation/frame/load-undated';
import { findState } from '../../presentation/frame/look-beyond';
import { isAnswer, loadGround, toGroundAnswer, type PageGround } from '../../presentation/frame/page-context';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { deploymentRows } from '../../presentation/rows/row-kinds';
import { toSystemReportsCsv } from './overview-csv';
import { sortKeys, toPeriodBefore } from '../../presentation/filter/page-filter';
import { toOverviewView, type OverviewMaterial } from './overview-view';

const kind = { name: 'workspace', repositoryName: 'repository', sortKeys } as const;

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
  const ground = await loadGround(request, dependencies, kind);
  if (isAnswer(ground)) {
    return ground;
  }
  const material = await loadMaterial(ground, dependencies);
  if (readOne(request.parameters, 'format') === 'csv') {
    return toCsv(material, readOne(request.parameters, 'table'));
  }
  return toGroundAnswer(ground, 'overview', toOverviewView(material, dependencies.links));
}

async function loadMaterial(ground: PageGround, dependencies: PagesDependencies): Promise<OverviewMaterial> {
  const { reporting } = dependencies;
  const { workspace, filter, repository } = ground;
  const [report, before, perSystem] = await Promise.all([
    reporting.loadAccelerate(workspace, filter),
    reporting.loadAccelerate(workspace, toPeriodBefore(filter)),
    repository === null ? reporting.loadPerSystem(workspace, filter) : [],
  ]);
  const state = await findState(ground, dependencies, {
    kind: deploymentRows,
    found: report.deployment_frequency.deployments,
  });
  const undated = await loadUndated(ground, reporting, report.completeness.undated_merges);
  return { ground, report, before, perSystem, state, undated };
}

function toCsv({ ground, perSystem, report }: OverviewMaterial, table: string | null): PageAnswer {
  const { from, to } = ground.page.filter;
  return table === 'systems'
    ? { kind: 'csv', fileName: `repositories-${from}-${to}.csv`, text: toSystemReportsCsv(perSystem) }
    : { kind: 'csv', fileName: `metrics-${from}-${to}.csv`, text: toAccelerateCsv(report) };
}
