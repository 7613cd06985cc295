import { bigint, defineTable, flag, integer, orNull, text, type RowOf } from '../database/table';

export const people = defineTable('people', ['workspace', 'uuid'], {
  workspace: text(),
  uuid: text(),
  displayName: orNull(text()),
  accountId: orNull(text()),
  type: text(),
  seenAt: bigint,
});
export type PersonRow = RowOf<typeof people>;

export const teams = defineTable('teams', ['workspace', 'slug'], {
  workspace: text(),
  slug: text(),
  source: text<'group' | 'manual'>(),
  /** The group's own slug, which a team kept by hand may have taken before. */
  groupSlug: orNull(text()),
  name: text(),
  isDeleted: flag,
});

export const teamMembers = defineTable('team_members', ['workspace', 'team', 'position'], {
  workspace: text(),
  team: text(),
  position: integer,
  userUuid: text(),
  since: orNull(bigint),
  until: orNull(bigint),
});

export const administrators = defineTable('administrators', ['workspace', 'userUuid'], {
  workspace: text(),
  userUuid: text(),
});
