import { isAnswer, loadGround, toGroundAnswer, toOwnHref } from '../ground/page-ground';
import type { PageAnswer, PageRequest, PagesDependencies } from '../page-dependencies';
import { readNumber } from '../page-parameters';
import { toPullRequestView } from './pull-request-view';

/** The time line of one pull request; what is not there, or not the caller's, is not found. */
export async function answerPullRequest(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const number = readNumber(request.parameters, 'number');
  if (number === null) {
    return { kind: 'not-found' };
  }
  const own = { number: String(number) };
  const ground = await loadGround(request, dependencies, { name: 'pullRequest', own });
  if (isAnswer(ground)) {
    return ground;
  }
  const { repository, workspace } = ground;
  const timeLine =
    repository === null ? null : await dependencies.reporting.loadTimeLine(workspace, repository.uuid, number);
  if (timeLine === null) {
    return { kind: 'not-found' };
  }
  const view = toPullRequestView(timeLine, ground, dependencies.links);
  return { ...toGroundAnswer(ground, 'pull-request', view), address: toOwnHref(ground) };
}
