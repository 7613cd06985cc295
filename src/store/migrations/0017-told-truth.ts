import type { Migration } from './migration';

/**
 * What the process tells of its own work.
 * - `jobs.given_up_at`: when a job was given up; those of before are taken to be of when they were due.
 * - `repairs`: how many pull requests reconciliation found missing or different that no notice had told of, by UTC day
 *   (days since 1970).
 * - `request_pauses.paused_at`: when the pause began, by which one that a clock left in the future is known.
 * - `workspaces.bitbucket_ahead_seconds`: by how much Bitbucket's clock is ahead of ours, while that is more than a minute.
 * - The bodies of notices of events that mean nothing here are kept no longer.
 */
export const toldTruth: Migration = {
  name: '0017-told-truth',
  statements: [
    'ALTER TABLE jobs ADD COLUMN given_up_at BIGINT',
    `UPDATE jobs SET given_up_at = run_at WHERE state = 'dead'`,
    `CREATE INDEX jobs_given_up ON jobs (workspace, given_up_at, kind) WHERE state = 'dead'`,
    `CREATE TABLE repairs (
      workspace TEXT NOT NULL,
      day BIGINT NOT NULL,
      count BIGINT NOT NULL,
      PRIMARY KEY (workspace, day)
    ) WITHOUT ROWID`,
    'ALTER TABLE request_pauses ADD COLUMN paused_at BIGINT NOT NULL DEFAULT 0',
    'ALTER TABLE workspaces ADD COLUMN bitbucket_ahead_seconds BIGINT',
    `UPDATE notices SET body = '' WHERE state = 'unknown'`,
  ],
};
