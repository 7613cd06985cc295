import { isAnswer, loadPageContext, buildPageAnswer } from '../../presentation/frame/page-context';
import type { PageAnswer, PageRequest, PagesDependencies } from '../../presentation/frame/page-dependencies';
import { buildRowEditing } from '../../presentation/frame/row-editing-context';
import { readNumber } from '../../presentation/filter/page-parameters';
import { listIncidentsWhenever } from '../../presentation/rows/list-by-incident';
import { buildEdits } from './edits-view';
import { buildPullRequestView } from './pull-request-view';

/** The time line of one pull request; what is not there, or not the caller's, is not found. */
export async function answerPullRequest(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const number = readNumber(request.parameters, 'number');
  if (number === null) {
    return { kind: 'not-found' };
  }
  const own = { number: String(number) };
  const pageContext = await loadPageContext(request, dependencies, { name: 'pullRequest', own });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const { repository, snapshot, filter } = pageContext;
  if (repository === null) {
    return { kind: 'not-found' };
  }
  const timeLine = await snapshot.readTimeLine(repository.uuid, number);
  if (timeLine === null) {
    return { kind: 'not-found' };
  }
  const incidents = listIncidentsWhenever(snapshot, filter);
  const view = buildPullRequestView({ timeLine, incidents }, pageContext, dependencies.links);
  const editing = buildRowEditing(request, { pageContext }, dependencies.links);
  const edited = { ...view, editing, ...buildEdits({ timeLine, incidents }, pageContext, editing) };
  return buildPageAnswer(pageContext, 'pull-request', edited);
}
