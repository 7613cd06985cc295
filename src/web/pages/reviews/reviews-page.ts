import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import type { MergedPoint, MergedPoints } from '../../../reporting/reviews/merged-points';
import { formatReviewsCsv } from '../../../reporting/csv/metrics-csv';
import { listUndated } from '../../presentation/frame/undated-view';
import { findState } from '../../presentation/frame/look-beyond';
import { isAnswer, loadPageContext, buildPageAnswer, type OpenedPage } from '../../presentation/frame/page-context';
import { buildBadRequest } from '../../presentation/frame/message-page';
import type { PageParameters } from '../../presentation/filter/page-filter';
import {
  toCsvAnswer,
  type CsvParts,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { writeRows } from '../../presentation/rows/write-rows';
import { readTableChoice, toTableQuery } from '../../presentation/filter/table-choice';
import { readOne } from '../../presentation/filter/page-parameters';
import { mergedRows } from '../../presentation/rows/row-kinds';
import { readPageOfList } from '../../presentation/format/paging';
import { isOrder } from '../../presentation/format/sorting';
import { findAxis, scatterAxes } from './explorer-view';
import { chartChoices, toChoiceName, usualChoice } from './metric-list';
import { choosePoints, hasLimits, readLimits, toLimitsQuery } from './point-selection';
import { formatSystemReviewsCsv } from './reviews-csv';
import { pickSystems, reviewSystemKeys, type ShownSystems } from './review-systems';
import {
  explorerKeys,
  buildReviewsView,
  pickExplorerPage,
  toChartQuery,
  type ExplorerChoice,
  type ReviewChart,
  type ReviewsMaterial,
} from './reviews-view';
import { words } from './words';

/** So many pull requests are sorted at once; of more the newest. */
const mostSorted = 20_000;

/** Of the chosen ones so many are read beside the chart. */
const mostFirst = 5;

/** Changes & reviews of a workspace or of one repository. */
export async function answerReviews(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const explorer = readExplorer(request.parameters);
  const chart = readChart(request.parameters);
  const tables = readTableChoice(request.parameters);
  if ('name' in explorer || 'name' in chart || 'name' in tables) {
    const problems = [explorer, chart, tables].filter((one) => 'name' in one);
    return buildBadRequest(problems, dependencies.links.page('reviews'));
  }
  const own = { ...toExplorerQuery(explorer), ...toChartQuery(chart), ...toTableQuery(tables) };
  const pageContext = await loadPageContext(request, dependencies, {
    name: 'reviews',
    hasBuckets: true,
    sortKeys: reviewSystemKeys,
    own,
  });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  if (readOne(request.parameters, 'format') === 'csv') {
    return buildCsv(pageContext, readOne(request.parameters, 'table'));
  }
  const material = await findMaterial(pageContext, { explorer, chart });
  return buildPageAnswer(pageContext, 'reviews', buildReviewsView(material, dependencies.links));
}

/** What the large chart shows; nonsense is named. */
function readChart(parameters: PageParameters): ReviewChart | QueryProblem {
  const name = readOne(parameters, 'metric') ?? toChoiceName(usualChoice);
  const p95 = readOne(parameters, 'p95');
  const choice = chartChoices.find((one) => toChoiceName(one) === name);
  if (choice === undefined) {
    const keys = chartChoices.map(toChoiceName).join(', ');
    return { name: 'metric', value: name, message: words.problems.metric(keys) };
  }
  return p95 === null || p95 === '1'
    ? { choice, hasP95: p95 === '1' }
    : { name: 'p95', value: p95, message: words.problems.p95 };
}

/** What the explorer shows; nonsense is named. */
function readExplorer(parameters: PageParameters): ExplorerChoice | QueryProblem {
  const axis = readOne(parameters, 'x') ?? 'lines';
  const order = readOne(parameters, 'rows');
  const page = readPageOfList(readOne(parameters, 'page'));
  const limits = readLimits(parameters);
  const axes: readonly string[] = scatterAxes.map(({ key }) => key);
  if (!axes.includes(axis)) {
    return { name: 'x', value: axis, message: words.problems.axis(axes.join(', ')) };
  }
  if (order !== null && !isOrder(order, explorerKeys)) {
    return { name: 'rows', value: order, message: words.problems.order(explorerKeys.join(', ')) };
  }
  if ('name' in limits) {
    return limits;
  }
  return typeof page === 'number' ? { axis, order, page, limits } : page;
}

function toExplorerQuery({ axis, order, page, limits }: ExplorerChoice) {
  const list = { x: axis === 'lines' ? null : axis, rows: order, page: page === 1 ? null : String(page) };
  return { ...list, ...toLimitsQuery(limits) };
}

async function findMaterial(
  pageContext: OpenedPage,
  { explorer, chart }: Pick<ReviewsMaterial, 'explorer' | 'chart'>,
): Promise<ReviewsMaterial> {
  const { snapshot, filter, compared } = pageContext;
  const report = snapshot.computeReviews(filter);
  const points = snapshot.openMergedPoints(filter, mostSorted);
  const { axis, limits } = explorer;
  const chosen = hasLimits(limits) ? choosePoints(points, findAxis(axis).number, limits) : null;
  return {
    pageContext,
    report,
    before: snapshot.computeReviewsInAll(compared),
    change: snapshot.computeWhatChanged(filter, compared, 'merged'),
    systems: pickShown(pageContext),
    points,
    chosen: chosen === null ? null : { points: chosen, first: await readFirst(pageContext, chosen) },
    rows: await readRows(pageContext, pickExplorerPage(chosen ?? points, explorer)),
    state: await findState(pageContext, { kind: mergedRows, found: report.merged }),
    ...{ explorer, chart },
    undated: listUndated(pageContext),
  };
}

/** The slowest. */
function readFirst(pageContext: OpenedPage, chosen: MergedPoints) {
  return readRows(pageContext, pickExplorerPage(chosen, { order: null, page: 1, size: mostFirst }));
}

/** In the order of the points. */
async function readRows({ snapshot, filter }: OpenedPage, points: readonly MergedPoint[]) {
  const keys = points.map(({ system, id }) => ({ repositoryUuid: system.uuid, number: id }));
  const rows = await snapshot.readMerged(keys, filter);
  return points.flatMap(({ system, id }) => rows.find((row) => row.id === id && row.system.uuid === system.uuid) ?? []);
}

function pickShown({ snapshot, filter, compared, repository, page, place }: OpenedPage): ShownSystems {
  return repository === null
    ? pickSystems(snapshot, filter, { sort: page.sort, own: place.own, compared })
    : { count: 0, rows: [] };
}

function computePerSystem({ snapshot, filter, repository }: OpenedPage) {
  return repository === null ? snapshot.computeReviewsPerSystem(filter) : [];
}

/** Computes what the file holds, and nothing else of the page. */
function buildCsv(pageContext: OpenedPage, table: string | null): PageAnswer {
  const { snapshot, filter, page } = pageContext;
  const { from, to } = page.filter;
  const toFile = (name: string, parts: CsvParts) => toCsvAnswer(`${name}-${from}-${to}.csv`, parts);
  switch (table) {
    case 'systems':
      return toFile('reviews-of-repositories', [formatSystemReviewsCsv(computePerSystem(pageContext))]);
    case 'pull-requests':
      return toFile('merged-pull-requests', writeRows(mergedRows, pageContext));
    default:
      return toFile('reviews', [formatReviewsCsv(snapshot.computeReviews(filter))]);
  }
}
