import { presentHook, toHooksPath, type HookSubject } from '../present/hook';
import { uuidOf } from '../world/random';
import { administers, hasRight } from './caller';
import { findAdministered, findPlace, ok, type Call, type Reply, type Route } from './call';
import { hookEvents, type HookEvent } from './hook-events';
import { readHookChange } from './read-hook';
import { replyPage } from './paging';
import { Refusal } from './refusal';
import type { Json } from '../present/account';
import type { Hook } from '../world/model';

const ofWorkspace = '2.0/workspaces/:workspace/hooks';
const ofRepository = '2.0/repositories/:workspace/:repository/hooks';

function routesOf(template: string, findSubject: (call: Call) => HookSubject): Route[] {
  const single = `${template}/:hook`;
  const answering = (answer: (call: Call, subject: HookSubject) => Reply) => (call: Call) =>
    answer(call, findSubject(call));
  return [
    { template, needs: 'hooks', answer: answering(listHooks) },
    { template, methods: ['POST'], needs: 'makingHooks', answer: answering(makeHook) },
    { template: single, needs: 'hooks', answer: answering((call, subject) => show(subject, findHook(call, subject))) },
    { template: single, methods: ['PUT'], needs: 'makingHooks', answer: answering(changeHook) },
    { template: single, methods: ['DELETE'], needs: 'deletingHooks', answer: answering(deleteHook) },
  ];
}

/** Webhooks of workspaces and repositories, and the events they may be told. */
export const hookRoutes: readonly Route[] = [
  { template: '2.0/hook_events', needs: 'nothing', answer: showSubjectTypes },
  { template: '2.0/hook_events/:subject', needs: 'nothing', answer: listEvents },
  ...routesOf(ofWorkspace, findWorkspaceSubject),
  ...routesOf(ofRepository, findRepositorySubject),
];

const subjectTypes = ['repository', 'workspace'];

function showSubjectTypes({ addresses }: Call): Reply {
  const toEvents = (type: string): Json => ({
    links: { events: { href: `${addresses.base}/2.0/hook_events/${type}` } },
  });
  return ok(Object.fromEntries(subjectTypes.map((type) => [type, toEvents(type)])));
}

function listEvents(call: Call): Reply {
  if (!subjectTypes.includes(call.params['subject'] ?? '')) {
    throw new Refusal(404, `No such subject type: ${call.params['subject'] ?? ''}`);
  }
  const present = (event: HookEvent): Json => ({ ...event });
  return ok(replyPage(call, { items: hookEvents, present, defaultLength: 30 }));
}

/** For owners of the workspace: the right scope without the right is refused. */
function findWorkspaceSubject(call: Call): HookSubject {
  return { addresses: call.addresses, workspace: findAdministered(call), repository: null };
}

function findRepositorySubject(call: Call): HookSubject {
  const place = findPlace(call);
  if (!hasRight(call.caller, place, 'admin') && !administers(call.caller, place.workspace)) {
    throw new Refusal(403, 'You do not have access to the webhooks of this repository.');
  }
  return place;
}

function hooksOf({ workspace, repository }: HookSubject): Hook[] {
  const uuid = repository?.uuid ?? null;
  return workspace.hooks.all.filter(({ repositoryUuid }) => repositoryUuid === uuid);
}

function findHook(call: Call, subject: HookSubject): Hook {
  const wanted = (call.params['hook'] ?? '').toLowerCase();
  const found = hooksOf(subject).find(({ uuid }) => uuid === wanted || uuid === `{${wanted}}`);
  if (found === undefined) {
    throw new Refusal(404, `No webhook ${call.params['hook'] ?? ''}`);
  }
  return found;
}

function show(subject: HookSubject, hook: Hook): Reply {
  return ok(presentHook(subject, hook));
}

function listHooks(call: Call, subject: HookSubject): Reply {
  return ok(replyPage(call, { items: hooksOf(subject), present: (hook) => presentHook(subject, hook) }));
}

const mostHooks = 50;

function makeHook(call: Call, subject: HookSubject): Reply {
  const { workspace, repository } = subject;
  const { url, events, ...rest } = readHookChange(call);
  if (url === undefined || events === undefined) {
    const missing = url === undefined ? 'url' : 'events';
    throw new Refusal(400, 'Bad request', { fields: { [missing]: ['This field is required.'] } });
  }
  if (repository !== null && hooksOf(subject).length >= mostHooks) {
    throw new Refusal(400, `A repository cannot have more than ${mostHooks} webhooks.`);
  }
  workspace.hooks.made += 1;
  const uuid = uuidOf(`webhook ${workspace.uuid} ${workspace.hooks.made}`);
  const made = { uuid, repositoryUuid: repository?.uuid ?? null, createdAt: call.clock.now(), url, events };
  const hook: Hook = { description: '', isActive: true, secret: null, ...made, ...rest };
  workspace.hooks.all.push(hook);
  const location = `${call.addresses.base}/2.0/${toHooksPath(subject)}/${encodeURIComponent(uuid)}`;
  return { status: 201, body: presentHook(subject, hook), headers: { location } };
}

/** What is not mentioned stays, the secret above all. */
function changeHook(call: Call, subject: HookSubject): Reply {
  const hook = findHook(call, subject);
  return show(subject, Object.assign(hook, readHookChange(call)));
}

function deleteHook(call: Call, subject: HookSubject): Reply {
  const hook = findHook(call, subject);
  const { hooks } = subject.workspace;
  hooks.all = hooks.all.filter((one) => one !== hook);
  return { status: 204, body: '' };
}
