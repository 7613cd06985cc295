import type { Migration } from './migration';

/**
 * What tells an operator early what is wrong.
 * - `encryption_key`: one row, by which the key for secrets at rest is known again. It tells nothing of the key.
 * - `connections.clock_ahead_seconds`: by how much Bitbucket's clock was ahead of ours (behind: negative) when its call
 *   was refused for its times alone; null once one is believed again.
 */
export const keyAndClock: Migration = {
  name: '0004-key-and-clock',
  statements: [
    `CREATE TABLE encryption_key (
      salt TEXT NOT NULL PRIMARY KEY,
      fingerprint TEXT NOT NULL
    ) WITHOUT ROWID`,
    'ALTER TABLE connections ADD COLUMN clock_ahead_seconds BIGINT',
  ],
};
