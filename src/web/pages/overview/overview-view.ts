import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { LinkQuery, Links, PageName } from '../../routing/paths';
import type { Bucket } from '../../presentation/charts/buckets';
import { buildBucketQuery, toQuery } from '../../presentation/filter/page-filter';
import { formatCounted } from '../../presentation/format/numbers';
import { deploymentWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { pickNotes, buildNumbered } from '../../presentation/frame/notes-view';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { formatBasis, buildHistoryLine } from '../../presentation/frame/state-view';
import { buildUndated } from '../../presentation/frame/undated-view';
import type { RowsName } from '../../presentation/metrics/metric-view';
import { buildMetricViews, buildOverallLevel } from '../../presentation/metrics/metric-views';
import { buildMedianFigure } from '../../presentation/metrics/comparison';
import { buildWhatChangedView } from '../../presentation/what-changed/what-changed-view';
import { buildSystemsTable, type SystemReport } from './systems-table';

/** All that the overview of a workspace, or of one repository, is made of. */
export interface OverviewMaterial {
  readonly pageContext: PageContext;
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
  readonly change: WhatChangedReport;
  readonly perSystem: readonly SystemReport[];
  readonly state: PageState;
  /** The first of the merges without a date. */
  readonly undated: readonly UndatedMergeItem[];
}

/** Words, links and drawings of the overview; pure. */
export function buildOverviewView(material: OverviewMaterial, links: Links) {
  const { pageContext, report, state } = material;
  const { repository } = pageContext;
  const { completeness } = report;
  const head = {
    ...buildShell(pageContext, links, { title: 'Delivery performance', words: deploymentWords, state, report }),
    history: buildHistoryLine(completeness, formatGaps(completeness.incomplete_deployments), pageContext),
    undated: buildUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    overall: buildOverallLevel(report),
    basis: formatBasis(report.range.timezone, completeness.verified_at),
  };
  if (head.empty !== null) {
    return { ...head, change: null, metrics: [], systems: null, drill: [], csv: null };
  }
  const context = buildMetricContext(pageContext, links);
  const toCsvHref = (table: string | null) => buildOwnHref(pageContext, { format: 'csv', table });
  return {
    ...head,
    change: buildChange(material, links),
    metrics: buildMetricViews(report, material.before, context),
    systems: repository === null ? buildSystemsTable(material.perSystem, pageContext, links) : null,
    drill: [context.rows.deployments, context.rows.incidents],
    csv: { metrics: toCsvHref(null), systems: toCsvHref('systems') },
  };
}

/** What changed beside what the median of the page, which the tile shows, did. */
function buildChange({ change, report, before, pageContext }: OverviewMaterial, links: Links) {
  const medians = {
    now: buildMedianFigure(report.lead_time_for_changes),
    before: buildMedianFigure(before?.lead_time_for_changes),
  };
  const query = { ...toQuery(pageContext.page, { sort: null }), system: null };
  const toHref = (uuid: string) => links.page('repository', { repository: uuid, ...query });
  return buildWhatChangedView({ report: change, pageContext, medians, toHref });
}

function formatGaps(incomplete: number): string {
  return incomplete === 0 ? '' : `${formatCounted(incomplete, 'deployment')} without known commits.`;
}

const lists: Readonly<Record<RowsName, { page: PageName; outcome: string | null; text: string }>> = {
  deployments: { page: 'deployments', outcome: null, text: 'All deployments' },
  failedDeployments: { page: 'deployments', outcome: 'failed', text: 'Failed deployments' },
  fixes: { page: 'deployments', outcome: 'fix', text: 'Fixes' },
  incidents: { page: 'incidents', outcome: null, text: 'All incidents' },
  pullRequests: { page: 'pullRequests', outcome: null, text: 'All merged pull requests' },
};

/** Where the rows behind the numbers of a page are, and what all its charts share. */
export function buildMetricContext(pageContext: PageContext, links: Links) {
  const { page, filter, place, repository, today, notes } = pageContext;
  const own = { repository: repository?.uuid ?? null };
  const toHref = (rows: RowsName, query: LinkQuery) =>
    links.page(lists[rows].page, { ...own, ...query, outcome: lists[rows].outcome });
  const toLink = (rows: RowsName) => ({ href: toHref(rows, toQuery(page, { sort: null })), text: lists[rows].text });
  return {
    today,
    notes: buildNumbered(pickNotes(notes, page.filter)),
    tablesHref: place.own['tables'] === '1' ? null : buildOwnHref(pageContext, { tables: '1' }),
    rows: {
      deployments: toLink('deployments'),
      failedDeployments: toLink('failedDeployments'),
      fixes: toLink('fixes'),
      incidents: toLink('incidents'),
      pullRequests: toLink('pullRequests'),
    },
    toBucketHref: (rows: RowsName, bucket: Bucket) =>
      filter.interval === 'day' && rows !== 'pullRequests'
        ? links.page('day', { ...own, ...toQuery(page, { sort: null }), day: bucket.start })
        : toHref(rows, buildBucketQuery(page, bucket)),
  };
}
