import type { ListedRow } from '../../../reporting/rows/row-list';
import { readOne } from '../../presentation/filter/page-parameters';
import { readPageOfList } from '../../presentation/format/paging';
import { buildBadRequest } from '../../presentation/frame/message-page';
import { findState } from '../../presentation/frame/look-beyond';
import {
  isAnswer,
  loadPageContext,
  buildPageAnswer,
  buildOwnHref,
  type OpenedPage,
} from '../../presentation/frame/page-context';
import {
  toCsvAnswer,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { buildRowEditing } from '../../presentation/frame/row-editing-context';
import { chooseRows, readFind, usualOrder } from '../../presentation/rows/choose-rows';
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
import { writeChosenRows, writeRows } from '../../presentation/rows/write-rows';
import { readEvents } from './row-events';
import { buildRowsView, findRowsPage } from './rows-view';

export type { RowsView } from './rows-view';

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

async function answerRows<Item, Row extends ListedRow<Item>>(
  request: PageRequest,
  dependencies: PagesDependencies,
  kind: RowsKind<Item, Row>,
): Promise<PageAnswer> {
  const find = readFind(request.parameters);
  const number = readPageOfList(readOne(request.parameters, 'page'));
  const text = typeof find === 'string' ? find : null;
  const pageContext = await loadPageContext(request, dependencies, {
    name: kind.name,
    own: { ...kind.own, find: text },
    sortKeys: kind.columns.flatMap(({ key }) => key ?? []).concat('repository'),
  });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const problems = [find, number].filter((one) => one !== null && typeof one === 'object');
  if (problems.length > 0 || typeof number !== 'number') {
    return buildBadRequest(problems, buildOwnHref(pageContext));
  }
  return readOne(request.parameters, 'format') === 'csv'
    ? buildCsvAnswer(pageContext, kind, text)
    : toPageAnswer({ request, pageContext, find: text, number }, dependencies, kind);
}

async function buildCsvAnswer<Item, Row extends ListedRow<Item>>(
  pageContext: OpenedPage,
  kind: RowsKind<Item, Row>,
  find: string | null,
): Promise<PageAnswer> {
  const { snapshot, filter, page } = pageContext;
  const { from, to } = pageContext.filter;
  const name = kind.words.range !== null ? `${kind.fileName}-${from}-${to}.csv` : `${kind.fileName}.csv`;
  const order = page.sort ?? usualOrder;
  if (find === null && order === usualOrder) return toCsvAnswer(name, writeRows(kind, pageContext));
  const list = kind.open(snapshot, filter);
  const found = find === null ? null : await list.find(find);
  return toCsvAnswer(name, writeChosenRows(kind, list, chooseRows(list, order, found)));
}

interface RowsPlace {
  readonly request: PageRequest;
  readonly pageContext: OpenedPage;
  readonly find: string | null;
  /** Of the page, from 1. */
  readonly number: number;
}

/** Only the rows of the page are read with their words. */
async function toPageAnswer<Item, Row extends ListedRow<Item>>(
  { request, pageContext, find, number }: RowsPlace,
  { links }: PagesDependencies,
  kind: RowsKind<Item, Row>,
): Promise<PageAnswer> {
  const { snapshot, filter, page } = pageContext;
  const list = kind.open(snapshot, filter);
  const found = find === null ? null : await list.find(find);
  const order = page.sort ?? usualOrder;
  const chosen = chooseRows(list, order, found);
  const { start, end, ...ways } = findRowsPage(chosen.count, number, pageContext);
  const rows = await list.readRows(chosen.pick(start, end));
  const state = await findState(pageContext, { kind, found: list.count });
  const own = number === 1 ? {} : { page: String(number) };
  const editing = buildRowEditing(request, { pageContext, own }, links);
  const events = kind.hasEvents === true && number === 1 && find === null ? await readEvents(pageContext) : null;
  const material = { events, pageContext, list, found, find, order, rows, state, ways, editing };
  const answer = buildPageAnswer(pageContext, 'rows', buildRowsView(material, links, kind));
  return { ...answer, address: buildOwnHref(pageContext, own), live: null };
}
