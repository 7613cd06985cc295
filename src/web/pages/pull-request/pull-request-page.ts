import { earliestDate, latestDate } from '../../../domain/calendar/date-range';
import { isAnswer, loadGround, toGroundAnswer, toOwnHref } from '../../presentation/frame/page-context';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { readNumber } from '../../presentation/filter/page-parameters';
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
  const { repository, workspace, filter } = ground;
  if (repository === null) {
    return { kind: 'not-found' };
  }
  const { reporting } = dependencies;
  const whenever = { ...filter, from: earliestDate, to: latestDate, teams: [] };
  const [timeLine, { items: incidents }] = await Promise.all([
    reporting.loadTimeLine(workspace, repository.uuid, number),
    reporting.loadIncidents(workspace, whenever, { limit: Number.MAX_SAFE_INTEGER, cursor: null }),
  ]);
  if (timeLine === null) {
    return { kind: 'not-found' };
  }
  const view = toPullRequestView({ timeLine, incidents }, ground, dependencies.links);
  return { ...toGroundAnswer(ground, 'pull-request', view), address: toOwnHref(ground) };
}
