import {
  presentAccount,
  presentGroup,
  presentMembership,
  presentPrincipal,
  presentWorkspace,
  presentWorkspaceRef,
  type Json,
} from '../present/account';
import { presentBranch, presentRepository, fullNameOf } from '../present/repository';
import { presentCommit } from '../present/commit';
import { findPlace, findWorkspace, ok, type Call, type Reply, type Route } from './call';
import { Refusal } from './refusal';
import { replyPage } from './paging';
import { parseQuery, sortBy, type FieldReader } from './query-language';
import type { Account, Repository, Workspace } from '../world/model';

/** People, workspaces, repositories, branches and the groups of API 1.0. */
export const workspaceRoutes: readonly Route[] = [
  { template: '2.0/user', answer: (call) => ok(presentPrincipal(call.addresses, call.workspace)) },
  { template: '2.0/user/workspaces', answer: listOwnWorkspaces },
  { template: '2.0/workspaces/:workspace', answer: showWorkspace },
  { template: '2.0/workspaces/:workspace/members', answer: listMembers },
  { template: '2.0/workspaces/:workspace/permissions', answer: listPermissions },
  { template: '2.0/repositories/:workspace', answer: listRepositories },
  { template: '2.0/repositories/:workspace/:repository', answer: showRepository },
  { template: '2.0/repositories/:workspace/:repository/refs/branches', answer: listBranches },
  { template: '2.0/repositories/:workspace/:repository/refs/branches/*', answer: showBranch },
  { template: '1.0/groups/:workspace', answer: listGroups },
];

/** The removed cross-workspace lists answer 410. */
export const goneTemplates: readonly string[] = [
  '2.0/workspaces',
  '2.0/repositories',
  '2.0/user/permissions/workspaces',
  '2.0/user/permissions/repositories',
];

function listOwnWorkspaces(call: Call): Reply {
  const present = (workspace: Workspace): Json => ({
    type: 'workspace_access',
    administrator: true,
    workspace: { ...presentWorkspaceRef(call.addresses, workspace), type: 'workspace_base' },
  });
  return ok(replyPage(call, { items: [call.workspace], present }));
}

/** A public workspace answers anyone: reading it proves nothing. */
function showWorkspace(call: Call): Reply {
  const name = call.params['workspace'] ?? '';
  const found = call.world.workspaces.find(({ uuid, slug }) => uuid === name.toLowerCase() || slug === name);
  if (found === undefined || (found.isPrivate && found !== call.workspace)) {
    throw new Refusal(404, `No workspace with identifier '${name}'.`);
  }
  return ok(presentWorkspace(call.addresses, found));
}

function membersOf(workspace: Workspace): Account[] {
  return [...workspace.people.values()].filter(({ isFormer }) => !isFormer);
}

function listMembers(call: Call): Reply {
  const workspace = findWorkspace(call);
  const present = (account: Account): Json => presentMembership(call.addresses, workspace, account);
  return ok(replyPage(call, { items: filterMembers(call, workspace), present }));
}

function listPermissions(call: Call): Reply {
  const workspace = findWorkspace(call);
  const present = (account: Account): Json => ({
    ...presentMembership(call.addresses, workspace, account),
    permission: permissionOf(workspace, account),
    added_on: '2018-10-11T17:42:02.961424+00:00',
    last_accessed: '2026-11-07T12:35:02.900024+00:00',
    user: presentAccount(call.addresses, account),
  });
  return ok(replyPage(call, { items: filterMembers(call, workspace), present }));
}

function permissionOf(workspace: Workspace, account: Account): string {
  return workspace.administratorUuids.includes(account.uuid) ? 'owner' : 'member';
}

function filterMembers(call: Call, workspace: Workspace): Account[] {
  const query = call.query.get('q');
  const read: FieldReader<Account> = (account, field) => {
    const fields: Record<string, string> = {
      permission: permissionOf(workspace, account),
      'user.uuid': account.uuid,
      'user.email': account.email,
    };
    return fields[field];
  };
  return query === null ? membersOf(workspace) : membersOf(workspace).filter(parseQuery(query, read));
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
  const workspace = findWorkspace(call);
  const query = call.query.get('q');
  const all = [...workspace.repositories.values()];
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

/** API 1.0: a bare list, by slug alone, for administrators alone. */
function listGroups(call: Call): Reply {
  if (call.params['workspace'] !== call.workspace.slug) {
    throw new Refusal(404, 'Not Found');
  }
  if (!call.workspace.areGroupsReadable) {
    throw new Refusal(403, 'Your credentials lack one or more required privilege scopes.');
  }
  return ok(call.workspace.groups.map((group) => presentGroup(call.workspace, group)));
}
