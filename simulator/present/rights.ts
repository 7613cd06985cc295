import { presentAccount, presentWorkspaceRef, type Json } from './account';
import { refOf } from './repository';
import { toMicroseconds } from './times';
import { uuidOf } from '../world/random';
import type { Account, RepositoryRight, Workspace } from '../world/model';
import type { Place } from './commit';
import type { Addresses } from './links';

/** What somebody may do in a repository. */
export function presentRight(
  { addresses, workspace, repository }: Place,
  { right, user }: { readonly right: RepositoryRight; readonly user: Json },
): Json {
  return {
    type: 'repository_permission',
    user,
    repository: refOf(addresses, workspace, repository),
    permission: right,
  };
}

/** What `GET /2.0/user` tells of a person. */
export function presentUser(addresses: Addresses, account: Account): Json {
  return {
    ...presentAccount(addresses, account),
    username: account.nickname,
    created_on: toMicroseconds(Date.UTC(2018, 9, 11)),
    account_status: 'active',
    is_staff: false,
    location: null,
    has_2fa_enabled: null,
  };
}

/** An access token is a user of its own, named after itself. */
export function presentPseudoUser(
  addresses: Addresses,
  token: { readonly id: string; readonly name: string },
  workspace: Workspace,
): Json {
  const uuid = uuidOf(`pseudo-user ${token.id}`);
  const { links } = presentWorkspaceRef(addresses, workspace);
  return {
    type: 'app_user',
    uuid,
    display_name: token.name,
    account_id: uuid.slice(1, -1),
    account_status: 'active',
    created_on: toMicroseconds(workspace.createdAt),
    kind: 'repository_access_token',
    links,
  };
}
