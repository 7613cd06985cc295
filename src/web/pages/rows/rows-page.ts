import { parseRowPage, type Rows } from '../../../reporting/filter/row-page';
import { findState, type PageState } from '../../presentation/frame/look-beyond';
import {
  isAnswer,
  loadGround,
  toGroundAnswer,
  toOwnHref,
  type PageGround,
} from '../../presentation/frame/page-context';
import { toRowContext } from '../../presentation/frame/row-context';
import { toShell, toStateLinks } from '../../presentation/frame/shell-view';
import { toBadRequest } from '../../presentation/frame/message-page';
import type { AccelerateReport } from '../../presentation/charts/accelerate-report';
import { toEmpty } from '../../presentation/frame/empty-view';
import { toMessages } from '../../presentation/frame/state-view';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { toDateRange } from '../../presentation/format/dates';
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
import type { RowTableView, RowsView } from './rows-view';

const rowsPerPage = 50;
const rowsPerRead = 500;

/** The deployments behind the numbers, or with `outcome` those that failed or that fixed an incident. */
export async function answerDeployments(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const outcome = readOne(request.parameters, 'outcome');
  const kind = [deploymentRows, failedRows, fixRows].find(({ own }) => own['outcome'] === outcome);
  const message = 'Deployments are listed by an outcome that is one of failed, fix.';
  return kind === undefined
    ? toBadRequest([{ name: 'outcome', value: outcome ?? '', message }], dependencies.links.page('deployments'))
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
      return toBadRequest([{ name: 'state', value: state, message }], dependencies.links.page('pullRequests'));
    }
  }
}

async function answerRows<Item>(
  request: PageRequest,
  dependencies: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const ground = await loadGround(request, dependencies, { name: kind.name, own: kind.own });
  if (isAnswer(ground)) {
    return ground;
  }
  const cursor = readOne(request.parameters, 'cursor');
  const place = parseRowPage(cursor === null ? {} : { cursor: [cursor] });
  if ('problems' in place) {
    return toBadRequest(place.problems, toOwnHref(ground));
  }
  return readOne(request.parameters, 'format') === 'csv'
    ? toCsvAnswer(ground, dependencies, kind)
    : toPageAnswer({ ground, cursor }, dependencies, kind);
}

async function toCsvAnswer<Item>(
  { workspace, filter }: PageGround,
  { reporting }: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const rows: Rows<Item> = await kind.load(reporting, { workspace, filter, page: { limit: rowsPerRead, cursor } });
    items.push(...rows.items);
    cursor = rows.next;
  } while (cursor !== null);
  const name = hasRange(kind) ? `${kind.fileName}-${filter.from}-${filter.to}.csv` : `${kind.fileName}.csv`;
  return { kind: 'csv', fileName: name, text: kind.toCsv(items) };
}

interface RowsPlace {
  readonly ground: PageGround;
  readonly cursor: string | null;
}

async function toPageAnswer<Item>(
  { ground, cursor }: RowsPlace,
  dependencies: PagesDependencies,
  kind: RowsKind<Item>,
): Promise<PageAnswer> {
  const { links, reporting } = dependencies;
  const { workspace, filter } = ground;
  const [rows, report] = await Promise.all([
    kind.load(reporting, { workspace, filter, page: { limit: rowsPerPage, cursor } }),
    reporting.loadAccelerate(workspace, filter),
  ]);
  if (rows.items.length === 0 && cursor !== null) {
    // What stood here has gone from the list since, which says nothing about the rest of it.
    return toPageAnswer({ ground, cursor: null }, dependencies, kind);
  }
  const state = await findState(ground, dependencies, { kind, found: rows.items.length });
  const view: RowsView = {
    ...toFrame(ground, { links, state, report }, kind),
    table: state.found === 0 ? null : toTable({ ground, items: rows.items }, links, kind),
    older: rows.next === null ? null : { href: toOwnHref(ground, { cursor: rows.next }), text: 'Show older ones' },
    newest: cursor === null ? null : { href: toOwnHref(ground), text: 'Back to the newest' },
  };
  const answer = toGroundAnswer(ground, 'rows', view);
  return { ...answer, address: toOwnHref(ground, { cursor }), live: null };
}

function hasRange({ words }: Pick<RowsKind<never>, 'words'>): boolean {
  return words.range !== null;
}

function toTable<Item>(
  { ground, items }: { ground: PageGround; items: readonly Item[] },
  links: Links,
  kind: RowsKind<Item>,
): RowTableView {
  const { from, to } = ground.page.filter;
  const context = toRowContext(ground, links);
  return {
    caption: hasRange(kind) ? `${kind.title}, ${toDateRange(from, to)}` : kind.title,
    heads: kind.heads,
    rows: items.map((item) => kind.toRow(item, context)),
  };
}

interface FrameParts {
  readonly links: Links;
  readonly state: PageState;
  readonly report: AccelerateReport;
}

/** All of a list but its rows. */
function toFrame<Item>(
  ground: PageGround,
  { links, state, report }: FrameParts,
  kind: RowsKind<Item>,
): Omit<RowsView, 'table' | 'older' | 'newest'> {
  const { repository, filter, today, now } = ground;
  const { completeness } = report;
  const stateLinks = toStateLinks(ground, links, report.workspace.slug);
  const empty = toEmpty(state, { ground, links: stateLinks, words: kind.words, completeness });
  const found = { found: state.found, importing: ground.importing };
  const context = { links: stateLinks, from: hasRange(kind) ? filter.from : today, now };
  return {
    ...toShell(ground, links, { hasRange: hasRange(kind), hasNotes: false }),
    title: repository === null ? kind.title : `${kind.title} of ${repository.name}`,
    lead: kind.lead,
    messages: empty === null ? toMessages(found, completeness, context) : [],
    parts: toParts(ground, kind, completeness),
    empty,
    csvHref: toOwnHref(ground, { format: 'csv' }),
  };
}

function toParts<Item>(
  ground: PageGround,
  { parts, own }: RowsKind<Item>,
  completeness: AccelerateReport['completeness'],
): RowsView['parts'] {
  return parts
    .map((part) => ({
      ...part,
      isCurrent: Object.entries(part.own).every(([name, value]) => own[name] === value),
    }))
    .filter(({ isCurrent, isOffered }) => isCurrent || isOffered?.(completeness) !== false)
    .map((part) => ({ href: toOwnHref(ground, part.own), text: part.text, isCurrent: part.isCurrent }));
}
