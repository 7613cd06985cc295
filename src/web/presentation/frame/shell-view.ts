import type { Links } from '../../routing/paths';
import { buildFilterView, type FilterView } from '../filter/filter-view';
import type { StateLinks } from './state-view';
import { buildNotesView, type NotesView } from './notes-view';
import type { PageContext } from './page-context';
import { buildTabs, type TabsView } from './tabs-view';

/** What surrounds the numbers of every page. */
export interface ShellView {
  readonly tabs: TabsView;
  readonly filter: FilterView;
  readonly notes: NotesView | null;
}

export function buildShell(
  pageContext: PageContext,
  links: Links,
  { hasRange = true, hasNotes = true } = {},
): ShellView {
  const { page, place } = pageContext;
  return {
    tabs: buildTabs(pageContext, links),
    filter: buildFilterView(page, place, { ...pageContext, hasRange }),
    notes: hasNotes ? buildNotesView(pageContext.notes, page.filter) : null,
  };
}

/** Where the ways on from a page with little or nothing to show lead. */
export function buildStateLinks({ bitbucketUrl }: PageContext, links: Links, workspaceSlug: string): StateLinks {
  return {
    settings: {
      href: `${bitbucketUrl}/${encodeURIComponent(workspaceSlug)}/workspace/settings`,
      text: 'Open the settings',
      isOutside: true,
    },
    reviewsPath: links.page('reviews'),
  };
}
