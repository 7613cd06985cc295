import { deliveryMetricKeys, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import { toQuery } from '../../presentation/filter/page-filter';
import type { SystemReport, TeamReport } from '../../../reporting/delivery/compute-accelerate';
import type { Links } from '../../routing/paths';
import { deploymentWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { formatBasis } from '../../presentation/frame/state-view';
import { buildUndated } from '../../presentation/frame/undated-view';
import { buildMedianFigure } from '../../presentation/metrics/comparison';
import { buildWhatChangedView } from '../../presentation/what-changed/what-changed-view';
import { buildDeliveryChart } from '../../presentation/metrics/delivery-chart';
import { deliveryWords } from '../../presentation/metrics/delivery-words';
import { buildKeyMetrics, isReworkTheSame } from '../../presentation/metrics/key-metrics';
import { buildSystemsTable, buildTeamsTable, type PerGroup } from './group-table';
import { buildOverallLevel } from '../../presentation/metrics/metric-levels';
import { buildMetricContext } from './metric-context';
import { buildTimeToMerge, type MergeFigures } from './time-to-merge';
import { overviewWords } from './words';

export { buildMetricContext };

/** All that the overview of a workspace, or of one repository, is made of. */
export interface OverviewMaterial {
  readonly pageContext: PageContext;
  readonly report: AccelerateReport;
  /** The same with a series of few enough parts for a small line. */
  readonly lines: AccelerateReport;
  /** Of the period that the page compares with, without series. */
  readonly before: AccelerateReport | null;
  readonly change: WhatChangedReport;
  /** From opening to merging, now with a series; before without. */
  readonly merge: { readonly now: MergeFigures; readonly before: MergeFigures };
  /** Of the whole workspace alone. */
  readonly perSystem: PerGroup<SystemReport>;
  readonly perTeam: PerGroup<TeamReport>;
  readonly state: PageState;
  /** The first of the merges without a date. */
  readonly undated: readonly UndatedMergeItem[];
}

/** Words, links and drawings of the overview; pure. */
export function buildOverviewView(material: OverviewMaterial, links: Links) {
  const { pageContext, report, state } = material;
  const { completeness } = report;
  const { title } = overviewWords;
  const head = {
    ...buildShell(pageContext, links, { title, words: deploymentWords, state, report }),
    undated: buildUndated({ count: completeness.undated_merges, items: material.undated }, pageContext, links),
    overall: buildOverallLevel(report),
    basis: formatBasis(report.range.timezone, completeness.verified_at),
    words: { keyMetrics: overviewWords.keyMetrics, overTime: overviewWords.overTime },
  };
  if (head.empty !== null) {
    const nothing = { change: null, metrics: [], charts: [], further: null, systems: null, teams: null };
    return { ...head, ...nothing, drill: [], csv: null };
  }
  return { ...head, ...buildNumbers(material, links) };
}

function buildNumbers(material: OverviewMaterial, links: Links) {
  const { pageContext, report, before } = material;
  const { repository } = pageContext;
  const context = buildMetricContext(pageContext, links);
  const toCsvHref = (table: string | null) => buildOwnHref(pageContext, { format: 'csv', table });
  const whole = { report, before };
  return {
    change: buildChange(material, links),
    metrics: buildRow(material, context),
    ...buildCharts(whole, context),
    systems: repository === null ? buildSystemsTable(material.perSystem, whole, { pageContext, links }) : null,
    teams: repository === null ? buildTeamsTable(material.perTeam, whole, { pageContext }) : null,
    drill: [context.rows.deployments, context.rows.incidents],
    csv: { metrics: toCsvHref(null), systems: toCsvHref('systems'), teams: toCsvHref('teams') },
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

type Context = ReturnType<typeof buildMetricContext>;

/** Four metrics of delivery, and the way to what holds changes up. */
function buildRow({ report, before, lines, merge }: OverviewMaterial, context: Context) {
  const { rows, reviews } = context;
  const { interval } = lines.range;
  const toMerge = buildTimeToMerge({ ...merge, periodBefore: before }, { rows: rows.pullRequests, reviews, interval });
  return [...buildKeyMetrics({ report, before }, { rows, lines }), toMerge].map((metric) => ({
    ...metric,
    explain: overviewWords.explain(metric.name),
  }));
}

const firstCharts: readonly DeliveryMetricKey[] = ['lead_time_for_changes', 'deployment_frequency'];

/** Two that answer at first sight; the others one step away. The rework rate only where it is a number of its own. */
function buildCharts(whole: Pick<OverviewMaterial, 'report' | 'before'>, context: Context) {
  const { report } = whole;
  const isShown = (key: DeliveryMetricKey) => key !== 'rework_rate' || !isReworkTheSame(report);
  const others = deliveryMetricKeys.filter((key) => !firstCharts.includes(key) && isShown(key));
  const build = (key: DeliveryMetricKey) => ({
    key: key.replaceAll('_', '-'),
    name: overviewWords.chart(deliveryWords[key].short, report.range.interval),
    chart: buildDeliveryChart(key, whole, context),
  });
  const names = others.map((key) => deliveryWords[key].short);
  return {
    charts: firstCharts.map(build),
    further: {
      text: overviewWords.furtherCharts(names),
      charts: others.map(build).map((one) => ({ ...one, chart: leaveOutTable(one.chart, context.tablesHref) })),
    },
  };
}

type Chart = ReturnType<typeof buildDeliveryChart>;

/** What few look at weighs little: without scripts these tables stand on the page with all tables. */
function leaveOutTable(chart: Chart, href: string | null): Chart {
  return href === null ? chart : { ...chart, table: null, tables: { href, text: overviewWords.allTables } };
}
