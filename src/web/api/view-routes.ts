import { mostSavedViews } from '../../domain/views/saved-view';
import type { Administration } from '../../administration/administration';
import type { Reporting } from '../../reporting/reporting';
import { checkNewView, checkQuery, mayDelete, mayKeep, mayManage, toUsualQuery } from '../presentation/frame/keep-view';
import { keepWords } from '../presentation/frame/keep-words';
import type { AdministratorCheck } from '../routing/web-dependencies';
import { refuse, type AnswerApi, type ApiAnswer } from './api-answer';
import type { ApiRoute } from './api-route';
import { openFor } from './filtered-answers';
import { keptView, newDefault, newView } from './view-schemas';
import { parseViewPage, toPlace } from '../presentation/frame/view-pages';

interface ViewNeeds {
  readonly reporting: Pick<Reporting, 'open'>;
  readonly administration: Pick<Administration, 'saveView' | 'deleteView' | 'saveUsualView' | 'saveLastView'>;
  readonly administrators: Pick<AdministratorCheck, 'confirm'>;
}

/** Views that a workspace keeps under a name, the default one, and what the holder of a session saw last. */
export function listViewRoutes(needs: ViewNeeds): ApiRoute[] {
  return [
    {
      ...{ method: 'get', path: '/views', operationId: 'listViews', answers: 'Views' },
      summary: 'The saved views that the caller may see, and the default.',
      answer: createList(needs),
    },
    {
      ...{ method: 'post', path: '/views', operationId: 'saveView', answers: 'ViewAnswer', takes: 'NewView' },
      summary: 'Saves a view under a name. Needs a session of somebody known, or a read-write token.',
      answer: createSave(needs),
    },
    {
      ...{ method: 'delete', path: '/views', operationId: 'deleteView', answers: 'ViewAnswer' },
      summary: 'Deletes the view of the given id: by whoever saved it, or by an administrator.',
      answer: createDelete(needs),
    },
    {
      ...{ method: 'put', path: '/views/last', operationId: 'keepLastView', answers: 'ViewAnswer', takes: 'KeptView' },
      summary: 'Remembers what the holder of the session sees, for pages that are opened without any choice.',
      answer: createKeepLast(needs),
    },
    {
      ...{ method: 'put', path: '/views/default', operationId: 'setDefaultView', answers: 'ViewAnswer' },
      ...{ takes: 'NewDefaultView', summary: 'What pages show without any choice. For administrators.' },
      answer: createSetDefault(needs),
    },
  ];
}

const forbid = (detail: string): ApiAnswer => ({ kind: 'problem', status: 403, detail });
const say = (said: string, id?: string): ApiAnswer => ({
  kind: 'json',
  body: id === undefined ? { said } : { said, id },
});
const refuseBody = (): ApiAnswer =>
  refuse([{ name: 'body', value: '', message: 'The body is not as the description of the API says.' }]);

function createList({ reporting, administrators }: ViewNeeds): AnswerApi {
  return async ({ caller }) => {
    const { views } = await openFor({ caller }, reporting.open);
    const isManager = await mayManage(caller, administrators);
    const isOwn = ({ query }: { readonly query: string }) =>
      caller.repositoryUuid === null || new URLSearchParams(query).get('repository') === caller.repositoryUuid;
    const items = views.saved.filter(isOwn).map((view) => ({
      ...{ id: view.id, name: view.name, page: parseViewPage(view.page) ?? 'workspace', query: view.query },
      can_delete: mayDelete(caller, view, isManager),
    }));
    return { kind: 'json', body: { items, default_query: views.usual } };
  };
}

function createSave({ reporting, administration }: ViewNeeds): AnswerApi {
  return async ({ caller, body }) => {
    if (!mayKeep(caller)) return forbid(keepWords.nobody);
    const parsed = newView.safeParse(body);
    if (!parsed.success) return refuseBody();
    const checked = checkNewView(parsed.data, caller, await openFor({ caller }, reporting.open));
    if ('problems' in checked) return refuse(checked.problems);
    const { name } = checked;
    const saved = await administration.saveView(caller.workspace, { ...checked, madeBy: caller.viewer ?? null });
    if (typeof saved !== 'string') return say(keepWords.savedText(name), saved.id);
    const message = saved === 'taken' ? keepWords.taken : keepWords.tooMany(mostSavedViews);
    return refuse([{ name: 'name', value: name, message }]);
  };
}

function createDelete({ reporting, administration, administrators }: ViewNeeds): AnswerApi {
  return async ({ caller, query }) => {
    const { views } = await openFor({ caller }, reporting.open);
    const view = views.saved.find(({ id }) => id === query['id']?.at(-1));
    if (view === undefined) return { kind: 'not-found' };
    if (!mayDelete(caller, view, await mayManage(caller, administrators))) return forbid(keepWords.notYours);
    const isDeleted = await administration.deleteView(caller.workspace, view.id);
    return isDeleted ? say(keepWords.deletedTitle) : { kind: 'not-found' };
  };
}

function createKeepLast({ reporting, administration }: ViewNeeds): AnswerApi {
  return async ({ caller, body }) => {
    const { workspace, viewer = null } = caller;
    if (viewer === null) return forbid(keepWords.nobody);
    const parsed = keptView.safeParse(body);
    if (!parsed.success) return refuseBody();
    const checked = checkQuery(parsed.data.query, caller, await openFor({ caller }, reporting.open));
    if ('problems' in checked) return refuse(checked.problems);
    const { query, labels, repository } = checked;
    await administration.saveLastView({ workspace, viewer, place: toPlace(repository) }, { query, labels });
    return say('');
  };
}

function createSetDefault({ reporting, administration, administrators }: ViewNeeds): AnswerApi {
  return async ({ caller, body }) => {
    if (!(await mayManage(caller, administrators))) return forbid(keepWords.notManager);
    const parsed = newDefault.safeParse(body);
    if (!parsed.success) return refuseBody();
    const { query } = parsed.data;
    const checked = query === null ? null : checkQuery(query, caller, await openFor({ caller }, reporting.open));
    if (checked !== null && 'problems' in checked) return refuse(checked.problems);
    const usual = checked === null ? null : toUsualQuery(checked);
    await administration.saveUsualView(caller.workspace, usual, caller.viewer ?? null);
    return say(keepWords.usualTitle);
  };
}
