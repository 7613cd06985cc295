import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { toOpenPullRequestsCsv } from '../../../reporting/csv/rows-csv';
import { findState } from '../../presentation/frame/look-beyond';
import { isAnswer, loadPageContext, buildPageAnswer, type OpenedPage } from '../../presentation/frame/page-context';
import { buildBadRequest } from '../../presentation/frame/message-page';
import type { PageParameters } from '../../presentation/filter/page-filter';
import {
  toCsvAnswer,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { openRows } from '../../presentation/rows/row-kinds';
import { readPageOfList } from '../../presentation/format/paging';
import { findLongestWait } from './longest-wait';
import {
  listParts,
  pickItems,
  buildWorkInProgressView,
  workInProgressKeys,
  type ListChoice,
  type WorkInProgressMaterial,
} from './work-in-progress-view';

/** The pull requests open now, of a workspace or of one repository. */
export async function answerWorkInProgress(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const choice = readChoice(request.parameters);
  if ('name' in choice) {
    return buildBadRequest([choice], dependencies.links.page('workInProgress'));
  }
  const { show, age, page } = choice;
  const own = { show, age: age === null ? null : String(age), page: page === 1 ? null : String(page) };
  const kind = { name: 'workInProgress', sortKeys: workInProgressKeys, own } as const;
  const pageContext = await loadPageContext(request, dependencies, kind);
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const report = pageContext.snapshot.computeWorkInProgress(pageContext.filter);
  if (readOne(request.parameters, 'format') === 'csv') {
    return toCsvAnswer('work-in-progress.csv', [toOpenPullRequestsCsv(pickItems(report, choice))]);
  }
  const material = { pageContext, report, choice, ...(await lookFurther(pageContext, report)) };
  const view = buildWorkInProgressView(material, dependencies.links);
  return buildPageAnswer(pageContext, 'work-in-progress', view);
}

function readChoice(parameters: PageParameters): ListChoice | QueryProblem {
  const show = readOne(parameters, 'show');
  const age = readOne(parameters, 'age');
  const part = listParts.find((one) => one === show) ?? null;
  if (show !== null && part === null) {
    return { name: 'show', value: show, message: `Parts of this list are ${listParts.join(', ')}.` };
  }
  if (age !== null && !/^\d{1,2}$/u.test(age)) {
    return { name: 'age', value: age, message: 'An age is the position of a bar, from 0.' };
  }
  const page = readPageOfList(readOne(parameters, 'page'));
  return typeof page === 'number' ? { show: part, age: age === null ? null : Number(age), page } : page;
}

/** What the sentence about the longest wait needs, or why nothing is open. */
async function lookFurther(
  pageContext: OpenedPage,
  { items }: WorkInProgressMaterial['report'],
): Promise<Pick<WorkInProgressMaterial, 'timeLine' | 'state'>> {
  const longest = findLongestWait(items);
  const { snapshot } = pageContext;
  return {
    timeLine: longest === null ? null : await snapshot.readTimeLine(longest.system.uuid, longest.id),
    state: await findState(pageContext, { kind: openRows, found: items.length }),
  };
}
