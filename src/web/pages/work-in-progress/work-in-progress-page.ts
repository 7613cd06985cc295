import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { toOpenWaitsCsv } from '../../../reporting/csv/open-waits-csv';
import { findState } from '../../presentation/frame/look-beyond';
import { isAnswer, loadPageContext, buildPageAnswer } from '../../presentation/frame/page-context';
import { buildRowEditing } from '../../presentation/frame/row-editing-context';
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
import { listParts, pickOwn, pickPart, type ListChoice } from './pick-waits';
import { buildWorkInProgressView, workInProgressKeys } from './work-in-progress-view';
import { whoseKinds, words } from './words';

/** The pull requests open now, of a workspace or of one repository. */
export async function answerWorkInProgress(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const viewer = request.caller.userUuid;
  const choice = readChoice(request.parameters, viewer);
  if ('name' in choice) {
    return buildBadRequest([choice], dependencies.links.page('workInProgress'));
  }
  const kind = { name: 'workInProgress', sortKeys: workInProgressKeys, own: toOwn(choice) } as const;
  const pageContext = await loadPageContext(request, dependencies, kind);
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const { snapshot, filter } = pageContext;
  const found = snapshot.findOpenWaits(filter);
  if (readOne(request.parameters, 'format') === 'csv') {
    const waits = pickPart(pickOwn(found.waits, choice.whose, viewer), choice.show);
    return toCsvAnswer('work-in-progress.csv', [toOpenWaitsCsv(waits)]);
  }
  const report = snapshot.tellCompleteness();
  const state = await findState(pageContext, { kind: openRows, found: found.waits.length });
  const editing = buildRowEditing(request, { pageContext }, dependencies.links);
  const material = { pageContext, report, found, viewer, state, choice, editing };
  return buildPageAnswer(pageContext, 'work-in-progress', buildWorkInProgressView(material, dependencies.links));
}

/** The choice as the page's own parameters, for its links. */
function toOwn({ show, whose, isTable, page }: ListChoice): Readonly<Record<string, string | null>> {
  return {
    show,
    whose: whose === 'everybody' ? null : whose,
    columns: isTable ? 'all' : null,
    page: page === 1 ? null : String(page),
  };
}

function readChoice(parameters: PageParameters, viewer: string | null): ListChoice | QueryProblem {
  const show = readOne(parameters, 'show');
  const part = listParts.find((one) => one === show) ?? null;
  if (show !== null && part === null) {
    return { name: 'show', value: show, message: words.showProblem(listParts) };
  }
  const whose = readWhose(parameters, viewer);
  if (typeof whose !== 'string') return whose;
  const columns = readOne(parameters, 'columns');
  if (columns !== null && columns !== 'all') {
    return { name: 'columns', value: columns, message: words.columnsProblem };
  }
  const page = readPageOfList(readOne(parameters, 'page'));
  return typeof page === 'number' ? { show: part, whose, isTable: columns === 'all', page } : page;
}

/** What is somebody's is asked for in vain where nobody tells who asks. */
function readWhose(parameters: PageParameters, viewer: string | null): ListChoice['whose'] | QueryProblem {
  const text = readOne(parameters, 'whose') ?? 'everybody';
  const whose = whoseKinds.find((one) => one === text);
  if (whose === undefined) return { name: 'whose', value: text, message: words.whoseProblem };
  return whose === 'everybody' || viewer !== null ? whose : { name: 'whose', value: text, message: words.whoseUnknown };
}
