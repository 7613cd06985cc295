import { lookUp } from '../../../domain/look-up';
import type { MergedPullRequestItem, UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { MergedPoint, MergedPoints, PointNumber } from '../../../reporting/reviews/merged-points';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import type { Links } from '../../routing/paths';
import { toQuery } from '../../presentation/filter/page-filter';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { findPaged } from '../../presentation/format/paging';
import { pickSorted, sortTable } from '../../presentation/format/sorting';
import { mergedWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { formatBasis, buildHistoryLine } from '../../presentation/frame/state-view';
import { buildUndated } from '../../presentation/frame/undated-view';
import { mergedColumns } from '../../presentation/rows/pull-request-columns';
import { buildRow } from '../../presentation/rows/row-cell';
import { buildMetricContext } from '../overview/overview-view';
import { scatterAxes, buildScatter } from './explorer-view';
import { buildPhaseChart } from './phase-chart';
import { buildReviewMetric } from './review-metric';
import { buildReviewSystems, type ShownSystems } from './review-systems';
import { durationKeys, sizeKeys } from './review-words';

/** All that Changes & Reviews is made of. */
export interface ReviewsMaterial {
  readonly pageContext: PageContext;
  readonly report: ReviewsReport;
  readonly before: ReviewNumbersReport | null;
  readonly systems: ShownSystems;
  /** Newest merge first. */
  readonly points: MergedPoints;
  /** The page of the explorer: what of the points is shown as rows, in its order. */
  readonly rows: readonly MergedPullRequestItem[];
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
/** So few that the page, long already, stays within the height that a host gives a frame on a telephone. */
const explorerRows = 20;
const usualOrder = '-time-to-merge';

/** Words, links and drawings of Changes & Reviews; pure. */
export function buildReviewsView(material: ReviewsMaterial, links: Links) {
  const { pageContext, report, state } = material;
  const { repository } = pageContext;
  const { completeness } = report;
  const toCsvHref = (table: string) => buildOwnHref(pageContext, { format: 'csv', table });
  const head = {
    ...buildShell(pageContext, links, { title: 'Changes & Reviews', words: mergedWords, state, report }),
    history: buildHistoryLine(completeness, formatGaps(report), pageContext),
    undated: buildUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    basis: formatBasis(report.range.timezone, completeness.verified_at),
    csv: { metrics: toCsvHref('metrics'), systems: toCsvHref('systems'), explorer: toCsvHref('pull-requests') },
  };
  if (head.empty !== null) {
    return { ...head, durations: [], sizes: [], phases: null, systems: null, explorer: null };
  }
  const metricContext = buildMetricContext(pageContext, links);
  const context = { ...metricContext, rows: metricContext.rows.pullRequests };
  return {
    ...head,
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

function buildSystems({ systems, pageContext }: ReviewsMaterial, links: Links) {
  const query = { ...toQuery(pageContext.page, { sort: null }), system: null };
  return buildReviewSystems(systems, pageContext.page.sort, {
    own: pageContext.place.own,
    toOwn: (change) => buildOwnHref(pageContext, change),
    toRepository: (repository) => links.page('reviews', { repository, ...query }),
  });
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

/** The points of the page that is asked for. */
export function pickExplorerPage(points: MergedPoints, { order: asked, page }: ExplorerChoice): MergedPoint[] {
  const order = asked ?? usualOrder;
  const { start, end } = findPaged(points.count, { number: page, size: explorerRows }, () => '');
  const number = lookUp(numberOf, order.replace(/^-/u, ''));
  if (number !== undefined) {
    const isDescending = order.startsWith('-');
    return pickSorted(points.read(number), { isDescending, start, end }).map((place) => points.at(place));
  }
  const all = Array.from({ length: points.count }, (_, place) => points.at(place));
  return sortTable(all, mergedColumns, { order, toHref: () => '' }).rows.slice(start, end);
}

function buildExplorer({ pageContext, points, rows, report, explorer }: ReviewsMaterial, links: Links) {
  const context = buildRowContext(pageContext, links);
  const { heads } = sortTable([], mergedColumns, {
    order: explorer.order ?? usualOrder,
    toHref: (order) => buildOwnHref(pageContext, { rows: order, page: null }),
  });
  const { text, newer, older } = findPaged(points.count, { number: explorer.page, size: explorerRows }, (page) =>
    buildOwnHref(pageContext, { page }),
  );
  return {
    axes: scatterAxes.map(({ key, text }) => ({
      href: buildOwnHref(pageContext, { x: key === 'lines' ? null : key }),
      text,
      isCurrent: key === explorer.axis,
    })),
    scatter: buildScatter(points, {
      axis: explorer.axis,
      merged: report.merged,
      timezone: pageContext.timezone,
      toHref: context.toTimeLineHref,
    }),
    table: {
      caption: 'Single pull requests',
      heads,
      rows: rows.map((item) => buildRow(mergedColumns, item, context)),
    },
    pages: { text, newer, older },
    // Where not all rows could be sorted.
    limit:
      points.count < report.merged
        ? `Sorted are the newest ${formatCount(points.count)} of ${formatCount(report.merged)}; a shorter range holds all.`
        : null,
  };
}
