import { lookUp } from '../../../domain/look-up';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import type { FoundRows, ListedRow, RowList } from '../../../reporting/rows/row-list';
import { daysBetween, formatDateRange } from '../../presentation/format/dates';
import { findPaged } from '../../presentation/format/paging';
import type { ThingWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type OpenedPage, type PageContext } from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { buildIncidentHref, buildReleaseWays } from '../../presentation/releases/release-ways';
import { buildHeads, buildOrderChoices } from '../../presentation/rows/choose-rows';
import type { ListContext } from '../../presentation/rows/list-column';
import { buildMoment } from '../../presentation/rows/moment';
import { buildActionsColumn, findLostLine, type RowEditing } from '../../presentation/rows/row-actions';
import { buildEntries } from '../../presentation/rows/row-entries';
import type { RowsKind } from '../../presentation/rows/row-kinds';
import {
  findTexts,
  formatFound,
  formatNothingFound,
  formatSearched,
  formatShowAll,
  formatTotals,
  listLabels,
} from '../../presentation/rows/words';
import type { Links } from '../../routing/paths';
import { buildEvents, type RowEvents } from './row-events';

/** From where to where a page of a list reaches, and the ways to the pages beside it. */
export function findRowsPage(count: number, number: number, pageContext: PageContext) {
  return findPaged(count, { number }, (page) => buildOwnHref(pageContext, { page }));
}

interface RowsMaterial<Row> {
  readonly pageContext: OpenedPage;
  readonly list: RowList<Row>;
  /** `null`: nothing is searched for. */
  readonly found: FoundRows | null;
  readonly find: string | null;
  readonly order: string;
  /** Of the page. */
  readonly rows: readonly Row[];
  readonly state: PageState;
  readonly ways: Omit<ReturnType<typeof findRowsPage>, 'start' | 'end'>;
  readonly editing: RowEditing | null;
  /** Of the list of incidents, newest first: those of several incidents. */
  readonly events: RowEvents | null;
}

/** A list of the rows behind a number: a table that leads to single pull requests, page by page. */
export function buildRowsView<Item, Row extends ListedRow<Item>>(
  material: RowsMaterial<Row>,
  links: Links,
  kind: RowsKind<Item, Row>,
) {
  const { pageContext, rows, order, ways, editing, state } = material;
  const { title, words, lead, columns } = kind;
  const report = pageContext.snapshot.computeAccelerate(pageContext.filter);
  const { from, to } = pageContext.filter;
  const context = buildContext(pageContext, links, words);
  return {
    ...buildShell(pageContext, links, { title, words, state, report, hasNotes: false }),
    lead,
    partsLabel: listLabels.parts,
    parts: buildParts(pageContext, kind, report.completeness),
    csvHref: buildOwnHref(pageContext, { format: 'csv' }),
    ...buildCounts(material, kind),
    find: buildFind(material, kind),
    editing,
    events: material.events && buildEvents(material.events, pageContext, links),
    lost:
      editing &&
      findLostLine(
        editing,
        rows.map(({ id }) => id),
      ),
    table: {
      caption: words.range === null ? title : `${title}, ${formatDateRange(from, to)}`,
      heads: buildHeads(columns, order, (sort) => buildOwnHref(pageContext, { sort, page: null })),
      ...buildActionsColumn(editing, columns.length),
      entries: buildEntries(kind, rows, { context, editing }),
    },
    pages: ways,
  };
}

/** What the words of the rows need beside them, and where they lead. */
function buildContext(pageContext: PageContext, links: Links, { range }: ThingWords): Omit<ListContext, 'units'> {
  const { from, to } = pageContext.filter;
  const days = range === null ? Infinity : daysBetween(from, to) + 1;
  const ways = buildReleaseWays(pageContext, links);
  return {
    ...ways,
    ...buildRowContext(pageContext, links),
    toIncidentHref: (incident) => buildIncidentHref(incident, ways),
    toMoment: (at) => buildMoment(at, { ...pageContext, days }),
  };
}

/** As a reader of a list meets it. */
export type RowsView = ReturnType<typeof buildRowsView>;

/** What the list holds in all, of what is searched for, and what to do where that is nothing. */
function buildCounts<Item, Row extends ListedRow<Item>>(
  { list, found, find, pageContext }: RowsMaterial<Row>,
  { words }: Pick<RowsKind<Item, Row>, 'words'>,
) {
  const all = formatTotals(list.computeTotals(null), words);
  if (found === null || find === null) return { totals: all, nothing: null };
  const some = formatTotals(list.computeTotals(found.places), words);
  const searched = found.among === null ? '' : `. ${formatSearched(found.among)}`;
  const allHref = buildOwnHref(pageContext, { find: null, page: null });
  return {
    totals: `${formatFound(some, all)}${searched}`,
    nothing:
      found.places.length > 0
        ? null
        : { text: formatNothingFound(find, all), way: { href: allHref, text: formatShowAll(all) } },
  };
}

/** The form above the table: what is searched for, and the order. */
function buildFind<Row>(
  { pageContext, find, order }: RowsMaterial<Row>,
  { orders }: { readonly orders: readonly string[] },
) {
  return {
    ...findTexts,
    action: buildOwnHref(pageContext, { find: null, sort: null, page: null }),
    value: find ?? '',
    orders: buildOrderChoices(orders, order),
  };
}

/** Parts of the same list that can be chosen; none: there is but one. */
function buildParts<Item, Row extends ListedRow<Item>>(
  pageContext: PageContext,
  { parts, own, columns }: RowsKind<Item, Row>,
  completeness: AccelerateReport['completeness'],
) {
  // Parts have columns of their own: an order that another part does not know is not taken along.
  const keepsOrder = columns.some(({ key }) => key === 'lead') || pageContext.page.sort === null;
  return parts
    .map((part) => ({
      ...part,
      isCurrent: Object.entries(part.own).every(([name, value]) => lookUp(own, name) === value),
    }))
    .filter(({ isCurrent, isOffered }) => isCurrent || isOffered?.(completeness) !== false)
    .map((part) => ({
      href: buildOwnHref(pageContext, { ...part.own, page: null, ...(keepsOrder ? {} : { sort: null }) }),
      text: part.text,
      isCurrent: part.isCurrent,
    }));
}
