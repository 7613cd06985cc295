import { lookUp } from '../../../domain/look-up';
import type { SavedView } from '../../../domain/views/saved-view';
import type { Links, PageName } from '../../routing/paths';
import { toAddress } from '../../routing/paths';
import { filterWords, formatPeriod, formatRangeName } from '../filter/filter-words';
import { readLast } from '../filter/compared-period';
import { readKept } from '../filter/opened-view';
import { toQuery, type PageFilter } from '../filter/page-filter';
import { parseRangeName } from '../filter/range-choice';
import { viewWords } from '../filter/view-words';
import type { PageContext, ViewContext } from './page-context';
import { keepWords } from './keep-words';
import { parseViewPage } from './view-pages';

/** The menu of views and the link to copy, at the right of a title. They are the same for all who see the same page. */
export function buildViewMenu(pageContext: PageContext, view: ViewContext, links: Links) {
  const { page, place } = pageContext;
  const { name } = place;
  const repository = pageContext.repository?.uuid ?? null;
  const query = toAddress('', { ...toQuery(page, { sort: null }), repository }).slice(1);
  const current = view.saved.find((one) => one.page === name && isSameQuery(one.query, query)) ?? null;
  const usualQuery = { repository, ...toUsual(view.usual) };
  const isUsual = isSameQuery(query, toAddress('', usualQuery).slice(1));
  return {
    words: viewWords,
    text: current?.name ?? (isUsual ? viewWords.usual : viewWords.changed),
    usual: {
      href: links.page(name, usualQuery),
      detail: formatUsual(view.usual),
      isCurrent: current === null && isUsual,
    },
    saved: view.saved.map((one) => ({ ...buildWay(one, links), isCurrent: one === current })),
    action: links.page('views'),
    api: links.api('/views'),
    lastViewApi: links.api('/views/last'),
    page: name,
    query,
    isNew: current === null,
    manage: links.page('views', { page: name, query, ...readPlace({ query }) }),
    copy: buildCopy(page, { name, repository, workspace: view.workspace }, links),
  };
}

/** The way to a saved view. */
export function buildWay(one: SavedView, links: Links) {
  const page = parseViewPage(one.page) ?? 'workspace';
  return {
    name: one.name,
    href: links.page(page, { view: one.id, ...readPlace(one) }),
    detail: formatPageName(one.page),
  };
}

/** The page of one repository is asked for by its uuid. */
function readPlace({ query }: Pick<SavedView, 'query'>): { readonly repository: string | null } {
  return { repository: new URLSearchParams(query).get('repository') };
}

function toUsual(usual: string | null): Readonly<Record<string, readonly string[]>> {
  return usual === null ? { range: ['90'], interval: ['week'] } : readKept(usual);
}

/** "This month by week", in the words of the row of filters. */
export function formatUsual(usual: string | null): string {
  const query = toUsual(usual);
  const [range, interval, from, to] = ['range', 'interval', 'from', 'to'].map((key) => readLast(query, key));
  const dates = { from: from ?? '', to: to ?? '' };
  const name = parseRangeName(range ?? '');
  const by = lookUp<string>(filterWords.intervals, interval ?? '') ?? filterWords.intervals.week;
  const period = name === null ? formatPeriod(dates) : formatRangeName(name, dates);
  return `${period}, ${by.toLowerCase()}`;
}

export function formatPageName(page: string): string {
  return lookUp<string>(keepWords.pages, page) ?? '';
}

interface Shared {
  readonly name: PageName;
  readonly repository: string | null;
  readonly workspace: string;
}

/** A range that moves on with the days can be handed on as it moves, or as it stands. */
function buildCopy(page: PageFilter, { name, repository, workspace }: Shared, links: Links) {
  const { from, to } = page.filter;
  const toShared = (query: Parameters<Links['page']>[1]) =>
    links.shared(name, workspace, { ...query, ...(repository === null ? {} : { repository }) });
  const query = toQuery(page, { sort: null });
  return {
    address: toShared(query),
    fixed: page.range === null ? null : toShared({ ...query, range: null, from, to }),
    hint: page.range === null ? viewWords.fixed : viewWords.relative,
  };
}

/** The same choices, in whatever order. */
export function isSameQuery(one: string, other: string): boolean {
  return toSorted(one) === toSorted(other);
}

function toSorted(query: string): string {
  return [...new URLSearchParams(query)]
    .map((pair) => pair.join('='))
    .sort()
    .join('&');
}
