import type { Links } from '../../routing/paths';
import { buildFilterView } from '../filter/filter-view';
import { toQuery } from '../filter/page-filter';
import { formatSettingsHref } from '../format/links';
import type { ThingWords } from '../format/thing-words';
import { buildEmpty } from './empty-view';
import type { PageState } from './look-beyond';
import { buildNotesView } from './notes-view';
import type { PageContext } from './page-context';
import { buildLiveLine, type LiveCompleteness } from './live-line';
import { buildMessages } from './state-view';
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
  return {
    title: repository === null ? title : `${title} of ${repository.name}`,
    tabs: buildTabs(pageContext, links),
    live: buildLiveLine(pageContext, completeness, links),
    filter: buildFilterView(page, place, { ...pageContext, hasRange }),
    notes: hasNotes ? buildNotesView(pageContext.notes, page.filter, toDayHref) : null,
    empty,
    messages: empty === null ? [...buildWidened(pageContext), ...buildMessages(known, completeness)] : [],
  };
}
