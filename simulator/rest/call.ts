import { administers, belongsTo, hasRight, type Caller } from './caller';
import { unauthorisedMessage, type Need } from './needs';
import { Refusal } from './refusal';
import type { Place } from '../present/commit';
import type { Addresses } from '../present/links';
import type { Clock, Repository, Workspace, World } from '../world/model';
import type { CursorPages } from './cursor-pages';

/** One request to the API, taken apart. */
export interface Call {
  readonly world: World;
  readonly addresses: Addresses;
  readonly clock: Clock;
  readonly caller: Caller;
  /** Decoded parts of the path that a route's template names. */
  readonly params: Readonly<Record<string, string>>;
  /** The path as it was asked, for `next` links. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As it came; empty where none did. */
  readonly body: string;
  readonly cursors: CursorPages;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that only show when `fields` asks for them. */
  readonly hidden?: readonly string[];
}

export interface Route {
  /** `repositories/:workspace/:repository/commits/*`; a star takes the rest, slashes included. */
  readonly template: string;
  /** Default: `GET` and `HEAD`. */
  readonly methods?: readonly string[];
  readonly needs: Need;
  /** Access tokens cannot query permissions. */
  readonly isClosedToAccessTokens?: boolean;
  readonly answer: (call: Call) => Reply;
}

export function ok(body: unknown, hidden?: readonly string[]): Reply {
  return hidden === undefined ? { status: 200, body } : { status: 200, body, hidden };
}

function isNamed(thing: { readonly uuid: string; readonly slug: string }, name: string): boolean {
  return thing.uuid.toLowerCase() === name.toLowerCase() || thing.slug === name;
}

export function findWorkspaceNamed({ workspaces }: World, name: string): Workspace | null {
  return workspaces.find((workspace) => isNamed(workspace, name)) ?? null;
}

/** What somebody may not see is not there; without a token nothing is known of what is there. */
function refuseUnseen({ caller }: Call, message: string): Refusal {
  return caller.kind === 'anonymous' ? new Refusal(401, unauthorisedMessage) : new Refusal(404, message);
}

/** The workspace of the path, as far as the caller may see it: a public one answers anyone. */
export function findVisibleWorkspace(call: Call): Workspace {
  const name = call.params['workspace'] ?? '';
  const found = findWorkspaceNamed(call.world, name);
  if (found === null || (found.isPrivate && !belongsTo(call.caller, found))) {
    throw refuseUnseen(call, `No workspace with identifier '${name}'.`);
  }
  return found;
}

/** The workspace of the path, to which the caller must belong. */
export function findWorkspace(call: Call): Workspace {
  const workspace = findVisibleWorkspace(call);
  if (!belongsTo(call.caller, workspace)) {
    throw new Refusal(403, 'You do not have access to this workspace.');
  }
  return workspace;
}

/** The workspace of the path, which the caller must be allowed to change. */
export function findAdministered(call: Call): Workspace {
  const workspace = findWorkspace(call);
  if (!administers(call.caller, workspace)) {
    throw new Refusal(403, 'You do not have access to the administration of this workspace.');
  }
  return workspace;
}

/** The repository of the path, as far as the caller may see it. */
export function findPlace(call: Call): Place {
  const { workspace: workspaceName = '', repository: name = '' } = call.params;
  const workspace = findWorkspaceNamed(call.world, workspaceName);
  const repository = workspace === null ? null : findRepository(workspace, name);
  if (workspace === null || repository === null || !isSeen(call.caller, { workspace, repository })) {
    throw refuseUnseen(call, `Repository ${workspaceName}/${name} not found`);
  }
  return { addresses: call.addresses, workspace, repository };
}

function isSeen(caller: Caller, at: Pick<Place, 'workspace' | 'repository'>): boolean {
  return !at.repository.isPrivate || hasRight(caller, at);
}

export function findRepository(workspace: Workspace, name: string): Repository | null {
  return [...workspace.repositories.values()].find((repository) => isNamed(repository, name)) ?? null;
}
