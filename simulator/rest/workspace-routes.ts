import { presentWorkspace, type Json } from '../present/account';
import { presentBranch, presentRepository, fullNameOf } from '../present/repository';
import { presentCommit } from '../present/commit';
import { isListed, type Caller } from './caller';
import { findPlace, findVisibleWorkspace, ok, type Call, type Reply, type Route } from './call';
import { checkScopes } from './needs';
import { Refusal } from './refusal';
import { replyPage } from './paging';
import { parseQuery, sortBy, type FieldReader } from './query-language';
import type { Repository } from '../world/model';

const repository = '2.0/repositories/:workspace/:repository';

/** Workspaces, repositories, their branches and deployments. */
export const workspaceRoutes: readonly Route[] = [
  { template: '2.0/workspaces/:workspace', needs: 'nothing', answer: showWorkspace },
  { template: '2.0/repositories/:workspace', needs: 'repository', answer: listRepositories },
  { template: repository, needs: 'repository', answer: showRepository },
  { template: `${repository}/refs/branches`, needs: 'repository', answer: listBranches },
  { template: `${repository}/refs/branches/*`, needs: 'repository', answer: showBranch },
  { template: `${repository}/deployments`, needs: 'pipelines', answer: listDeployments },
];

/** The removed cross-workspace lists answer 410. */
export const goneTemplates: readonly string[] = [
  '2.0/workspaces',
  '2.0/repositories',
  '2.0/user/permissions/workspaces',
  '2.0/user/permissions/repositories',
];

/** A public workspace answers anyone: reading it proves nothing. */
function showWorkspace(call: Call): Reply {
  const { caller } = call;
  const workspace = findVisibleWorkspace(call);
  const mayAsNarrow = isNarrow(caller) && workspace.habits.workspaceForNarrowTokens === 'shown';
  if (!mayAsNarrow) checkScopes(caller, 'workspace');
  return ok(presentWorkspace(call.addresses, workspace));
}

/** Tokens of a project or repository cannot have the scope of a workspace. */
function isNarrow(caller: Caller): boolean {
  return caller.kind === 'access_token' && caller.reach.kind !== 'workspace';
}

function readRepositoryField(repository: Repository, field: string): string | number | boolean | undefined {
  const fields: Record<string, string | number | boolean> = {
    uuid: repository.uuid,
    slug: repository.slug,
    name: repository.name,
    is_private: repository.isPrivate,
    created_on: repository.createdAt,
    updated_on: repository.updatedAt,
  };
  return fields[field];
}

function listRepositories(call: Call): Reply {
  const workspace = findVisibleWorkspace(call);
  const query = call.query.get('q');
  const all = [...workspace.repositories.values()].filter((one) => isListed(call.caller, workspace, one));
  const filtered = query === null ? all : all.filter(parseQuery(query, readRepositoryField));
  const items = sortBy(filtered, call.query.get('sort') ?? 'created_on', readRepositoryField);
  const present = (repository: Repository): Json => presentRepository(call.addresses, workspace, repository);
  return ok(replyPage(call, { items, present }));
}

function showRepository(call: Call): Reply {
  const { workspace, repository } = findPlace(call);
  return ok(presentRepository(call.addresses, workspace, repository));
}

function toBranch(call: Call, name: string, hash: string): Json[] {
  const place = findPlace(call);
  const commit = place.repository.commits.get(hash);
  const fullName = fullNameOf(place.workspace, place.repository);
  const { strategy } = place.repository;
  return commit === undefined
    ? []
    : [presentBranch(call.addresses, fullName, { name, strategy, target: presentCommit(place, commit) })];
}

function listBranches(call: Call): Reply {
  const { repository } = findPlace(call);
  const query = call.query.get('q');
  const read: FieldReader<[string, string]> = ([name], field) => (field === 'name' ? name : undefined);
  const all = [...repository.branches.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  const items = (query === null ? all : all.filter(parseQuery(query, read))).flatMap(([name, hash]) =>
    toBranch(call, name, hash),
  );
  return ok(replyPage(call, { items, present: (branch) => branch }));
}

function showBranch(call: Call): Reply {
  const name = call.params['*'] ?? '';
  const hash = findPlace(call).repository.branches.get(name);
  const branch = hash === undefined ? undefined : toBranch(call, name, hash)[0];
  if (branch === undefined) {
    throw new Refusal(404, `Branch ${name} not found`);
  }
  return ok(branch);
}

/** Nobody deploys here by pipelines. */
function listDeployments(call: Call): Reply {
  findPlace(call);
  return ok(replyPage(call, { items: [], present: (item) => item }));
}
