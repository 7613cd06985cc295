import type { Links } from '../../routing/paths';
import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { ScatterView } from '../../presentation/charts/chart-view';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell, buildStateLinks, type ShellView } from '../../presentation/frame/shell-view';
import type { MetricView } from '../../presentation/metrics/metric-view';
import { buildMetricContext } from '../overview/overview-view';
import { toQuery } from '../../presentation/filter/page-filter';
import { buildEmpty, type EmptyView } from '../../presentation/frame/empty-view';
import {
  formatBasis,
  buildHistoryLine,
  buildMessages,
  type HistoryView,
  type MessageView,
} from '../../presentation/frame/state-view';
import { mergedWords } from '../../presentation/format/thing-words';
import { buildUndated, type UndatedView } from '../../presentation/frame/undated-view';
import { mergedColumns, buildColumnRow } from '../../presentation/rows/pull-requests-view';
import type { RowTableView } from '../../presentation/rows/row-cell';
import { toAddress, type LinkView } from '../../presentation/format/links';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { buildPaged, type Paged } from '../../presentation/format/paging';
import { compareValues, readOrder, buildSortHead } from '../../presentation/format/sorting';
import { scatterAxes, buildScatter } from './explorer-view';
import { buildPhaseChart, type PhaseChartView } from './phase-chart';
import { buildReviewMetric, type ReviewContext } from './review-metric';
import { buildReviewSystems, type SystemReviews } from './review-systems';
import { durationKeys, sizeKeys } from './review-words';

export interface ReviewsView extends ShellView {
  readonly title: string;
  readonly history: HistoryView;
  readonly undated: UndatedView | null;
  readonly messages: readonly MessageView[];
  readonly empty: EmptyView | null;
  readonly basis: string;
  readonly durations: readonly MetricView[];
  readonly sizes: readonly MetricView[];
  readonly phases: PhaseChartView | null;
  readonly systems: RowTableView | null;
  readonly explorer: ExplorerView | null;
  readonly csv: { readonly metrics: string; readonly systems: string; readonly explorer: string };
}

export interface ExplorerView {
  readonly axes: readonly (LinkView & { readonly isCurrent: boolean })[];
  readonly scatter: ScatterView;
  readonly table: RowTableView;
  readonly pages: Omit<Paged<unknown>, 'items'>;
  /** That not all rows could be sorted; `null` where all were. */
  readonly limit: string | null;
}

/** All that Changes & Reviews is made of. */
export interface ReviewsMaterial {
  readonly pageContext: PageContext;
  readonly report: ReviewsReport;
  readonly before: ReviewsReport | null;
  readonly perSystem: readonly SystemReviews[];
  /** Newest merge first. */
  readonly items: readonly MergedPullRequestItem[];
  readonly state: PageState;
  /** The first of the merges without a date. */
  readonly undated: readonly UndatedMergeItem[];
  readonly explorer: ExplorerChoice;
}

/** What the reader chose to see in the explorer. */
export interface ExplorerChoice {
  readonly axis: string;
  readonly order: string | null;
  /** From 1. */
  readonly page: number;
}

export const explorerKeys: readonly string[] = mergedColumns.map(({ key }) => key);
const usualOrder = '-time-to-merge';
/** So few that the page, long already, stays within the height that a host gives a frame on a telephone. */
export const explorerRows = 20;

/** Words, links and drawings of Changes & Reviews; pure. */
export function buildReviewsView(material: ReviewsMaterial, links: Links): ReviewsView {
  const { pageContext, report, state } = material;
  const { repository, now, page } = pageContext;
  const stateLinks = buildStateLinks(pageContext, links, report.workspace.slug);
  const { completeness } = report;
  const toCsvHref = (table: string) => buildOwnHref(pageContext, { format: 'csv', table });
  const head = {
    ...buildShell(pageContext, links),
    title: repository === null ? 'Changes & Reviews' : `Changes & Reviews of ${repository.name}`,
    history: buildHistoryLine(completeness, formatGaps(report), now),
    undated: buildUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    empty: buildEmpty(state, { pageContext, links: stateLinks, words: mergedWords, completeness }),
    basis: formatBasis(report.range.timezone, completeness.verified_at),
    csv: { metrics: toCsvHref('metrics'), systems: toCsvHref('systems'), explorer: toCsvHref('pull-requests') },
  };
  if (head.empty !== null) {
    return { ...head, messages: [], durations: [], sizes: [], phases: null, systems: null, explorer: null };
  }
  const context = buildContext(pageContext, links);
  return {
    ...head,
    messages: buildMessages({ found: state.found, importing: pageContext.importing }, completeness, {
      links: stateLinks,
      from: page.filter.from,
      now,
    }),
    durations: durationKeys.map((key) => buildReviewMetric(key, material, context)),
    sizes: sizeKeys.map((key) => buildReviewMetric(key, material, context)),
    phases: buildPhaseChart(report, context),
    systems: repository === null ? buildSystems(material, links) : null,
    explorer: buildExplorer(material, links),
  };
}

function formatGaps({ completeness, merged }: ReviewsReport): string {
  const { incomplete_pull_requests: incomplete, unsized_pull_requests: unsized } = completeness;
  const parts = [
    ...(incomplete === 0 ? [] : [`${formatCount(incomplete)} without known commits`]),
    ...(unsized === 0 ? [] : [`${formatCount(unsized)} without a known size`]),
  ];
  return parts.length === 0 ? '' : `Of ${formatCounted(merged, 'merged pull request')}: ${parts.join(', ')}.`;
}

function buildContext(pageContext: PageContext, links: Links): ReviewContext {
  const context = buildMetricContext(pageContext, links);
  return { ...context, rows: context.rows.pullRequests };
}

function buildSystems({ perSystem, pageContext }: ReviewsMaterial, links: Links): RowTableView {
  const query = { ...toQuery(pageContext.page, { sort: null }), system: null };
  return buildReviewSystems(perSystem, pageContext.page.sort, {
    toSorted: (sort) => buildOwnHref(pageContext, { sort }),
    toRepository: (repository) => toAddress(links.page('reviews'), { repository, ...query }),
  });
}

function buildExplorer({ pageContext, items, report, explorer }: ReviewsMaterial, links: Links): ExplorerView {
  const context = buildRowContext(pageContext, links);
  const order = readOrder(explorer.order, usualOrder);
  const column = mergedColumns.find(({ key }) => key === order.key);
  const sorted = items.toSorted((a, b) =>
    compareValues(column?.toValue(a) ?? null, column?.toValue(b) ?? null, order.isDescending),
  );
  const { items: shown, ...pages } = buildPaged(sorted, { number: explorer.page, size: explorerRows }, (page) =>
    buildOwnHref(pageContext, { page }),
  );
  return {
    axes: scatterAxes.map(({ key, text }) => ({
      href: buildOwnHref(pageContext, { x: key === 'lines' ? null : key }),
      text,
      isCurrent: key === explorer.axis,
    })),
    scatter: buildScatter(items, {
      axis: explorer.axis,
      merged: report.merged,
      timezone: pageContext.timezone,
      toHref: ({ system, id }) => context.toTimeLineHref(system.uuid, id),
    }),
    table: {
      caption: 'Single pull requests',
      heads: mergedColumns.map((one) =>
        buildSortHead(one, order, (rows) => buildOwnHref(pageContext, { rows, page: null })),
      ),
      rows: shown.map((item) => buildColumnRow(mergedColumns, item, context)),
    },
    pages,
    limit:
      items.length < report.merged
        ? `Sorted are the newest ${formatCount(items.length)} of ${formatCount(report.merged)}; a shorter range holds all.`
        : null,
  };
}
