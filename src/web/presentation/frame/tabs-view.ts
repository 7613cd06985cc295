import type { Links, PageName } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import { formatSettingsHref, type LinkView } from '../format/links';
import type { PageContext } from './page-context';
import { tabWords } from './tabs-words';

type TabsContext = Pick<PageContext, 'page' | 'repository' | 'hasFirstSteps' | 'canLeaveRepository'> & {
  readonly place: { readonly name: PageName };
  /** Where settings are in Bitbucket; without: there is no way there for this reader. */
  readonly settings?: Parameters<typeof formatSettingsHref>[1] | null;
};

const tabs = ['reviews', 'workInProgress', 'pullRequests', 'deployments', 'incidents'] as const;

/** The ways between the pages of a workspace, or of one repository; each keeps the filters. */
export function buildTabs({ page, repository, place, ...caller }: TabsContext, links: Links) {
  const query = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const overview = repository === null ? 'workspace' : 'repository';
  const all = [[overview, tabWords.overview] as const, ...tabs.map((name) => [name, tabWords[name]] as const)];
  return {
    label: tabWords.label,
    smallLabel: tabWords.smallLabel,
    current:
      [...all, ['dataQuality', tabWords.dataQuality] as const].find(([name]) => name === place.name)?.[1] ??
      tabWords.pages,
    tabs: all.map(([name, text]) => ({
      text,
      href: links.page(name, query),
      isCurrent: name === place.name,
    })),
    // From a repository back to the workspace, for those who may see it.
    up:
      repository !== null && caller.canLeaveRepository
        ? { href: links.page('workspace', toQuery(page, { sort: null })), text: tabWords.up }
        : null,
    quality: {
      href: links.page('dataQuality', query),
      text: tabWords.dataQuality,
      isCurrent: place.name === 'dataQuality',
    },
    end: buildEnd(caller, links),
  };
}

/** At the right: what is not about the numbers. */
function buildEnd(
  { hasFirstSteps, settings = null }: Pick<TabsContext, 'hasFirstSteps' | 'settings'>,
  links: Links,
): LinkView[] {
  return [
    ...(hasFirstSteps ? [{ href: links.page('gettingStarted'), text: tabWords.firstSteps }] : []),
    ...(settings === null
      ? []
      : [{ href: formatSettingsHref(links, settings), text: tabWords.settings, isOutside: true }]),
  ];
}
