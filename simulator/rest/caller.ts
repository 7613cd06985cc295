import { findRight, isMember, isOwner, projectOf } from '../world/rights';
import type { Repository, Workspace } from '../world/model';

/** How far an access token of a workspace reaches. */
export type Reach =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'project'; readonly key: string }
  | { readonly kind: 'repository'; readonly uuid: string };

interface Credential {
  /** Unique; a fresh secret of the same token keeps it. */
  readonly id: string;
  readonly scopes: readonly string[];
  /** The requests that it may make in any hour; `null`: as many as the simulator allows everybody. */
  readonly requestsPerHour: number | null;
}

/** An app's token, or an access token, which is a pseudo-user named after itself. */
export interface WorkspaceCaller extends Credential {
  readonly kind: 'app' | 'access_token';
  readonly workspaceUuid: string;
  readonly reach: Reach;
  readonly name: string;
}

/** A person, by an API token of theirs or by one they gave an OAuth consumer. */
export interface PersonCaller extends Credential {
  readonly kind: 'api_token' | 'oauth';
  readonly personUuid: string;
}

/** Who asks. People and workspaces are named by uuid, so that a copy of the world answers as well. */
export type Caller = WorkspaceCaller | PersonCaller | { readonly kind: 'anonymous' };

export const anonymous: Caller = { kind: 'anonymous' };

export function isPerson(caller: Caller): caller is PersonCaller {
  return caller.kind === 'api_token' || caller.kind === 'oauth';
}

/** Whose budget a request takes from: all tokens of a person share one. */
export function budgetOf(caller: Caller): string {
  if (caller.kind === 'anonymous') return 'anonymous';
  if (isPerson(caller)) return caller.personUuid;
  return caller.kind === 'app' ? caller.workspaceUuid : caller.id;
}

/** Uuid of the workspace that a token belongs to; `null` for people. */
export function workspaceOf(caller: Caller): string | null {
  return 'workspaceUuid' in caller ? caller.workspaceUuid : null;
}

/** Whether the caller belongs to a workspace: as a token of it, or as a member. */
export function belongsTo(caller: Caller, workspace: Workspace): boolean {
  if (isPerson(caller)) return isMember(workspace, caller.personUuid);
  return workspaceOf(caller) === workspace.uuid;
}

/** Whether the caller may change a workspace: its owners, its app and tokens of all of it. */
export function administers(caller: Caller, workspace: Workspace): boolean {
  if (isPerson(caller)) return isOwner(workspace, caller.personUuid);
  return caller.kind !== 'anonymous' && caller.workspaceUuid === workspace.uuid && caller.reach.kind === 'workspace';
}

function reaches({ reach, workspaceUuid }: WorkspaceCaller, workspace: Workspace, repository: Repository): boolean {
  if (workspaceUuid !== workspace.uuid) return false;
  switch (reach.kind) {
    case 'workspace':
      return true;
    case 'project':
      return reach.key === projectOf(repository);
    case 'repository':
      return reach.uuid === repository.uuid;
  }
}

/** Whether the caller has rights in a repository beyond those of everybody; `admin` where it is to be changed. */
export function hasRight(
  caller: Caller,
  at: { readonly workspace: Workspace; readonly repository: Repository },
  needed: 'read' | 'admin' = 'read',
): boolean {
  const { workspace, repository } = at;
  if (caller.kind === 'anonymous') return false;
  if (!isPerson(caller)) return reaches(caller, workspace, repository);
  const right = findRight(workspace, caller.personUuid, repository);
  return needed === 'read' ? right !== null : right === 'admin';
}

/** What the caller's lists of a workspace's repositories hold: public ones as well, for a token of the workspace its own alone. */
export function isListed(caller: Caller, workspace: Workspace, repository: Repository): boolean {
  const isNarrow = 'reach' in caller && caller.workspaceUuid === workspace.uuid;
  return hasRight(caller, { workspace, repository }) || (!repository.isPrivate && !isNarrow);
}
