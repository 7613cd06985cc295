import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import type { Links, PageName } from '../../routing/paths';
import { pickNotes, toNumbered } from '../../presentation/frame/notes-view';
import type { PageState } from '../../presentation/frame/look-beyond';
import type { PageContext } from '../../presentation/frame/page-context';
import { toShell, toStateLinks, type ShellView } from '../../presentation/frame/shell-view';
import type { AccelerateReport, Bucket } from '../../presentation/charts/accelerate-report';
import type { MetricView, RowsName } from '../../presentation/metrics/metric-view';
import { toMetricViews } from '../../presentation/metrics/metric-views';
import { toLevel, type LevelView } from '../../presentation/format/levels';
import { toAddress, type LinkView } from '../../presentation/format/links';
import { toCounted } from '../../presentation/format/numbers';
import { toBucketQuery, toQuery, type PageQuery } from '../../presentation/filter/page-filter';
import { toEmpty, type EmptyView } from '../../presentation/frame/empty-view';
import {
  toBasis,
  toHistoryLine,
  toMessages,
  type HistoryView,
  type MessageView,
} from '../../presentation/frame/state-view';
import { toSystemsTable, type SystemReport, type SystemsTableView } from './systems-table';
import { deploymentWords } from '../../presentation/format/thing-words';
import { toUndated, type UndatedView } from '../../presentation/frame/undated-view';

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
export function toOverviewView(material: OverviewMaterial, links: Links): OverviewView {
  const { pageContext, report, state } = material;
  const { repository, now } = pageContext;
  const { completeness } = report;
  const stateLinks = toStateLinks(pageContext, links, report.workspace.slug);
  const empty = toEmpty(state, { pageContext, links: stateLinks, words: deploymentWords, completeness });
  const head = {
    ...toShell(pageContext, links),
    title: repository === null ? 'Delivery performance' : `Delivery performance of ${repository.name}`,
    history: toHistoryLine(completeness, toGaps(completeness.incomplete_deployments), now),
    undated: toUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    empty,
    overall: toLevel(report.level.overall, report.level.table),
    basis: toBasis(report.range.timezone, completeness.verified_at),
  };
  if (empty !== null) {
    return { ...head, messages: [], metrics: [], systems: null, drill: [], csv: null };
  }
  const context = toMetricContext(pageContext, links);
  return {
    ...head,
    messages: toMessages({ found: state.found, importing: pageContext.importing }, completeness, {
      links: stateLinks,
      from: pageContext.page.filter.from,
      now,
    }),
    metrics: toMetricViews(report, material.before, context),
    systems: repository === null ? toSystems(material, links) : null,
    drill: [context.rows.deployments, context.rows.incidents],
    csv: toCsvLinks(pageContext),
  };
}

function toGaps(incomplete: number): string {
  return incomplete === 0 ? '' : `${toCounted(incomplete, 'deployment')} without known commits.`;
}

const lists: Readonly<Record<RowsName, { page: PageName; outcome: string | null; text: string }>> = {
  deployments: { page: 'deployments', outcome: null, text: 'All deployments' },
  failedDeployments: { page: 'deployments', outcome: 'failed', text: 'Failed deployments' },
  fixes: { page: 'deployments', outcome: 'fix', text: 'Fixes' },
  incidents: { page: 'incidents', outcome: null, text: 'All incidents' },
  pullRequests: { page: 'pullRequests', outcome: null, text: 'All merged pull requests' },
};

/** Where the rows behind the numbers of a page are, and what all its charts share. */
export function toMetricContext({ page, repository, today, notes }: PageContext, links: Links) {
  const own = { repository: repository?.uuid ?? null };
  const toHref = (rows: RowsName, query: PageQuery) =>
    toAddress(links.page(lists[rows].page), { ...own, ...query, outcome: lists[rows].outcome });
  const toLink = (rows: RowsName) => ({ href: toHref(rows, toQuery(page, { sort: null })), text: lists[rows].text });
  return {
    today,
    notes: toNumbered(pickNotes(notes, page.filter)),
    rows: {
      deployments: toLink('deployments'),
      failedDeployments: toLink('failedDeployments'),
      fixes: toLink('fixes'),
      incidents: toLink('incidents'),
      pullRequests: toLink('pullRequests'),
    },
    toBucketHref: (rows: RowsName, bucket: Bucket) => toHref(rows, toBucketQuery(page, bucket)),
  };
}

function toCsvLinks({ page, place }: PageContext) {
  const query = { ...place.own, ...toQuery(page), format: 'csv' };
  return { metrics: toAddress(place.path, query), systems: toAddress(place.path, { ...query, table: 'systems' }) };
}

function toSystems({ perSystem, pageContext }: OverviewMaterial, links: Links): SystemsTableView {
  const paths = { page: links.page('workspace'), repository: links.page('repository') };
  return toSystemsTable(perSystem, pageContext.page, paths);
}
