import type { ViewersWithoutRights } from '../../domain/settings/workspace-settings';
import { bigint, defineTable, flag, orNull, text, type RowOf } from '../database/table';

export type ApiTokenScope = 'read' | 'read_write';

/** Instants are milliseconds. */
export const workspaces = defineTable('workspaces', ['uuid'], {
  /** With braces. */
  uuid: text(),
  slug: text(),
  name: text(),
  /** Grows with every change of its facts, teams and settings. */
  version: bigint,
  /** The version in which its people or the members of its teams changed last. */
  peopleChangedIn: bigint,
  connectedAt: bigint,
  /** How far back its history is complete; `null` until a history import has ended. */
  importedSince: orNull(bigint),
  /** Up to when all its repositories were compared with Bitbucket. */
  verifiedAt: orNull(bigint),
  /** When the last whole reading of the list of its repositories began. */
  repositoriesReadAt: orNull(bigint),
  groupsReadAt: orNull(bigint),
  /** Why its groups could not be read, in words. */
  groupsProblem: orNull(text()),
  /** When Bitbucket last told who administers it; `null`: never. */
  administratorsReadAt: orNull(bigint),
  /** When the last whole look for what moved began; `null`: Bitbucket calls us, or nobody has looked yet. */
  polledAt: orNull(bigint),
  /** Requests of an hour that Bitbucket says it grants, where it grants more than to everybody. */
  requestLimit: orNull(bigint),
  /** By how much Bitbucket's clock is ahead of ours (behind: negative), while that is more than a minute. */
  bitbucketAheadSeconds: orNull(bigint),
  /** When it is to be erased; `null` while it is connected. */
  eraseAt: orNull(bigint),
});
export type Workspace = RowOf<typeof workspaces>;

/** Lists are texts of a line each. */
export const workspaceSettings = defineTable('workspace_settings', ['workspace'], {
  workspace: text(),
  timezone: text(),
  levels: text(),
  incidentsByRevert: flag,
  branchPrefixes: text(),
  titlePrefixes: text(),
  excludedPeople: text(),
  botPatterns: text(),
  excludedRepositories: text(),
  viewersWithoutRights: text<ViewersWithoutRights>(),
});
export type WorkspaceSettingsRow = RowOf<typeof workspaceSettings>;

export const apiTokens = defineTable('api_tokens', ['workspace', 'id'], {
  workspace: text(),
  id: text(),
  name: text(),
  scope: text<ApiTokenScope>(),
  tokenHash: text(),
  createdAt: bigint,
  /** As a viewer; `null`: made before that was kept. */
  madeBy: orNull(text()),
  /** At that time; `null`: nobody said. */
  makerName: orNull(text()),
  revokedAt: orNull(bigint),
});
