import { lookUp } from '../../../domain/look-up';
import { rowsPerPage } from '../../presentation/format/paging';
import { parseRowPage, type Rows } from '../../../reporting/filter/row-page';
import { findState, type PageState } from '../../presentation/frame/look-beyond';
import {
  isAnswer,
  loadPageContext,
  buildPageAnswer,
  buildOwnHref,
  type OpenedPage,
  type PageContext,
} from '../../presentation/frame/page-context';
import { buildRowContext } from '../../presentation/frame/row-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { buildBadRequest } from '../../presentation/frame/message-page';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import {
  toCsvAnswer,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { writeRows } from '../../presentation/rows/write-rows';
import { readOne } from '../../presentation/filter/page-parameters';
import { formatDateRange } from '../../presentation/format/dates';
import type { Links } from '../../routing/paths';
import {
  deploymentRows,
  failedRows,
  fixRows,
  incidentRows,
  mergedRows,
  openRows,
  undatedRows,
  type RowsKind,
} from '../../presentation/rows/row-kinds';
import { buildRow } from '../../presentation/rows/row-cell';

/** The deployments behind the numbers, or with `outcome` those that failed or that fixed an incident. */
export async function answerDeployments(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const outcome = readOne(request.parameters, 'outcome');
  const kind = [deploymentRows, failedRows, fixRows].find(({ own }) => own['outcome'] === outcome);
  const message = 'Deployments are listed by an outcome that is one of failed, fix.';
  return kind === undefined
    ? buildBadRequest([{ name: 'outcome', value: outcome ?? '', message }], dependencies.links.page('deployments'))
    : answerRows(request, dependencies, kind);
}

/** The incidents behind the numbers. */
export async function answerIncidents(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  return answerRows(request, dependencies, incidentRows);
}

/**
 * The pull requests behind the numbers: those merged in the range, with `state=open` those open now, with
 * `state=undated` the merges that nobody can date.
 */
export async function answerPullRequests(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const state = readOne(request.parameters, 'state') ?? 'merged';
  switch (state) {
    case 'merged':
      return answerRows(request, dependencies, mergedRows);
    case 'open':
      return answerRows(request, dependencies, openRows);
    case 'undated':
      return answerRows(request, dependencies, undatedRows);
    default: {
      const message = 'Pull requests are listed by a state that is one of merged, open, undated.';
      return buildBadRequest([{ name: 'state', value: state, message }], dependencies.links.page('pullRequests'));
    }
  }
}

async function answerRows<Item>(
  request: PageRequest,
  dependencies: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const pageContext = await loadPageContext(request, dependencies, { name: kind.name, own: kind.own });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const cursor = readOne(request.parameters, 'cursor');
  const place = parseRowPage(cursor === null ? {} : { cursor: [cursor] });
  if ('problems' in place) {
    return buildBadRequest(place.problems, buildOwnHref(pageContext));
  }
  return readOne(request.parameters, 'format') === 'csv'
    ? buildCsvAnswer(pageContext, kind)
    : toPageAnswer({ pageContext, cursor }, dependencies.links, kind);
}

function buildCsvAnswer<Item>(pageContext: OpenedPage, kind: RowsKind<Item>): PageAnswer {
  const { from, to } = pageContext.filter;
  const name = kind.words.range !== null ? `${kind.fileName}-${from}-${to}.csv` : `${kind.fileName}.csv`;
  return toCsvAnswer(name, writeRows(kind, pageContext));
}

interface RowsPlace {
  readonly pageContext: OpenedPage;
  readonly cursor: string | null;
}

async function toPageAnswer<Item>(
  { pageContext, cursor }: RowsPlace,
  links: Links,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const { snapshot, filter } = pageContext;
  const rows = await kind.list(snapshot, { filter, page: { limit: rowsPerPage, cursor } });
  if (rows.items.length === 0 && cursor !== null) {
    // What stood here has gone from the list since, which says nothing about the rest of it.
    return toPageAnswer({ pageContext, cursor: null }, links, kind);
  }
  const state = await findState(pageContext, { kind, found: rows.items.length });
  const answer = buildPageAnswer(pageContext, 'rows', buildRowsView({ pageContext, rows, cursor, state }, links, kind));
  return { ...answer, address: buildOwnHref(pageContext, { cursor }), live: null };
}

/** A list of the rows behind a number: a table that leads to single pull requests, page by page. */
function buildRowsView<Item>(
  { pageContext, rows, cursor, state }: RowsPlace & { readonly rows: Rows<Item>; readonly state: PageState },
  links: Links,
  kind: RowsKind<Item>,
) {
  const { title, words, lead, columns } = kind;
  const report = pageContext.snapshot.computeAccelerate(pageContext.filter);
  const context = buildRowContext(pageContext, links);
  const { from, to } = pageContext.filter;
  return {
    ...buildShell(pageContext, links, { title, words, state, report, hasNotes: false }),
    lead,
    parts: buildParts(pageContext, kind, report.completeness),
    csvHref: buildOwnHref(pageContext, { format: 'csv' }),
    table: {
      caption: words.range === null ? title : `${title}, ${formatDateRange(from, to)}`,
      heads: columns,
      rows: rows.items.map((item) => buildRow(columns, item, context)),
    },
    older:
      rows.next === null ? null : { href: buildOwnHref(pageContext, { cursor: rows.next }), text: 'Show older ones' },
    newest: cursor === null ? null : { href: buildOwnHref(pageContext), text: 'Back to the newest' },
  };
}

/** As a reader of a list meets it. */
export type RowsView = ReturnType<typeof buildRowsView>;

/** Parts of the same list that can be chosen; none: there is but one. */
function buildParts<Item>(
  pageContext: PageContext,
  { parts, own }: RowsKind<Item>,
  completeness: AccelerateReport['completeness'],
) {
  return parts
    .map((part) => ({
      ...part,
      isCurrent: Object.entries(part.own).every(([name, value]) => lookUp(own, name) === value),
    }))
    .filter(({ isCurrent, isOffered }) => isCurrent || isOffered?.(completeness) !== false)
    .map((part) => ({ href: buildOwnHref(pageContext, part.own), text: part.text, isCurrent: part.isCurrent }));
}
