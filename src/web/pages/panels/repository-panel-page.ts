import { findRepository } from '../../presentation/frame/find-repository';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { showPage } from '../../presentation/frame/show-page';
import { buildRepositoryPanelView } from './repository-panel-view';

/** Beside the source of a repository: four numbers of the last 90 days. */
export async function answerRepositoryPanel(
  request: PageRequest,
  { reporting, links }: PagesDependencies,
): Promise<PageAnswer> {
  const snapshot = await reporting.open(request.caller.workspace, request.caller.sight.repositories);
  const repository = findRepository(request, snapshot);
  if (repository === null) {
    return { kind: 'not-found' };
  }
  const parsed = snapshot.parseFilter({}, { repositoryUuid: repository.uuid });
  if ('problems' in parsed) {
    return { kind: 'not-found' };
  }
  const report = snapshot.computeAccelerate({ ...parsed.filter, systems: [repository.uuid] });
  const about = { uuid: repository.uuid, isImporting: snapshot.progress.isImporting };
  const view = buildRepositoryPanelView(report, about, links);
  const address = links.page('repositoryPanel', { repository: repository.uuid });
  return showPage('repository-panel', view, { address, live: 60 });
}
