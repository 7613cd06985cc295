import type { Links } from '../../paths';
import { toFilterView, type FilterView } from '../overview/filter-view';
import { toQuery } from '../overview/overview-query';
import type { StateLinks } from '../overview/state-view';
import { toAddress } from '../words/links';
import { toNotesView, type NotesView } from './notes-view';
import type { PageGround } from './page-ground';
import { toTabs, type TabsView } from './tabs-view';

/** What surrounds the numbers of every page. */
export interface ShellView {
  readonly tabs: TabsView;
  readonly filter: FilterView;
  readonly notes: NotesView | null;
}

export function toShell(ground: PageGround, links: Links, { hasRange = true, hasNotes = true } = {}): ShellView {
  const { page, place } = ground;
  return {
    tabs: toTabs(ground, links),
    filter: toFilterView(page, place, { ...ground, hasRange }),
    notes: hasNotes ? toNotesView(ground.notes, page.filter) : null,
  };
}

/** Where the one next step of a page without numbers leads. */
export function toStateLinks(ground: PageGround, workspaceSlug: string): StateLinks {
  const { page, place, bitbucketUrl } = ground;
  const toOwn = (change: Record<string, null>, range?: string) =>
    toAddress(place.path, { ...place.own, ...toQuery(page, range === undefined ? {} : { range }), ...change });
  return {
    settings: {
      href: `${bitbucketUrl}/${encodeURIComponent(workspaceSlug)}/workspace/settings`,
      text: 'Open the settings',
      isOutside: true,
    },
    clearFilters: { href: toOwn({ system: null, team: null }), text: 'Show everything' },
    longerRange: { href: toOwn({}, '365'), text: 'Show a whole year' },
  };
}
