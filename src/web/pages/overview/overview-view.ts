import type { Links } from '../../paths';
import type { AccelerateReport } from '../metrics/accelerate-report';
import type { MetricView } from '../metrics/metric-view';
import { toMetricViews } from '../metrics/metric-views';
import { toDateTime, toLocalDate, type TimeView } from '../words/dates';
import { toLevel, type LevelView } from '../words/levels';
import { toAddress, type LinkView } from '../words/links';
import { toFilterView, type FilterView } from './filter-view';
import { toQuery, type PageFilter } from './overview-query';
import { toEmpty, toHistoryLine, toMessages, type EmptyView, type MessageView, type OverviewState } from './state-view';
import { toSystemsTable, type SystemReport, type SystemsTableView } from './systems-table';

export interface OverviewView {
  readonly title: string;
  readonly history: { readonly text: string; readonly verified: TimeView | null };
  readonly filter: FilterView;
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
  readonly page: PageFilter;
  /** `null`: the whole workspace. */
  readonly repository: { readonly uuid: string; readonly name: string } | null;
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
  readonly perSystem: readonly SystemReport[];
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  readonly teams: readonly { readonly slug: string; readonly name: string; readonly deleted: boolean }[];
  readonly state: OverviewState;
  readonly now: number;
  readonly bitbucketUrl: string;
}

/** Words, links and drawings of the overview; pure. */
export function toOverviewView(material: OverviewMaterial, links: Links): OverviewView {
  const { page, report, repository, now } = material;
  const place = toPlace(material, links);
  const filter = toFilterView(page, place, material);
  const stateLinks = toStateLinks(material, place, filter.clearHref);
  const empty = toEmpty(material.state, stateLinks, filter.rangeText);
  const head = {
    title: repository === null ? 'Delivery performance' : `Delivery performance of ${repository.name}`,
    history: toHistoryLine(report.completeness, now),
    filter,
    empty,
    overall: toLevel(report.level.overall, report.level.table),
    basis: toBasis(material),
  };
  if (empty !== null) {
    return { ...head, messages: [], metrics: [], systems: null, drill: [], csv: null };
  }
  const rows = toRowLinks(material, links);
  const today = toLocalDate(now, report.range.timezone);
  return {
    ...head,
    messages: toMessages(material.state, report.completeness, { links: stateLinks, from: page.filter.from, now }),
    metrics: toMetricViews(report, material.before, { today, rows }),
    systems: repository === null ? toSystems(material, links) : null,
    drill: [rows.deployments, rows.incidents],
    csv: toCsvLinks(page, place),
  };
}

interface Place {
  readonly path: string;
  readonly own: { readonly repository: string | null };
}

function toPlace({ repository }: OverviewMaterial, links: Links): Place {
  return repository === null
    ? { path: links.page('workspace'), own: { repository: null } }
    : { path: links.page('repository'), own: { repository: repository.uuid } };
}

function toRowLinks({ page, repository }: OverviewMaterial, links: Links) {
  const query = { ...toQuery(page), sort: null, repository: repository?.uuid ?? null };
  return {
    deployments: { href: links.page('deployments', query), text: 'All deployments' },
    incidents: { href: links.page('incidents', query), text: 'All incidents' },
  };
}

function toCsvLinks(page: PageFilter, { path, own }: Place) {
  const query = { ...own, ...toQuery(page), format: 'csv' };
  return { metrics: toAddress(path, query), systems: toAddress(path, { ...query, table: 'systems' }) };
}

function toSystems(material: OverviewMaterial, links: Links): SystemsTableView {
  return toSystemsTable(material.perSystem, material.page, {
    page: links.page('workspace'),
    repository: links.page('repository'),
  });
}

function toStateLinks(material: OverviewMaterial, { path, own }: Place, clearHref: string) {
  const slug = encodeURIComponent(material.report.workspace.slug);
  return {
    settings: {
      href: `${material.bitbucketUrl}/${slug}/workspace/settings`,
      text: 'Open the settings',
      isOutside: true,
    },
    clearFilters: { href: clearHref, text: 'Show everything' },
    longerRange: {
      href: toAddress(path, { ...own, ...toQuery(material.page, { range: '365' }) }),
      text: 'Show a whole year',
    },
  };
}

function toBasis(material: OverviewMaterial): string {
  const { range, completeness } = material.report;
  const zone = `Days are those of ${range.timezone}.`;
  const verifiedAt = completeness.verified_at;
  return verifiedAt === null
    ? `${zone} Not compared with Bitbucket yet.`
    : `${zone} Last compared with Bitbucket on ${toDateTime(Date.parse(verifiedAt), range.timezone)}.`;
}
