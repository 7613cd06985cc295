import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import type { Links } from '../../routing/paths';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import type { OpenPullRequestItem, WorkInProgressReport } from '../../../reporting/answers/pull-requests';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell, buildStateLinks, type ShellView } from '../../presentation/frame/shell-view';
import { buildEmpty, type EmptyView } from '../../presentation/frame/empty-view';
import {
  formatBasis,
  buildHistoryLine,
  buildMessages,
  type HistoryView,
  type MessageView,
} from '../../presentation/frame/state-view';
import { openWords } from '../../presentation/format/thing-words';
import { openColumns, buildColumnRow } from '../../presentation/rows/pull-requests-view';
import type { RowTableView } from '../../presentation/rows/row-cell';
import type { LinkView } from '../../presentation/format/links';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { buildPaged, type Paged } from '../../presentation/format/paging';
import { compareValues, readOrder, buildSortHead } from '../../presentation/format/sorting';
import { isOfAge, buildAgeChart, formatAgeName, type AgeChartView } from './age-chart';
import { findLongestWait, buildLongestWait, type LongestWaitView } from './longest-wait';

export interface WorkInProgressView extends ShellView {
  readonly title: string;
  readonly history: HistoryView;
  readonly messages: readonly MessageView[];
  readonly empty: EmptyView | null;
  readonly basis: string;
  readonly counts: readonly CountView[];
  readonly longest: LongestWaitView | null;
  readonly ages: AgeChartView | null;
  readonly table: RowTableView | null;
  readonly pages: Omit<Paged<unknown>, 'items'> | null;
  /** Which part of the list is shown, and the way back to all; `null`: all of it. */
  readonly part: { readonly text: string; readonly all: LinkView } | null;
  readonly csvHref: string;
}

export interface CountView {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly explanation: string;
  readonly rows: LinkView;
}

export interface WorkInProgressMaterial {
  readonly pageContext: PageContext;
  readonly report: WorkInProgressReport;
  /** Of the one that waits longest. */
  readonly timeLine: PullRequestTimeLine | null;
  readonly state: PageState;
  readonly choice: ListChoice;
}

/** Which rows the reader asked for. */
export interface ListChoice {
  readonly show: (typeof listParts)[number] | null;
  /** Position in the ages of the report. */
  readonly age: number | null;
  /** From 1. */
  readonly page: number;
}

export const listParts = [...workInProgressPhases, 'drafts'] as const;
export const workInProgressKeys: readonly string[] = openColumns.map(({ key }) => key);

const counted = {
  open: ['Open', 'Open pull requests that nobody but the author or a bot has reviewed.'],
  reviewed: [
    'Reviewed',
    'Open pull requests with at least one review (an approval, a changes request or a comment on the code by a person other than the author) and no approval in force.',
  ],
  approved: ['Approved', 'Open pull requests with an approval in force.'],
  drafts: ['Drafts', 'Open pull requests marked as a draft; each of them is also in one of the three phases.'],
} as const;

/** All pull requests open now. */
export function buildWorkInProgressView(material: WorkInProgressMaterial, links: Links): WorkInProgressView {
  const { pageContext, report } = material;
  const { repository, now } = pageContext;
  const stateLinks = buildStateLinks(pageContext, links, report.workspace.slug);
  const { completeness } = report;
  const empty = buildEmpty(material.state, { pageContext, links: stateLinks, words: openWords, completeness });
  const head = {
    ...buildShell(pageContext, links, { hasRange: false, hasNotes: false }),
    title: repository === null ? 'Work in Progress' : `Work in Progress of ${repository.name}`,
    history: buildHistoryLine(completeness, '', now),
    empty,
    basis: formatBasis(report.timezone, completeness.verified_at),
    csvHref: buildOwnHref(pageContext, { format: 'csv' }),
  };
  if (empty !== null) {
    return { ...head, messages: [], counts: [], longest: null, ages: null, table: null, pages: null, part: null };
  }
  const state = { importing: pageContext.importing, found: report.items.length };
  return {
    ...head,
    messages: buildMessages(state, completeness, { links: stateLinks, from: pageContext.today, now }),
    counts: listParts.map((key) => buildCountView(key, material)),
    longest: buildLongest(material, links),
    ages: buildAgeChart(report, (index) => buildOwnHref(pageContext, { age: String(index), show: null, page: null })),
    ...buildList(material, links),
  };
}

function buildCountView(key: (typeof listParts)[number], { pageContext, report }: WorkInProgressMaterial): CountView {
  const [name, explanation] = counted[key];
  return {
    key,
    name,
    value: formatCount(report[key]),
    explanation,
    rows: {
      href: buildOwnHref(pageContext, { show: key, age: null, page: null }),
      text: `Show the ${formatCounted(report[key], 'pull request')}`,
    },
  };
}

function buildLongest({ pageContext, report, timeLine }: WorkInProgressMaterial, links: Links): LongestWaitView | null {
  const item = findLongestWait(report.items);
  if (item === null) {
    return null;
  }
  const href = buildRowContext(pageContext, links).toTimeLineHref(item.system.uuid, item.id);
  return buildLongestWait(item, timeLine, { now: pageContext.now, timezone: pageContext.timezone, href });
}

/** The rows a choice leaves: of one phase, of drafts, of one age. */
export function pickItems({ items, ages }: WorkInProgressReport, { show, age }: ListChoice): OpenPullRequestItem[] {
  return items.filter(
    (item) =>
      (show === null || (show === 'drafts' ? item.draft : item.phase === show)) &&
      (age === null || isOfAge(item.time_in_progress, ages, age)),
  );
}

function buildList({ pageContext, report, choice }: WorkInProgressMaterial, links: Links) {
  const context = buildRowContext(pageContext, links);
  const order = readOrder(pageContext.page.sort, '-age');
  const column = openColumns.find(({ key }) => key === order.key);
  const sorted = pickItems(report, choice).toSorted((a, b) =>
    compareValues(column?.toValue(a) ?? null, column?.toValue(b) ?? null, order.isDescending),
  );
  const { items, ...pages } = buildPaged(sorted, { number: choice.page }, (page) =>
    buildOwnHref(pageContext, { page }),
  );
  const table: RowTableView = {
    caption: 'Open pull requests',
    heads: openColumns.map((one) =>
      buildSortHead(one, order, (sort) => buildOwnHref(pageContext, { sort, page: null })),
    ),
    rows: items.map((item) => buildColumnRow(openColumns, item, context)),
  };
  return { table, pages, part: buildPart({ pageContext, report, choice }, sorted.length) };
}

function buildPart(
  { pageContext, report, choice }: Pick<WorkInProgressMaterial, 'pageContext' | 'report' | 'choice'>,
  shown: number,
): WorkInProgressView['part'] {
  const { show, age } = choice;
  if (show === null && age === null) {
    return null;
  }
  const which = [
    ...(show === null ? [] : [counted[show][0].toLowerCase()]),
    ...(age === null ? [] : [`${formatAgeName(report.ages, age)} old`]),
  ].join(', ');
  return {
    text: `Only ${which}: ${formatCount(shown)} of ${formatCounted(report.items.length, 'open pull request')}.`,
    all: { href: buildOwnHref(pageContext, { show: null, age: null, page: null }), text: 'Show all' },
  };
}
