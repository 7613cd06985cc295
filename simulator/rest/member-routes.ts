import { presentAccount, presentGroup, presentMembership, type Json } from '../present/account';
import { presentRight } from '../present/rights';
import { findRight, isMember, isOwner } from '../world/rights';
import { administers, isPerson } from './caller';
import { findAdministered, findRepository, findWorkspace, ok, type Call, type Reply, type Route } from './call';
import { Refusal } from './refusal';
import { replyPage } from './paging';
import { parseQuery, sortBy, type FieldReader } from './query-language';
import type { Account, Repository, RepositoryRight, Workspace } from '../world/model';

const base = '2.0/workspaces/:workspace';
const isClosedToAccessTokens = true;

/** Members of a workspace, their rights, and the groups of API 1.0. */
export const memberRoutes: readonly Route[] = [
  { template: `${base}/members`, needs: 'workspace', answer: listMembers },
  { template: `${base}/permissions`, needs: 'workspace', isClosedToAccessTokens, answer: listRoles },
  { template: `${base}/permissions/repositories`, needs: 'rights', isClosedToAccessTokens, answer: listRights },
  {
    template: `${base}/permissions/repositories/:repository`,
    needs: 'rights',
    isClosedToAccessTokens,
    answer: listRights,
  },
  { template: '1.0/groups/:workspace', needs: 'workspace', isClosedToAccessTokens, answer: listGroups },
];

function membersOf(workspace: Workspace): Account[] {
  return [...workspace.people.values()].filter(({ uuid }) => isMember(workspace, uuid));
}

/** E-mail addresses that were asked for, and only those, may be shown. */
function listMembers(call: Call): Reply {
  const workspace = findWorkspace(call);
  const isByEmail = /\buser\.email\b/u.test(call.query.get('q') ?? '');
  const present = (account: Account): Json => {
    const shown = presentMembership(call.addresses, workspace, account);
    const { email } = account;
    return isByEmail ? { ...shown, user: { ...presentAccount(call.addresses, account), email } } : shown;
  };
  return ok(replyPage(call, { items: filterMembers(call, workspace), present }), ['values.user.email']);
}

function listRoles(call: Call): Reply {
  const workspace = findWorkspace(call);
  const present = (account: Account): Json => ({
    ...presentMembershipWithRole(call, workspace, account),
    added_on: '2018-10-11T17:42:02.961424+00:00',
    last_accessed: '2026-11-07T12:35:02.900024+00:00',
  });
  return ok(replyPage(call, { items: filterMembers(call, workspace), present }));
}

function roleOf(workspace: Workspace, account: Account): string {
  return isOwner(workspace, account.uuid) ? 'owner' : 'member';
}

export function presentMembershipWithRole(call: Call, workspace: Workspace, account: Account): Json {
  return { ...presentMembership(call.addresses, workspace, account), permission: roleOf(workspace, account) };
}

const mostEmails = 90;

function filterMembers(call: Call, workspace: Workspace): Account[] {
  const query = call.query.get('q');
  const mayAskEmails = administers(call.caller, workspace);
  const read: FieldReader<Account> = (account, field) => {
    const fields: Record<string, string> = {
      permission: roleOf(workspace, account),
      'user.uuid': account.uuid,
      ...(mayAskEmails ? { 'user.email': account.email } : {}),
    };
    return fields[field];
  };
  if ((query?.match(/"[^"]*@[^"]*"/gu) ?? []).length > mostEmails) {
    throw new Refusal(400, `You can query up to ${mostEmails} email addresses at a time.`);
  }
  return query === null ? membersOf(workspace) : membersOf(workspace).filter(parseQuery(query, read));
}

interface SomebodysRight {
  readonly account: Account;
  readonly repository: Repository;
  readonly right: RepositoryRight;
}

/** The effective rights of everybody, for administrators; whether an app is one here is a habit. */
function listRights(call: Call): Reply {
  const workspace = findAdministered(call);
  if (call.caller.kind === 'app' && workspace.habits.rightsForApps === 'refused') {
    throw new Refusal(403, 'You must be an administrator of this workspace.');
  }
  const read: FieldReader<SomebodysRight> = ({ account, repository, right }, field) => {
    const fields: Record<string, string> = {
      permission: right,
      'user.uuid': account.uuid,
      'user.display_name': account.displayName,
      'repository.name': repository.name,
      'repository.uuid': repository.uuid,
    };
    return fields[field];
  };
  const query = call.query.get('q');
  const all = findRepositories(call, workspace).flatMap((repository) => rightsIn(workspace, repository));
  const found = query === null ? all : all.filter(parseQuery(query, read));
  const items = sortBy(found, call.query.get('sort') ?? 'repository.name', read);
  const present = ({ account, repository, right }: SomebodysRight): Json => {
    const { addresses } = call;
    return presentRight({ addresses, workspace, repository }, { right, user: presentAccount(addresses, account) });
  };
  return ok(replyPage(call, { items, present }));
}

function findRepositories({ params }: Call, workspace: Workspace): Repository[] {
  const name = params['repository'];
  if (name === undefined) return [...workspace.repositories.values()];
  const found = findRepository(workspace, name);
  if (found === null) throw new Refusal(404, `Repository ${workspace.slug}/${name} not found`);
  return [found];
}

function rightsIn(workspace: Workspace, repository: Repository): SomebodysRight[] {
  return membersOf(workspace).flatMap((account) => {
    const right = findRight(workspace, account.uuid, repository);
    return right === null ? [] : [{ account, repository, right }];
  });
}

/** API 1.0: a bare list, by slug alone, for administrators alone. */
function listGroups(call: Call): Reply {
  const workspace = findWorkspace(call);
  if (call.params['workspace'] !== workspace.slug) {
    throw new Refusal(404, 'Not Found');
  }
  const mayRead = isPerson(call.caller) ? administers(call.caller, workspace) : workspace.areGroupsReadable;
  if (!mayRead) {
    throw new Refusal(403, 'Your credentials lack one or more required privilege scopes.');
  }
  return ok(workspace.groups.map((group) => presentGroup(workspace, group)));
}
