import { lookUp } from '../../../domain/look-up';
import type { MergedPullRequestItem, UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { MergedPoint, MergedPoints, PointNumber } from '../../../reporting/reviews/merged-points';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import type { Links } from '../../routing/paths';
import { toQuery } from '../../presentation/filter/page-filter';
import { findPaged } from '../../presentation/format/paging';
import { pickSorted, sortTable } from '../../presentation/format/sorting';
import { mergedWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { formatBasis } from '../../presentation/frame/state-view';
import { buildUndated } from '../../presentation/frame/undated-view';
import { buildMedianFigure } from '../../presentation/metrics/comparison';
import { buildWhereTimeGoesView } from '../../presentation/what-changed/where-time-goes-view';
import { mergedColumns } from '../../presentation/rows/pull-request-columns';
import { buildRow } from '../../presentation/rows/row-cell';
import { buildMetricContext } from '../overview/overview-view';
import { scatterAxes, buildScatter, buildSelection } from './explorer-view';
import { buildMetricList, toChoiceName, usualChoice, type ChartChoice } from './metric-list';
import { buildPhaseChart } from './phase-chart';
import { noLimits, toLimitsQuery, type PointLimits } from './point-selection';
import { buildChosenMetric } from './review-metric';
import { buildReviewSystems, type ShownSystems } from './review-systems';
import { words } from './words';

/** All that Changes & reviews is made of. */
export interface ReviewsMaterial {
  readonly pageContext: PageContext;
  readonly report: ReviewsReport;
  readonly before: ReviewNumbersReport | null;
  readonly change: WhatChangedReport;
  readonly systems: ShownSystems;
  /** Newest merge first. */
  readonly points: MergedPoints;
  /** Those within the reader's limits; `null`: there are no limits. */
  readonly chosen: ChosenPoints | null;
  /** The page of the explorer: what of the points, or of the chosen ones, is shown as rows, in its order. */
  readonly rows: readonly MergedPullRequestItem[];
  readonly state: PageState;
  /** The first of the merges without a date. */
  readonly undated: readonly UndatedMergeItem[];
  readonly explorer: ExplorerChoice;
  readonly chart: ReviewChart;
}

interface ChosenPoints {
  readonly points: MergedPoints;
  /** A few of them, to be read. */
  readonly first: readonly MergedPullRequestItem[];
}

/** What the reader chose to see in the large chart. */
export interface ReviewChart {
  readonly choice: ChartChoice;
  readonly hasP95: boolean;
}

/** What the reader chose to see in the explorer. */
export interface ExplorerChoice {
  readonly axis: string;
  readonly order: string | null;
  /** From 1. */
  readonly page: number;
  readonly limits: PointLimits;
}

export const explorerKeys: readonly string[] = mergedColumns.map(({ key }) => key);
/** So few that the page, long already, stays within the height that a host gives a frame on a telephone. */
const explorerRows = 20;
const usualOrder = '-time-to-merge';

/** Words, links and drawings of Changes & reviews; pure. */
export function buildReviewsView(material: ReviewsMaterial, links: Links) {
  const { pageContext, report, state } = material;
  const { repository } = pageContext;
  const { completeness } = report;
  const toCsvHref = (table: string) => buildOwnHref(pageContext, { format: 'csv', table });
  const head = {
    ...buildShell(pageContext, links, { title: words.title, words: mergedWords, state, report }),
    undated: buildUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    basis: formatBasis(report.range.timezone, completeness.verified_at),
    csv: { metrics: toCsvHref('metrics'), systems: toCsvHref('systems'), explorer: toCsvHref('pull-requests') },
    words,
  };
  if (head.empty !== null) {
    return { ...head, time: null, metrics: null, chosen: null, systems: null, explorer: null };
  }
  return {
    ...head,
    time: buildTime(material, links),
    metrics: buildMetricList({
      ...{ report, before: material.before, chosen: material.chart.choice },
      toHref: (choice) => buildOwnHref(pageContext, toChartQuery({ ...material.chart, choice })),
    }),
    chosen: buildChosen(material, links),
    systems: repository === null ? buildSystems(material, links) : null,
    explorer: buildExplorer(material, links),
  };
}

/** Its own median is the only one of whole lives on the page. */
function buildTime({ change, pageContext }: ReviewsMaterial, links: Links) {
  const [now, before] = [change.now, change.before].map(({ median: value, n }) => buildMedianFigure({ value, n }));
  const query = { ...toQuery(pageContext.page, { sort: null }), system: null };
  const toHref = (repository: string) => links.page('reviews', { repository, ...query });
  return buildWhereTimeGoesView({
    report: change,
    pageContext,
    medians: { now: now ?? null, before: before ?? null },
    toHref,
  });
}

/** What of the choice an address keeps. */
export function toChartQuery({ choice, hasP95 }: ReviewChart): Record<string, string | null> {
  return { metric: choice === usualChoice ? null : toChoiceName(choice), p95: hasP95 ? '1' : null };
}

function buildChosen({ pageContext, report, before, chart }: ReviewsMaterial, links: Links) {
  const metricContext = buildMetricContext(pageContext, links);
  const context = { ...metricContext, rows: metricContext.rows.pullRequests };
  const { choice, hasP95 } = chart;
  const p95Href = buildOwnHref(pageContext, toChartQuery({ choice, hasP95: !hasP95 }));
  return choice === 'phases'
    ? buildPhaseChart(report, context)
    : buildChosenMetric(choice, { report, before, context, hasP95, p95Href });
}

function buildSystems({ systems, pageContext, report }: ReviewsMaterial, links: Links) {
  const query = { ...toQuery(pageContext.page, { sort: null }), system: null };
  return buildReviewSystems(
    systems,
    { sort: pageContext.page.sort, whole: report },
    {
      own: pageContext.place.own,
      toOwn: (change) => buildOwnHref(pageContext, change),
      toRepository: (repository) => links.page('reviews', { repository, ...query }),
    },
  );
}

/** The columns that are sorted by a number, and not by a text. */
const numberOf: Readonly<Record<string, PointNumber>> = {
  merged: 'mergedAt',
  'time-to-merge': 'time_to_merge',
  'first-review': 'time_to_first_review',
  lines: 'lines_changed',
  commits: 'commits',
  comments: 'comments',
  reviews: 'reviews',
  id: 'id',
};

type Listed = Pick<ExplorerChoice, 'order' | 'page'> & { readonly size?: number };

/** The points of the page that is asked for. */
export function pickExplorerPage(
  points: MergedPoints,
  { order: asked, page, size = explorerRows }: Listed,
): MergedPoint[] {
  const order = asked ?? usualOrder;
  const { start, end } = findPaged(points.count, { number: page, size }, () => '');
  const number = lookUp(numberOf, order.replace(/^-/u, ''));
  if (number !== undefined) {
    const isDescending = order.startsWith('-');
    return pickSorted(points.read(number), { isDescending, start, end }).map((place) => points.at(place));
  }
  const all = Array.from({ length: points.count }, (_, place) => points.at(place));
  return sortTable(all, mergedColumns, { order, toHref: () => '' }).rows.slice(start, end);
}

function buildExplorer(material: ReviewsMaterial, links: Links) {
  const { pageContext, points, chosen, report, explorer } = material;
  const { axis, limits } = explorer;
  const { toTimeLineHref: toHref } = buildRowContext(pageContext, links);
  const { merged } = report;
  const cleared = { ...toLimitsQuery(noLimits), page: null };
  return {
    axes: scatterAxes.map(({ key, short: text }) => ({
      // Limits of another number are no limits of this one.
      href: buildOwnHref(pageContext, { ...cleared, x: key === 'lines' ? null : key }),
      text,
      isCurrent: key === axis,
    })),
    scatter: buildScatter(points, { axis, limits, merged, timezone: pageContext.timezone, toHref }),
    selection: buildSelection({
      ...{ axis, limits, toHref, count: chosen?.points.count ?? null, first: chosen?.first ?? [] },
      action: buildOwnHref(pageContext, cleared),
      clearHref: buildOwnHref(pageContext, cleared),
    }),
    ...buildList(material, links),
    // Where not all rows could be sorted.
    limit: points.count < merged ? words.listLimit(points.count, merged) : null,
  };
}

function buildList({ pageContext, points, chosen, rows, explorer }: ReviewsMaterial, links: Links) {
  const context = buildRowContext(pageContext, links);
  const count = chosen?.points.count ?? points.count;
  const title = chosen === null ? words.list : words.listOfSelected(count);
  const { heads } = sortTable([], mergedColumns, {
    order: explorer.order ?? usualOrder,
    toHref: (order) => buildOwnHref(pageContext, { rows: order, page: null }),
  });
  const { text, newer, older } = findPaged(count, { number: explorer.page, size: explorerRows }, (page) =>
    buildOwnHref(pageContext, { page }),
  );
  return {
    title,
    table: { caption: title, heads, rows: rows.map((item) => buildRow(mergedColumns, item, context)) },
    pages: { text, newer, older },
  };
}
