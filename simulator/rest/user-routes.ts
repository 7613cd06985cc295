import { presentAccount, presentPrincipal, presentWorkspaceRef, type Json } from '../present/account';
import { presentPseudoUser, presentRight, presentUser } from '../present/rights';
import { findRight, isMember } from '../world/rights';
import { administers, belongsTo, isPerson, type Caller } from './caller';
import { findWorkspaceNamed, ok, type Call, type Reply, type Route } from './call';
import { presentMembershipWithRole } from './member-routes';
import { Refusal } from './refusal';
import { replyPage } from './paging';
import { parseQuery, sortBy } from './query-language';
import type { Account, Repository, RepositoryRight, Workspace } from '../world/model';

const own = '2.0/user/workspaces';

/** The caller: who it is, its workspaces and its own rights in them. */
export const userRoutes: readonly Route[] = [
  { template: '2.0/user', needs: 'user', answer: showUser },
  { template: '2.0/user/emails', needs: 'email', answer: listEmails },
  { template: own, needs: 'workspace', answer: listOwnWorkspaces },
  {
    template: `${own}/:workspace/permission`,
    needs: 'workspace',
    isClosedToAccessTokens: true,
    answer: showOwnRole,
  },
  {
    template: `${own}/:workspace/permissions/repositories`,
    needs: 'ownRights',
    isClosedToAccessTokens: true,
    answer: listOwnRights,
  },
];

/** The account of a person who asks, as any workspace knows it. */
function findPerson(call: Call): Account {
  const { caller, world } = call;
  const uuid = isPerson(caller) ? caller.personUuid : '';
  const found = world.workspaces.flatMap(({ people }) => people.get(uuid) ?? [])[0];
  if (found === undefined) {
    throw new Refusal(403, 'This resource is for people alone.');
  }
  return found;
}

function showUser(call: Call): Reply {
  const { caller, addresses, world } = call;
  if (isPerson(caller)) {
    return ok(presentUser(addresses, findPerson(call)));
  }
  const workspace = world.workspaces.find((one) => belongsTo(caller, one));
  if (workspace === undefined || caller.kind === 'anonymous') {
    throw new Refusal(404, 'The workspace of this token is gone.');
  }
  return ok(
    caller.kind === 'app' ? presentPrincipal(addresses, workspace) : presentPseudoUser(addresses, caller, workspace),
  );
}

function listEmails(call: Call): Reply {
  const person = findPerson(call);
  const href = `${call.addresses.base}/2.0/user/emails/${encodeURIComponent(person.email)}`;
  const email = {
    type: 'email',
    email: person.email,
    is_primary: true,
    is_confirmed: true,
    links: { self: { href } },
  };
  return ok(replyPage(call, { items: [email], present: (one) => one }));
}

/** An access token administers nothing; an app is the workspace itself. */
function isAdministrator(caller: Caller, workspace: Workspace): boolean {
  return caller.kind !== 'access_token' && administers(caller, workspace);
}

function listOwnWorkspaces(call: Call): Reply {
  const { caller } = call;
  const present = (workspace: Workspace): Json => ({
    type: 'workspace_access',
    administrator: isAdministrator(caller, workspace),
    workspace: { ...presentWorkspaceRef(call.addresses, workspace), type: 'workspace_base' },
  });
  const wanted = call.query.get('administrator');
  const all = call.world.workspaces
    .filter((workspace) => belongsTo(caller, workspace))
    .filter((workspace) => wanted === null || String(isAdministrator(caller, workspace)) === wanted);
  const sort = call.query.get('sort');
  const read = ({ slug }: Workspace, field: string): string | undefined => (field === 'slug' ? slug : undefined);
  return ok(replyPage(call, { items: sort === null ? all : sortBy(all, sort, read), present }));
}

function findOwnWorkspace(call: Call, person: Account): Workspace {
  const found = findWorkspaceNamed(call.world, call.params['workspace'] ?? '');
  if (found === null || !isMember(found, person.uuid)) {
    throw new Refusal(403, 'You do not have access to this workspace.');
  }
  return found;
}

function showOwnRole(call: Call): Reply {
  const person = findPerson(call);
  const workspace = findOwnWorkspace(call, person);
  return ok(presentMembershipWithRole(call, workspace, person));
}

/** Leaves out public repositories that the caller has no right of its own in. */
function listOwnRights(call: Call): Reply {
  const person = findPerson(call);
  const workspace = findOwnWorkspace(call, person);
  const rights = [...workspace.repositories.values()].flatMap((repository): OwnRight[] => {
    const right = findRight(workspace, person.uuid, repository);
    return right === null ? [] : [{ repository, right }];
  });
  const query = call.query.get('q');
  const read = ({ repository, right }: OwnRight, field: string): string | undefined => {
    const fields: Record<string, string> = {
      permission: right,
      'repository.name': repository.name,
      'repository.uuid': repository.uuid,
    };
    return fields[field];
  };
  const found = query === null ? rights : rights.filter(parseQuery(query, read));
  const items = sortBy(found, call.query.get('sort') ?? 'repository.name', read);
  const user = presentAccount(call.addresses, person);
  const present = ({ repository, right }: OwnRight): Json =>
    presentRight({ addresses: call.addresses, workspace, repository }, { right, user });
  return ok(replyPage(call, { items, present }));
}

interface OwnRight {
  readonly repository: Repository;
  readonly right: RepositoryRight;
}
