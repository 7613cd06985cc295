import { waitGroups } from '../../../domain/reviews/wait-group';
import type { WorkInProgressReport } from '../../../reporting/answers/pull-requests';
import type { OpenWait, OpenWaits } from '../../../reporting/reviews/open-waits';
import { buildPaged } from '../../presentation/format/paging';
import { isOrder, sortTable } from '../../presentation/format/sorting';
import { openWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { formatBasis } from '../../presentation/frame/state-view';
import { buildActionsColumn, findLostLine, type RowEditing } from '../../presentation/rows/row-actions';
import { openColumns } from '../../presentation/rows/pull-request-columns';
import { buildRow } from '../../presentation/rows/row-cell';
import type { Links } from '../../routing/paths';
import { buildAsides } from './asides-view';
import { buildOpenNow, countGroups } from './open-now-view';
import { pickOwn, pickPart, type ListChoice, type ListPart } from './pick-waits';
import { buildReviewLoad } from './review-load-view';
import { buildWaitEdits } from './wait-edits';
import { buildWaitRow, findLongest, usualOrder, waitColumns } from './wait-rows';
import { whoseKinds, words } from './words';

export interface WorkInProgressMaterial {
  readonly pageContext: PageContext;
  readonly report: Pick<WorkInProgressReport, 'workspace' | 'timezone' | 'completeness'>;
  readonly found: OpenWaits;
  /** The uuid of whoever looks; `null`: nobody tells. */
  readonly viewer: string | null;
  readonly state: PageState;
  readonly choice: ListChoice;
  /** `null`: whoever looks may put nothing right. */
  readonly editing: RowEditing | null;
}

const waitKeys = waitColumns.map(({ key }) => key);
export const workInProgressKeys: readonly string[] = [...openColumns.map(({ key }) => key), ...waitKeys];
const rowsOfPage = 25;

/** All pull requests open now: how many, what they wait for and whom, and who has how much to review. */
export function buildWorkInProgressView(material: WorkInProgressMaterial, links: Links) {
  const { pageContext, report, state, found, choice, viewer, editing } = material;
  const { completeness } = report;
  const { title } = words;
  const head = {
    ...buildShell(pageContext, links, { title, words: openWords, state, report, hasNotes: false }),
    csvHref: buildOwnHref(pageContext, { format: 'csv' }),
  };
  if (head.empty !== null) return { ...head, content: null, ...buildEditing(editing, []) };
  const waits = pickOwn(found.waits, choice.whose, viewer);
  const basis = formatBasis(report.timezone, completeness.verified_at);
  const rows = choice.isTable ? buildTable(waits, material, links) : buildList(waits, material, links);
  return {
    ...head,
    ...buildEditing(editing, listShown(rows)),
    content: {
      whose: viewer === null ? null : buildWhose(material),
      now: buildOpenNow(waits, { whose: choice.whose, basis }),
      load: buildReviewLoad(found.load),
      ...rows,
    },
  };
}

/** What came of a button stands where its row is, or above all rows where that is gone. */
function buildEditing(editing: RowEditing | null, shown: readonly string[]) {
  return { editing, lost: editing && findLostLine(editing, shown) };
}

/** Of the pull requests that have a row on the page. */
function listShown({ list, table, asides }: ReturnType<typeof buildList> | ReturnType<typeof buildTable>): string[] {
  const rows = [...(list?.rows ?? []), ...(table?.rows.entries ?? []), ...asides.flatMap((aside) => aside.rows)];
  return rows.map(({ id }) => id);
}

function buildWhose({ pageContext, choice }: WorkInProgressMaterial) {
  const ways = whoseKinds.map((kind) => ({
    href: buildOwnHref(pageContext, { whose: kind === 'everybody' ? null : kind, show: null, page: null }),
    text: words.whoseKinds[kind],
    isCurrent: choice.whose === kind,
  }));
  return { name: words.whose, ways };
}

/** Those that stand among the others, each with its wait; the others folded beneath. */
function buildList(waits: readonly OpenWait[], { pageContext, choice, editing }: WorkInProgressMaterial, links: Links) {
  const context = buildRowContext(pageContext, links);
  const { sort } = pageContext.page;
  const isOfPart = choice.show !== null && !waitGroups.some((group) => group === choice.show);
  const among = waits.filter(({ aside }) => aside === null || isOfPart);
  const shown = pickPart(among, choice.show);
  const { heads, rows } = sortTable(shown, waitColumns, {
    order: sort !== null && isOrder(sort, waitKeys) ? sort : usualOrder,
    toHref: (order) => buildOwnHref(pageContext, { sort: order, page: null }),
  });
  const place = { number: choice.page, size: rowsOfPage };
  const { items, ...pages } = buildPaged(rows, place, (page) => buildOwnHref(pageContext, { page }));
  const toRows = (some: readonly OpenWait[]) => {
    const longest = findLongest(some);
    return some.map((wait) => buildWaitRow(wait, { ...context, longest, editing }));
  };
  return {
    list: {
      ...words.list,
      heads,
      rows: toRows(items),
      ...buildActionsColumn(editing, waitColumns.length),
      parts: { name: words.list.parts, ways: buildParts(waits, { pageContext, choice }) },
      other: buildOther(pageContext, choice),
      part: isOfPart ? buildPart(choice.show, { pageContext, shown: shown.length, all: waits.length }) : null,
    },
    table: null,
    pages,
    asides: isOfPart ? [] : buildAsides(waits, toRows),
  };
}

function buildParts(
  waits: readonly OpenWait[],
  { pageContext, choice }: Pick<WorkInProgressMaterial, 'pageContext' | 'choice'>,
) {
  const groups = countGroups(waits);
  const all = groups.review + groups.merge + groups.author;
  const toHref = (show: string | null) => buildOwnHref(pageContext, { show, page: null });
  return [
    { href: toHref(null), text: words.list.all(all), isCurrent: choice.show === null },
    ...waitGroups.map((group) => ({
      href: toHref(group),
      text: words.list.groups[group](groups[group]),
      isCurrent: choice.show === group,
    })),
  ];
}

/** All of them with all columns. */
function buildTable(
  waits: readonly OpenWait[],
  { pageContext, choice, editing }: WorkInProgressMaterial,
  links: Links,
) {
  const context = buildRowContext(pageContext, links);
  const { sort } = pageContext.page;
  const shown = pickPart(waits, choice.show);
  const keys = openColumns.map(({ key }) => key);
  const columns = openColumns.map((column) => ({ ...column, toValue: ({ item }: OpenWait) => column.toValue(item) }));
  const sorted = sortTable(shown, columns, {
    order: sort !== null && isOrder(sort, keys) ? sort : '-age',
    toHref: (order) => buildOwnHref(pageContext, { sort: order, page: null }),
  });
  const { items, ...pages } = buildPaged(sorted.rows, { number: choice.page }, (page) =>
    buildOwnHref(pageContext, { page }),
  );
  return {
    list: null,
    table: {
      heading: words.allColumns,
      other: buildOther(pageContext, choice),
      part: buildPart(choice.show, { pageContext, shown: shown.length, all: waits.length }),
      rows: {
        caption: words.allColumns,
        heads: sorted.heads,
        ...buildActionsColumn(editing, openColumns.length),
        entries: items.map((wait) => ({
          cells: buildRow(openColumns, wait.item, context),
          isLeftOut: false,
          ...buildWaitEdits(wait, editing),
        })),
      },
    },
    pages,
    asides: [],
  };
}

/** The same rows in the other form. */
function buildOther(pageContext: PageContext, { isTable }: ListChoice) {
  const change = { columns: isTable ? null : 'all', sort: null, page: null };
  return { href: buildOwnHref(pageContext, change), text: isTable ? words.list.asWaits : words.list.asTable };
}

/** Which part of the list is shown, and the way back to all; `null`: all of it. */
function buildPart(
  show: ListPart | null,
  { pageContext, shown, all }: { readonly pageContext: PageContext; readonly shown: number; readonly all: number },
) {
  if (show === null) return null;
  return {
    text: words.only(words.partNames[show], shown, all),
    all: { href: buildOwnHref(pageContext, { show: null, page: null }), text: words.showAll },
  };
}
