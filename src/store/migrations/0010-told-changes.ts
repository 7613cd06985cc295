import type { Migration } from './migration';

/** `repositories.change_told_at`: when a notice first told of a change of it that is not read yet. */
export const toldChanges: Migration = {
  name: '0010-told-changes',
  statements: ['ALTER TABLE repositories ADD COLUMN change_told_at BIGINT'],
};
