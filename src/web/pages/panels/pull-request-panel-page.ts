import { findRepository } from '../../presentation/frame/find-repository';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { showPage } from '../../presentation/frame/show-page';
import { readNumber } from '../../presentation/filter/page-parameters';
import { buildPullRequestPanelView } from './pull-request-panel-view';

/** Beside a pull request: what it waits for, and its phases so far against the usual ones of its repository. */
export async function answerPullRequestPanel(
  request: PageRequest,
  dependencies: PagesDependencies,
): Promise<PageAnswer> {
  const { reporting, links } = dependencies;
  const number = readNumber(request.parameters, 'pull_request');
  const snapshot = await reporting.openWhole(request.caller.workspace, request.caller.sight.repositories);
  const repository = findRepository(request, snapshot);
  if (repository === null || number === null) {
    return { kind: 'not-found' };
  }
  const timeLine = await snapshot.readTimeLine(repository.uuid, number);
  if (timeLine === null) {
    return { kind: 'not-found' };
  }
  const { now, settings } = snapshot;
  const context = { repositoryUuid: repository.uuid, now, timezone: settings.timezone };
  const view = buildPullRequestPanelView(timeLine, context, links);
  const address = links.page('pullRequestPanel', { repository: repository.uuid, pull_request: number });
  return showPage('pull-request-panel', view, { address, live: 60 });
}
