import type { Migration } from './migration';

/** `workspaces.people_changed_in`: the version in which its people or the members of its teams changed last. */
export const changedPeople: Migration = {
  name: '0012-changed-people',
  statements: ['ALTER TABLE workspaces ADD COLUMN people_changed_in BIGINT NOT NULL DEFAULT 0'],
};
