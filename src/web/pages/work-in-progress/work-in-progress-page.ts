import type { QueryProblem } from '../../../reporting/delivery-filter';
import { toOpenPullRequestsCsv } from '../../../reporting/reviews/reviews-csv';
import { isAnswer, loadGround, toGroundAnswer, toOwnHref, type PageGround } from '../ground/page-ground';
import { toBadRequest } from '../message-page';
import type { PageParameters } from '../overview/overview-query';
import type { PageAnswer, PageRequest, PagesDependencies } from '../page-dependencies';
import { readOne } from '../page-parameters';
import { readPageOfList } from '../words/paging';
import { findLongestWait } from './longest-wait';
import {
  listParts,
  pickItems,
  toWorkInProgressView,
  workInProgressKeys,
  type ListChoice,
  type WorkInProgressMaterial,
} from './work-in-progress-view';

/** The pull requests open now, of a workspace or of one repository. */
export async function answerWorkInProgress(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const choice = readChoice(request.parameters);
  if ('name' in choice) {
    return toBadRequest([choice], dependencies.links.page('workInProgress'));
  }
  const { show, age, page } = choice;
  const own = { show, age: age === null ? null : String(age), page: page === 1 ? null : String(page) };
  const kind = { name: 'workInProgress', sortKeys: workInProgressKeys, own } as const;
  const ground = await loadGround(request, dependencies, kind);
  if (isAnswer(ground)) {
    return ground;
  }
  const report = await dependencies.reporting.loadWorkInProgress(ground.workspace, ground.filter);
  if (readOne(request.parameters, 'format') === 'csv') {
    const text = toOpenPullRequestsCsv(pickItems(report, choice));
    return { kind: 'csv', fileName: 'work-in-progress.csv', text };
  }
  const material = { ground, report, choice, ...(await lookFurther(ground, dependencies, report)) };
  const view = toWorkInProgressView(material, dependencies.links);
  return { ...toGroundAnswer(ground, 'work-in-progress', view), address: toOwnHref(ground) };
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

type Further = Pick<WorkInProgressMaterial, 'timeLine' | 'unfiltered' | 'hasHistory'>;

/** What the sentence about the longest wait needs, or why nothing is open. */
async function lookFurther(
  { workspace, filter, repository }: PageGround,
  { reporting }: PagesDependencies,
  { items }: WorkInProgressMaterial['report'],
): Promise<Further> {
  const longest = findLongestWait(items);
  if (longest !== null) {
    const timeLine = await reporting.loadTimeLine(workspace, longest.system.uuid, longest.id);
    return { timeLine, unfiltered: items.length, hasHistory: true };
  }
  const all = { ...filter, systems: repository === null ? [] : [repository.uuid], teams: [] };
  const [open, merged] = await Promise.all([
    reporting.loadWorkInProgress(workspace, all),
    reporting.loadMergedPullRequests(workspace, { ...all, from: '2000-01-01' }, { limit: 1, cursor: null }),
  ]);
  return { timeLine: null, unfiltered: open.items.length, hasHistory: merged.items.length > 0 };
}
