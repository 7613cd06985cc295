import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import type { OpenPullRequestItem, WorkInProgressReport } from '../../../reporting/answers/pull-requests';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import type { Links } from '../../routing/paths';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { buildPaged } from '../../presentation/format/paging';
import { sortTable } from '../../presentation/format/sorting';
import { openWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { formatBasis, buildHistoryLine } from '../../presentation/frame/state-view';
import { openColumns } from '../../presentation/rows/pull-request-columns';
import { buildRow } from '../../presentation/rows/row-cell';
import { isOfAge, buildAgeChart, formatAgeName } from './age-chart';
import { findLongestWait, buildLongestWait } from './longest-wait';

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
export function buildWorkInProgressView(material: WorkInProgressMaterial, links: Links) {
  const { pageContext, report, state } = material;
  const { completeness } = report;
  const title = 'Work in Progress';
  const head = {
    ...buildShell(pageContext, links, { title, words: openWords, state, report, hasNotes: false }),
    history: buildHistoryLine(completeness, '', pageContext),
    basis: formatBasis(report.timezone, completeness.verified_at),
    csvHref: buildOwnHref(pageContext, { format: 'csv' }),
  };
  if (head.empty !== null) {
    return { ...head, counts: [], longest: null, ages: null, table: null, pages: null, part: null };
  }
  return {
    ...head,
    counts: listParts.map((key) => buildCountView(key, material)),
    longest: buildLongest(material, links),
    ages: buildAgeChart(report, (index) => buildOwnHref(pageContext, { age: String(index), show: null, page: null })),
    ...buildList(material, links),
  };
}

function buildCountView(key: (typeof listParts)[number], { pageContext, report }: WorkInProgressMaterial) {
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

function buildLongest({ pageContext, report, timeLine }: WorkInProgressMaterial, links: Links) {
  const item = findLongestWait(report.items);
  return item && buildLongestWait(item, timeLine, buildRowContext(pageContext, links));
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
  const { heads, rows } = sortTable(pickItems(report, choice), openColumns, {
    order: pageContext.page.sort ?? '-age',
    toHref: (sort) => buildOwnHref(pageContext, { sort, page: null }),
  });
  const { items, ...pages } = buildPaged(rows, { number: choice.page }, (page) => buildOwnHref(pageContext, { page }));
  const table = {
    caption: 'Open pull requests',
    heads,
    rows: items.map((item) => buildRow(openColumns, item, context)),
  };
  return { table, pages, part: buildPart({ pageContext, report, choice }, rows.length) };
}

/** Which part of the list is shown, and the way back to all; `null`: all of it. */
function buildPart(
  { pageContext, report, choice }: Pick<WorkInProgressMaterial, 'pageContext' | 'report' | 'choice'>,
  shown: number,
) {
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
