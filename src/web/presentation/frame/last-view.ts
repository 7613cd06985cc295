import type { KeptQuery } from '../../../domain/views/saved-view';
import type { PageName } from '../../routing/paths';
import type { PageCaller, WebDependencies } from '../../routing/web-dependencies';
import { choosesView } from '../filter/opened-view';
import type { PageParameters } from '../filter/page-filter';
import { readOne } from '../filter/page-parameters';

/** Pages with a row of filters. */
const withFilter: ReadonlySet<PageName> = new Set([
  'workspace',
  'repository',
  'reviews',
  'workInProgress',
  'pullRequests',
  'deployments',
  'incidents',
]);

interface Asked {
  readonly caller: Pick<PageCaller, 'workspace' | 'repositoryUuid' | 'viewer'>;
  readonly parameters: PageParameters;
}

/** What the viewer saw last, where a page is opened without any choice; `null`: nothing, or nobody is known. */
export async function findLastView(
  page: PageName,
  { caller, parameters }: Asked,
  administration: Pick<WebDependencies['administration'], 'getLastView'>,
): Promise<KeptQuery | null> {
  const { workspace, viewer = null, repositoryUuid } = caller;
  const isAsked = readOne(parameters, 'view') !== null || choosesView(parameters);
  if (viewer === null || isAsked || !withFilter.has(page)) return null;
  // The address of the workspace's own page may name a repository, which that page does not look at.
  const named = page === 'workspace' ? null : readOne(parameters, 'repository');
  return administration.getLastView({ workspace, viewer, place: toPlace(repositoryUuid ?? named) });
}

/** Of the workspace '', of a page of one repository its uuid with braces. */
export function toPlace(repository: string | null): string {
  return repository === null ? '' : `{${repository.replaceAll(/[{}]/gu, '').toLowerCase()}}`;
}
