import { findRepository } from '../overview/overview-page';
import type { PageAnswer, PageRequest, PagesDependencies } from '../page-dependencies';
import { readOne } from '../page-parameters';
import { toPullRequestPanelView } from './pull-request-panel-view';

/** Beside a pull request: how it stands against the usual of its repository. */
export async function answerPullRequestPanel(
  request: PageRequest,
  dependencies: PagesDependencies,
): Promise<PageAnswer> {
  const { reporting, links, clock } = dependencies;
  const { workspace } = request.caller;
  const number = readNumber(readOne(request.parameters, 'pull_request'));
  const repository = await findRepository(request, dependencies);
  if (repository === null || number === null) {
    return { kind: 'not-found' };
  }
  const scope = { repositoryUuid: repository.uuid };
  const [report, parsed] = await Promise.all([
    reporting.loadPullRequest(workspace, repository.uuid, number),
    reporting.parseFilter(workspace, {}, scope),
  ]);
  if (report === null || 'problems' in parsed) {
    return { kind: 'not-found' };
  }
  const usual = await reporting.loadAccelerate(workspace, { ...parsed.filter, systems: [repository.uuid] });
  const context = {
    ...scope,
    now: clock.now(),
    timezone: usual.range.timezone,
    medianSeconds: usual.lead_time_for_changes.value,
  };
  const view = toPullRequestPanelView(report, context, links);
  const address = links.page('pullRequestPanel', { repository: repository.uuid, pull_request: number });
  return { kind: 'page', status: 200, template: 'pull-request-panel', title: view.title, view, address, live: 60 };
}

function readNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/u.test(text) ? Number(text) : null;
}
