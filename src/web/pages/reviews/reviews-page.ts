import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { toMergedPullRequestsCsv, toReviewsCsv } from '../../../reporting/csv/reviews-csv';
import { loadUndated } from '../../presentation/frame/load-undated';
import { findState } from '../../presentation/frame/look-beyond';
import {
  isAnswer,
  loadGround,
  toGroundAnswer,
  toOwnHref,
  type PageGround,
} from '../../presentation/frame/page-context';
import { toBadRequest } from '../../presentation/frame/message-page';
import { toPeriodBefore, type PageParameters } from '../../presentation/filter/page-filter';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { mergedRows } from '../../presentation/rows/row-kinds';
import { readPageOfList } from '../../presentation/format/paging';
import { isOrder } from '../../presentation/format/sorting';
import { scatterAxes } from './explorer-view';
import { toSystemReviewsCsv } from './reviews-csv';
import { reviewSystemKeys } from './review-systems';
import { explorerKeys, toReviewsView, type ExplorerChoice, type ReviewsMaterial } from './reviews-view';

/** So many pull requests are sorted at once; of more the newest. */
const mostSorted = 20_000;

/** Changes & Reviews of a workspace or of one repository. */
export async function answerReviews(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const explorer = readExplorer(request.parameters);
  if ('name' in explorer) {
    return toBadRequest([explorer], dependencies.links.page('reviews'));
  }
  const { axis, order, page } = explorer;
  const own = { x: axis === 'lines' ? null : axis, rows: order, page: page === 1 ? null : String(page) };
  const ground = await loadGround(request, dependencies, { name: 'reviews', sortKeys: reviewSystemKeys, own });
  if (isAnswer(ground)) {
    return ground;
  }
  const material = await loadMaterial(ground, dependencies, explorer);
  if (readOne(request.parameters, 'format') === 'csv') {
    return toCsv(material, readOne(request.parameters, 'table'));
  }
  const view = toReviewsView(material, dependencies.links);
  return { ...toGroundAnswer(ground, 'reviews', view), address: toOwnHref(ground) };
}

/** What the explorer shows; nonsense is named. */
function readExplorer(parameters: PageParameters): ExplorerChoice | QueryProblem {
  const axis = readOne(parameters, 'x') ?? 'lines';
  const order = readOne(parameters, 'rows');
  const page = readPageOfList(readOne(parameters, 'page'));
  const axes: readonly string[] = scatterAxes.map(({ key }) => key);
  if (!axes.includes(axis)) {
    return { name: 'x', value: axis, message: `Points are laid out by one of ${axes.join(', ')}.` };
  }
  if (order !== null && !isOrder(order, explorerKeys)) {
    return { name: 'rows', value: order, message: `Pull requests are sorted by one of ${explorerKeys.join(', ')}.` };
  }
  return typeof page === 'number' ? { axis, order, page } : page;
}

async function loadMaterial(
  ground: PageGround,
  dependencies: PagesDependencies,
  explorer: ExplorerChoice,
): Promise<ReviewsMaterial> {
  const { reporting } = dependencies;
  const { workspace, filter, repository } = ground;
  const [report, before, perSystem, { items }] = await Promise.all([
    reporting.loadReviews(workspace, filter),
    reporting.loadReviews(workspace, toPeriodBefore(filter)),
    repository === null ? reporting.loadReviewsPerSystem(workspace, filter) : [],
    reporting.loadMergedPullRequests(workspace, filter, { limit: mostSorted, cursor: null }),
  ]);
  const state = await findState(ground, dependencies, { kind: mergedRows, found: report.merged });
  const undated = await loadUndated(ground, reporting, report.completeness.undated_merges);
  return { ground, report, before, perSystem, items, state, explorer, undated };
}

function toCsv({ ground, report, perSystem, items }: ReviewsMaterial, table: string | null): PageAnswer {
  const { from, to } = ground.page.filter;
  const files = {
    metrics: () => ({ name: 'reviews', text: toReviewsCsv(report) }),
    systems: () => ({ name: 'reviews-of-repositories', text: toSystemReviewsCsv(perSystem) }),
    'pull-requests': () => ({ name: 'merged-pull-requests', text: toMergedPullRequestsCsv(items) }),
  };
  const make = Object.entries(files).find(([name]) => name === table)?.[1] ?? files.metrics;
  const { name, text } = make();
  return { kind: 'csv', fileName: `${name}-${from}-${to}.csv`, text };
}
