import type { Links, PageName } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import { toAddress, type LinkView } from '../format/links';
import type { PageContext } from './page-context';

export interface TabsView {
  readonly tabs: readonly TabView[];
  /** From a repository back to the workspace; `null` where there is no way. */
  readonly up: LinkView | null;
  /** While there is something to set up. */
  readonly firstSteps: LinkView | null;
}

export interface TabView extends LinkView {
  readonly isCurrent: boolean;
}

type TabsContext = Pick<PageContext, 'page' | 'repository' | 'hasFirstSteps' | 'canLeaveRepository'> & {
  readonly place: { readonly name: PageName };
};

const tabs = [
  ['reviews', 'Changes & Reviews'],
  ['workInProgress', 'Work in Progress'],
  ['pullRequests', 'Pull requests'],
  ['deployments', 'Deployments'],
  ['incidents', 'Incidents'],
] as const;

/** The ways between the pages of a workspace, or of one repository; each keeps the filters. */
export function buildTabs({ page, repository, place, ...caller }: TabsContext, links: Links): TabsView {
  const query = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const overview = repository === null ? 'workspace' : 'repository';
  const all = [[overview, 'Delivery performance'], ...tabs] as const;
  return {
    tabs: all.map(([name, text]) => ({
      text,
      href: toAddress(links.page(name), query),
      isCurrent: name === place.name,
    })),
    up:
      repository !== null && caller.canLeaveRepository
        ? { href: toAddress(links.page('workspace'), toQuery(page, { sort: null })), text: 'All repositories' }
        : null,
    firstSteps: caller.hasFirstSteps ? { href: links.page('gettingStarted'), text: 'Getting started' } : null,
  };
}
