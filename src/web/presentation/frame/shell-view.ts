import type { Links } from '../../routing/paths';
import { listFilters } from '../filter/filter-said';
import { buildFilterView } from '../filter/filter-view';
import { toQuery } from '../filter/page-filter';
import { filterWords } from '../filter/filter-words';
import { viewWords } from '../filter/view-words';
import { formatDate } from '../format/dates';
import { formatSettingsHref } from '../format/links';
import type { ThingWords } from '../format/thing-words';
import { buildViewMenu } from './view-menu';
import { buildEmpty } from './empty-view';
import type { PageState } from './look-beyond';
import { buildNotesView } from './notes-view';
import type { PageContext } from './page-context';
import { buildLiveLine, type LiveCompleteness } from './live-line';
import { buildMessages, type MessageView } from './state-view';
import { buildWidened } from './widened-view';
import { buildTabs } from './tabs-view';

interface ShellParts {
  /** Of the whole workspace; a repository is named behind it. */
  readonly title: string;
  readonly words: ThingWords;
  readonly state: PageState;
  readonly report: { readonly workspace: { readonly slug: string }; readonly completeness: LiveCompleteness };
  readonly hasNotes?: boolean;
}

/** What surrounds the numbers of every page, and what stands in their place where there are none. */
export function buildShell(
  pageContext: PageContext,
  links: Links,
  { title, words, state, report, hasNotes = true }: ShellParts,
) {
  const { page, place, repository, today } = pageContext;
  const { completeness } = report;
  const dayQuery = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const toDayHref = (day: string) => links.page('day', { ...dayQuery, day });
  const hasRange = words.range !== null;
  const bitbucket = { bitbucketUrl: pageContext.bitbucketUrl, slug: report.workspace.slug };
  const toSettings = (section: string | null) => ({
    href: formatSettingsHref(links, bitbucket, section),
    text: 'Open the settings',
    isOutside: true,
  });
  const stateLinks = {
    settings: toSettings(null),
    imports: toSettings('import'),
    connection: toSettings('connection'),
    reviewsPath: links.page('reviews'),
  };
  const empty = buildEmpty(state, { pageContext, links: stateLinks, words, completeness });
  const known = { ...pageContext, found: state.found, links: stateLinks, from: hasRange ? page.filter.from : today };
  const buildBeside = () => [...buildWidened(pageContext), ...buildMessages(known, completeness)];
  return {
    title: repository === null ? title : `${title} of ${repository.name}`,
    tabs: buildTabs({ ...pageContext, settings: findSettings(pageContext) }, links),
    live: buildLiveLine(pageContext, completeness, links),
    filter: buildFilterView(page, place, { ...pageContext, hasRange }),
    views: buildViews(pageContext, links),
    print: buildPrintLine(pageContext, report.workspace.slug, hasRange),
    notes: hasNotes ? buildNotesView(pageContext.notes, page.filter, toDayHref) : null,
    empty,
    messages: [...buildGone(pageContext), ...(empty === null ? buildBeside() : [])],
  };
}

function buildViews(pageContext: PageContext, links: Links) {
  return pageContext.view === undefined ? null : buildViewMenu(pageContext, pageContext.view, links);
}

/** In Bitbucket's frame the settings have their own place; whether they open there, Bitbucket says. */
export function findSettings({ view, bitbucketUrl }: PageContext) {
  return view?.maySeeSettings === true ? { bitbucketUrl, slug: view.slug } : null;
}

/** A view names what was deleted since, or is not to be seen any more. */
function buildGone({ view }: PageContext): MessageView[] {
  return view === undefined || view.gone.length === 0
    ? []
    : [{ tone: 'warning', title: viewWords.goneTitle, text: viewWords.gone(view.gone), step: null }];
}

/** What a sheet of paper has to say of itself: nobody sees from where it was printed. */
function buildPrintLine(pageContext: PageContext, workspace: string, hasRange: boolean): string {
  const filters = listFilters(pageContext.page, pageContext, hasRange);
  return joinPrintLine(pageContext, workspace, [...(hasRange ? [] : [filterWords.openNow]), ...filters]);
}

/** The same of a page of one day, whose range is that day. */
export function buildDayPrintLine(pageContext: PageContext, workspace: string, day: string): string {
  return joinPrintLine(pageContext, workspace, [day, ...listFilters(pageContext.page, pageContext, false)]);
}

/** The same of a page of one thing, which has no filters. Without the clock: a page that nothing changed stays as it is. */
export function joinPrintLine(pageContext: PageContext, workspace: string, parts: readonly string[]): string {
  const { repository, today, timezone } = pageContext;
  const place = [workspace, ...(repository === null ? [] : [repository.name])];
  return [...place, ...parts, filterWords.asOf(`${formatDate(today)} (${timezone})`)].join(' · ');
}
