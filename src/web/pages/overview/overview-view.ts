import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { Links, PageName } from '../../routing/paths';
import { pickNotes, buildNumbered } from '../../presentation/frame/notes-view';
import type { PageState } from '../../presentation/frame/look-beyond';
import type { PageContext } from '../../presentation/frame/page-context';
import { buildShell, buildStateLinks, type ShellView } from '../../presentation/frame/shell-view';
import type { AccelerateReport, Bucket } from '../../presentation/charts/accelerate-report';
import type { MetricView, RowsName } from '../../presentation/metrics/metric-view';
import { buildMetricViews } from '../../presentation/metrics/metric-views';
import { buildLevel, type LevelView } from '../../presentation/format/levels';
import { toAddress, type LinkView } from '../../presentation/format/links';
import { formatCounted } from '../../presentation/format/numbers';
import { buildBucketQuery, toQuery, type PageQuery } from '../../presentation/filter/page-filter';
import { buildEmpty, type EmptyView } from '../../presentation/frame/empty-view';
import {
  formatBasis,
  buildHistoryLine,
  buildMessages,
  type HistoryView,
  type MessageView,
} from '../../presentation/frame/state-view';
import { buildSystemsTable, type SystemReport, type SystemsTableView } from './systems-table';
import { deploymentWords } from '../../presentation/format/thing-words';
import { buildUndated, type UndatedView } from '../../presentation/frame/undated-view';

export interface OverviewView extends ShellView {
  readonly title: string;
  readonly history: HistoryView;
  readonly undated: UndatedView | null;
  readonly messages: readonly MessageView[];
  readonly empty: EmptyView | null;
  readonly overall: LevelView | null;
  readonly metrics: readonly MetricView[];
  /** How zone and time of the numbers read in every explanation. */
  readonly basis: string;
  readonly systems: SystemsTableView | null;
  readonly drill: readonly LinkView[];
  readonly csv: { readonly metrics: string; readonly systems: string } | null;
}

/** All that the overview of a workspace, or of one repository, is made of. */
export interface OverviewMaterial {
  readonly pageContext: PageContext;
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
  readonly perSystem: readonly SystemReport[];
  readonly state: PageState;
  /** The first of the merges without a date. */
  readonly undated: readonly UndatedMergeItem[];
}

/** Words, links and drawings of the overview; pure. */
export function buildOverviewView(material: OverviewMaterial, links: Links): OverviewView {
  const { pageContext, report, state } = material;
  const { repository, now } = pageContext;
  const { completeness } = report;
  const stateLinks = buildStateLinks(pageContext, links, report.workspace.slug);
  const empty = buildEmpty(state, { pageContext, links: stateLinks, words: deploymentWords, completeness });
  const head = {
    ...buildShell(pageContext, links),
    title: repository === null ? 'Delivery performance' : `Delivery performance of ${repository.name}`,
    history: buildHistoryLine(completeness, formatGaps(completeness.incomplete_deployments), now),
    undated: buildUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    empty,
    overall: buildLevel(report.level.overall, report.level.table),
    basis: formatBasis(report.range.timezone, completeness.verified_at),
  };
  if (empty !== null) {
    return { ...head, messages: [], metrics: [], systems: null, drill: [], csv: null };
  }
  const context = buildMetricContext(pageContext, links);
  return {
    ...head,
    messages: buildMessages({ found: state.found, importing: pageContext.importing }, completeness, {
      links: stateLinks,
      from: pageContext.page.filter.from,
      now,
    }),
    metrics: buildMetricViews(report, material.before, context),
    systems: repository === null ? buildSystems(material, links) : null,
    drill: [context.rows.deployments, context.rows.incidents],
    csv: buildCsvLinks(pageContext),
  };
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
export function buildMetricContext({ page, repository, today, notes }: PageContext, links: Links) {
  const own = { repository: repository?.uuid ?? null };
  const toHref = (rows: RowsName, query: PageQuery) =>
    toAddress(links.page(lists[rows].page), { ...own, ...query, outcome: lists[rows].outcome });
  const toLink = (rows: RowsName) => ({ href: toHref(rows, toQuery(page, { sort: null })), text: lists[rows].text });
  return {
    today,
    notes: buildNumbered(pickNotes(notes, page.filter)),
    rows: {
      deployments: toLink('deployments'),
      failedDeployments: toLink('failedDeployments'),
      fixes: toLink('fixes'),
      incidents: toLink('incidents'),
      pullRequests: toLink('pullRequests'),
    },
    toBucketHref: (rows: RowsName, bucket: Bucket) => toHref(rows, buildBucketQuery(page, bucket)),
  };
}

function buildCsvLinks({ page, place }: PageContext) {
  const query = { ...place.own, ...toQuery(page), format: 'csv' };
  return { metrics: toAddress(place.path, query), systems: toAddress(place.path, { ...query, table: 'systems' }) };
}

function buildSystems({ perSystem, pageContext }: OverviewMaterial, links: Links): SystemsTableView {
  const paths = { page: links.page('workspace'), repository: links.page('repository') };
  return buildSystemsTable(perSystem, pageContext.page, paths);
}
