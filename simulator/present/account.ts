import { apiLink, encodeUuid, siteLink, type Addresses } from './links';
import { toMicroseconds } from './times';
import type { Account, Workspace } from '../world/model';

export type Json = Readonly<Record<string, unknown>>;

/** A person or a bot as it appears beside an activity. */
export function presentAccount(addresses: Addresses, account: Account): Json {
  const uuid = encodeUuid(account.uuid);
  return {
    display_name: account.displayName,
    uuid: account.uuid,
    links: {
      self: apiLink(addresses, `users/${uuid}`),
      html: siteLink(addresses, `${uuid}/`),
      avatar: siteLink(addresses, `account/${uuid}/avatar/`),
    },
    type: account.kind,
    nickname: account.nickname,
    account_id: account.accountId,
  };
}

/** `null` where the account is not known. */
export function presentPerson(addresses: Addresses, workspace: Workspace, uuid: string | null): Json | null {
  const account = uuid === null ? undefined : workspace.people.get(uuid);
  return account === undefined ? null : presentAccount(addresses, account);
}

/** The workspace as an account: owner of repositories, principal of an installation, identity of its token. */
export function presentTeam(addresses: Addresses, workspace: Workspace): Json {
  const uuid = encodeUuid(workspace.uuid);
  return {
    username: workspace.slug,
    display_name: workspace.name,
    type: 'team',
    uuid: workspace.uuid,
    links: {
      self: apiLink(addresses, `teams/${uuid}`),
      html: siteLink(addresses, `${uuid}/`),
      avatar: siteLink(addresses, `account/${workspace.slug}/avatar/`),
    },
  };
}

/** What a lifecycle call and `GET /2.0/user` tell of the workspace beyond that. */
export function presentPrincipal(addresses: Addresses, workspace: Workspace): Json {
  return {
    ...presentTeam(addresses, workspace),
    is_active: true,
    created_on: toMicroseconds(workspace.createdAt),
    properties: {},
    has_2fa_enabled: null,
  };
}

/** A workspace inside another object. */
export function presentWorkspaceRef(addresses: Addresses, workspace: Workspace): Json {
  return {
    slug: workspace.slug,
    type: 'workspace',
    name: workspace.name,
    links: {
      self: apiLink(addresses, `workspaces/${workspace.slug}`),
      html: siteLink(addresses, `${workspace.slug}/`),
      avatar: siteLink(addresses, `workspaces/${workspace.slug}/avatar/?ts=1616554926`),
    },
    uuid: workspace.uuid,
  };
}

export function presentWorkspace(addresses: Addresses, workspace: Workspace): Json {
  const { slug } = workspace;
  return {
    ...presentWorkspaceRef(addresses, workspace),
    links: {
      owners: apiLink(addresses, `workspaces/${slug}/members?q=permission%3D%22owner%22`),
      self: apiLink(addresses, `workspaces/${slug}`),
      repositories: apiLink(addresses, `repositories/${slug}`),
      snippets: apiLink(addresses, `snippets/${slug}`),
      html: siteLink(addresses, `${slug}/`),
      avatar: siteLink(addresses, `workspaces/${slug}/avatar/?ts=1616554926`),
      members: apiLink(addresses, `workspaces/${slug}/members`),
      projects: apiLink(addresses, `workspaces/${slug}/projects`),
      hooks: apiLink(addresses, `workspaces/${slug}/hooks`),
    },
    created_on: toMicroseconds(workspace.createdAt),
    updated_on: toMicroseconds(workspace.createdAt),
    is_private: workspace.isPrivate,
    is_privacy_enforced: false,
    forking_mode: 'allow_forks',
  };
}

/** `permission` is only part of `…/permissions`, not of `…/members`. */
export function presentMembership(addresses: Addresses, workspace: Workspace, account: Account): Json {
  const path = `workspaces/${workspace.slug}/members/${encodeUuid(account.uuid)}`;
  return {
    type: 'workspace_membership',
    user: presentAccount(addresses, account),
    workspace: presentWorkspaceRef(addresses, workspace),
    links: { self: apiLink(addresses, path) },
  };
}

/** One group as the old `1.0/groups` writes it. */
export function presentGroup(workspace: Workspace, group: Workspace['groups'][number]): Json {
  const members = group.memberUuids.flatMap((uuid) => workspace.people.get(uuid) ?? []);
  return {
    name: group.name,
    slug: group.slug,
    permission: 'write',
    auto_add: false,
    members: members.map(({ displayName, uuid, nickname, accountId }) => ({
      display_name: displayName,
      uuid,
      nickname,
      account_id: accountId,
      is_active: true,
      is_team: false,
    })),
    owner: {
      display_name: workspace.name,
      uuid: workspace.uuid,
      is_active: true,
      is_team: true,
      nickname: workspace.slug,
    },
  };
}
