import { findRepository } from '../../presentation/frame/find-repository';
import {
  isImporting,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { toRepositoryPanelView } from './repository-panel-view';

/** Beside the source of a repository: four numbers of the last 90 days. */
export async function answerRepositoryPanel(
  request: PageRequest,
  dependencies: PagesDependencies,
): Promise<PageAnswer> {
  const repository = await findRepository(request, dependencies);
  if (repository === null) {
    return { kind: 'not-found' };
  }
  const { reporting, importStatus, links, clock } = dependencies;
  const { workspace } = request.caller;
  const parsed = await reporting.parseFilter(workspace, {}, { repositoryUuid: repository.uuid });
  if ('problems' in parsed) {
    return { kind: 'not-found' };
  }
  const [report, status] = await Promise.all([
    reporting.loadAccelerate(workspace, { ...parsed.filter, systems: [repository.uuid] }),
    importStatus.load(workspace),
  ]);
  const about = { uuid: repository.uuid, isImporting: isImporting(status), now: clock.now() };
  const view = toRepositoryPanelView(report, about, links);
  const address = links.page('repositoryPanel', { repository: repository.uuid });
  return { kind: 'page', status: 200, template: 'repository-panel', title: view.title, view, address, live: 60 };
}
