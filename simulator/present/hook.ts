import { presentWorkspaceRef, type Json } from './account';
import { apiLink, encodeUuid, type Addresses } from './links';
import { fullNameOf, refOf } from './repository';
import { toMicroseconds } from './times';
import type { Hook, Repository, Workspace } from '../world/model';

/** Whose events a hook is told; without a repository those of the whole workspace. */
export interface HookSubject {
  readonly addresses: Addresses;
  readonly workspace: Workspace;
  readonly repository: Repository | null;
}

/** Where the hooks of a subject are, below `2.0`. */
export function toHooksPath({ workspace, repository }: HookSubject): string {
  return repository === null
    ? `workspaces/${workspace.slug}/hooks`
    : `repositories/${fullNameOf(workspace, repository)}/hooks`;
}

/** A hook as it may be read: never its secret. */
export function presentHook(subject: HookSubject, hook: Hook): Json {
  const { addresses, workspace, repository } = subject;
  return {
    type: 'webhook_subscription',
    uuid: hook.uuid,
    description: hook.description,
    url: hook.url,
    active: hook.isActive,
    subject_type: repository === null ? 'workspace' : 'repository',
    subject: repository === null ? presentWorkspaceRef(addresses, workspace) : refOf(addresses, workspace, repository),
    created_at: toMicroseconds(hook.createdAt),
    events: hook.events,
    secret_set: hook.secret !== null,
    skip_cert_verification: false,
    history_enabled: false,
    read_only: false,
    source: null,
    links: { self: apiLink(addresses, `${toHooksPath(subject)}/${encodeUuid(hook.uuid)}`) },
  };
}
