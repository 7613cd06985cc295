import type { KeptQuery } from '../../../domain/views/saved-view';
import type { PageName } from '../../routing/paths';
import type { PageCaller, WebDependencies } from '../../routing/web-dependencies';
import { choosesView } from '../filter/opened-view';
import type { PageParameters } from '../filter/page-filter';
import { readOne } from '../filter/page-parameters';
import { checkChosen } from './keep-view';
import { parseViewPage, toPlace } from './view-pages';

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
  if (viewer === null || isAsked || parseViewPage(page) === null) return null;
  // The address of the workspace's own page may name a repository, which that page does not look at.
  const named = page === 'workspace' ? null : readOne(parameters, 'repository');
  return administration.getLastView({ workspace, viewer, place: toPlace(repositoryUuid ?? named) });
}

interface Keeping {
  readonly open: () => Promise<Parameters<typeof checkChosen>[2]>;
  readonly saveLastView: WebDependencies['administration']['saveLastView'];
}

/**
 * Without scripts, filters and ways are sent as forms: what one chooses is remembered, as scripts see to by themselves.
 * What the page will refuse is not.
 */
export async function keepChosenView(
  page: PageName,
  { caller, parameters }: Asked,
  { open, saveLastView }: Keeping,
): Promise<void> {
  const { workspace, viewer = null } = caller;
  if (viewer === null || parseViewPage(page) === null || !choosesView(parameters)) return;
  const chosen = page === 'workspace' ? { ...parameters, repository: [] } : parameters;
  const checked = checkChosen(chosen, caller, await open());
  if ('problems' in checked) return;
  const { query, labels, repository } = checked;
  await saveLastView({ workspace, viewer, place: toPlace(repository) }, { query, labels });
}
