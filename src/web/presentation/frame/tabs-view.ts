import type { Links, PageName } from '../../routing/paths';
import { toQuery } from '../filter/page-filter';
import type { PageContext } from './page-context';

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
export function buildTabs({ page, repository, place, ...caller }: TabsContext, links: Links) {
  const query = { repository: repository?.uuid ?? null, ...toQuery(page, { sort: null }) };
  const overview = repository === null ? 'workspace' : 'repository';
  const all = [[overview, 'Delivery performance'], ...tabs] as const;
  return {
    tabs: all.map(([name, text]) => ({
      text,
      href: links.page(name, query),
      isCurrent: name === place.name,
    })),
    // From a repository back to the workspace, for those who may see it.
    up:
      repository !== null && caller.canLeaveRepository
        ? { href: links.page('workspace', toQuery(page, { sort: null })), text: 'All repositories' }
        : null,
    firstSteps: caller.hasFirstSteps ? { href: links.page('gettingStarted'), text: 'Getting started' } : null,
  };
}
