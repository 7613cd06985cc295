import type { Migration } from './migration';

/**
 * Rows of deployments and incidents are written by UTC days, and only of days of which something may have changed.
 * - `delivery_days`, in the place of `delivery_months`: digests of what the rows of a day were made from.
 * - `delivery_recordings.basis`: under which rules, corrections and teams they were made. All rows are written anew.
 */
export const deliveriesByDay: Migration = {
  name: '0009-deliveries-by-day',
  statements: [
    'DROP TABLE delivery_months',
    `CREATE TABLE delivery_days (
      workspace TEXT NOT NULL,
      day BIGINT NOT NULL,
      deployments TEXT NOT NULL,
      incidents TEXT NOT NULL,
      PRIMARY KEY (workspace, day)
    )`,
    'DELETE FROM delivery_recordings',
    `ALTER TABLE delivery_recordings ADD COLUMN basis TEXT NOT NULL DEFAULT ''`,
  ],
};
