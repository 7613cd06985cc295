import { bigint, defineTable, flag, orNull, text, type RowOf } from '../database/table';

/**
 * What a viewer may see of a workspace, as it was last read. A `viewer` is the UUID of a Bitbucket account with braces,
 * or `link:<id>` of a sign-in link, or `email:<sha256>` of somebody whom a proxy names.
 */
export const viewerRights = defineTable('viewer_rights', ['workspace', 'viewer'], {
  workspace: text(),
  viewer: text(),
  isAdministrator: flag,
  /** UUIDs of repositories with an explicit right, a line each; `null`: all of the workspace. */
  repositories: orNull(text()),
  readAt: bigint,
});

/** Links that an operator made. Only the hash of what stands in the address is kept. */
export const signInLinks = defineTable('sign_in_links', ['workspace', 'id'], {
  workspace: text(),
  id: text(),
  tokenHash: text(),
  /** For whom it was made; `null`: nobody said. */
  name: orNull(text()),
  isAdministrator: flag,
  madeAt: bigint,
  validUntil: bigint,
  usedAt: orNull(bigint),
  revokedAt: orNull(bigint),
});
export type SignInLink = Omit<RowOf<typeof signInLinks>, 'tokenHash'>;

export type SignInWay = 'bitbucket' | 'link' | 'proxy';

/** Who is signed in, in our own window. Not of one workspace: `viewer_rights` says of which. */
export const signIns = defineTable('sign_ins', ['id'], {
  /** Hash of what the cookie holds. */
  id: text(),
  way: text<SignInWay>(),
  viewer: text(),
  /** Of the Bitbucket account; `null`: not by Bitbucket. */
  userUuid: orNull(text()),
  /** For the top bar. */
  name: orNull(text()),
  startedAt: bigint,
  endsAt: bigint,
});
export type SignIn = RowOf<typeof signIns>;
