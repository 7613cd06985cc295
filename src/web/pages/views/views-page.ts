import { mostSavedViews } from '../../../domain/views/saved-view';
import type { Snapshot } from '../../../reporting/snapshot';
import { readOne, readText } from '../../presentation/filter/page-parameters';
import { noAction, refuse, refuseAtOnce, succeed, type ActionResult } from '../../presentation/forms/form-action';
import type { FormRequest, PageAnswer, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { showPage } from '../../presentation/frame/show-page';
import {
  checkNewView,
  checkQuery,
  mayDelete,
  mayKeep,
  mayManage,
  toUsualQuery,
} from '../../presentation/frame/keep-view';
import { keepWords } from '../../presentation/frame/keep-words';
import { formatUsual } from '../../presentation/frame/view-menu';
import { parseViewPage } from '../../presentation/frame/view-pages';
import { buildViewsView } from './views-view';

/** The views that are kept: what the menu beside a title does, for browsers without scripts, and what it has no room for. */
export async function answerViews(request: FormRequest, dependencies: RoomsDependencies): Promise<PageAnswer> {
  const { caller, parameters } = request;
  const open = () => dependencies.reporting.open(caller.workspace, caller.sight.repositories);
  const isManager = await mayManage(caller, dependencies.administrators);
  const action = request.isPost ? (readOne(parameters, 'action') ?? '') : '';
  const result = await act({ action, isManager, snapshot: await open(), request }, dependencies);
  const snapshot = await open();
  const asked = readOne(parameters, 'query');
  const checked = asked === null ? null : checkQuery(asked, caller, snapshot);
  const view = buildViewsView({
    ...{ result, snapshot, isManager, caller },
    links: dependencies.links,
    choice: checked === null || 'problems' in checked ? null : checked,
    page: parseViewPage(readOne(parameters, 'page') ?? '') ?? 'workspace',
  });
  const address = dependencies.links.page('views', { query: asked, page: readOne(parameters, 'page') });
  return showPage('views', view, { address, live: null });
}

interface Act {
  readonly action: string;
  readonly isManager: boolean;
  readonly snapshot: Snapshot;
  readonly request: FormRequest;
}

const actions = { save, delete: remove, 'make-default': makeUsual, 'built-in': makeUsual } as const;

async function act(wish: Act, dependencies: RoomsDependencies): Promise<ActionResult> {
  const found = Object.entries(actions).find(([name]) => name === wish.action);
  return found === undefined ? noAction : found[1](wish, dependencies);
}

export const saveForm = 'save-view';

async function save(
  { request: { caller, parameters }, snapshot }: Act,
  { administration }: RoomsDependencies,
): Promise<ActionResult> {
  const refused = (message: string) =>
    refuse(keepWords.refusedTitle, { form: saveForm, parameters, problems: { name: message } });
  if (!mayKeep(caller)) return refuseAtOnce(keepWords.refusedTitle, keepWords.nobody);
  const typed = { name: readText(parameters, 'name'), page: readText(parameters, 'page') };
  const checked = checkNewView({ ...typed, query: readText(parameters, 'query') }, caller, snapshot);
  if ('problems' in checked) return refused(checked.problems[0]?.message ?? '');
  const saved = await administration.saveView(caller.workspace, { ...checked, madeBy: caller.viewer ?? null });
  if (typeof saved === 'string') {
    return refused(saved === 'taken' ? keepWords.taken : keepWords.tooMany(mostSavedViews));
  }
  return succeed(keepWords.savedTitle, keepWords.savedText(checked.name));
}

async function remove(
  { request: { caller, parameters }, snapshot, isManager }: Act,
  { administration }: RoomsDependencies,
): Promise<ActionResult> {
  const view = snapshot.views.saved.find(({ id }) => id === readOne(parameters, 'id'));
  if (view === undefined) return refuseAtOnce(keepWords.goneTitle, keepWords.goneText);
  if (!mayDelete(caller, view, isManager)) return refuseAtOnce(keepWords.goneTitle, keepWords.notYours);
  const isDeleted = await administration.deleteView(caller.workspace, view.id);
  return isDeleted
    ? succeed(keepWords.deletedTitle, keepWords.deletedText)
    : refuseAtOnce(keepWords.goneTitle, keepWords.goneText);
}

async function makeUsual(
  { action, request: { caller, parameters }, snapshot, isManager }: Act,
  { administration }: RoomsDependencies,
): Promise<ActionResult> {
  if (!isManager) return refuseAtOnce(keepWords.refusedTitle, keepWords.notManager);
  const checked = checkQuery(action === 'built-in' ? '' : readText(parameters, 'query'), caller, snapshot);
  if ('problems' in checked) return refuseAtOnce(keepWords.refusedTitle, checked.problems[0]?.message ?? '');
  const query = action === 'built-in' ? null : toUsualQuery(checked);
  await administration.saveUsualView(caller.workspace, query, caller.viewer ?? null);
  return succeed(keepWords.usualTitle, keepWords.usualText(formatUsual(query)));
}
