import type { Migration } from './migration';

/**
 * Installs that wait to be proved stand in one line, whichever process proves them, and one job of nobody's works it off
 * instead of one for each install, which named whatever workspace its sender liked. `turns`: when the next may be tried.
 */
export const proofLine: Migration = {
  name: '0014-proof-line',
  statements: [
    `ALTER TABLE pending_installs ADD COLUMN origin TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE pending_installs ADD COLUMN next_try_at BIGINT NOT NULL DEFAULT 0`,
    'CREATE TABLE turns (name TEXT NOT NULL PRIMARY KEY, next_at BIGINT NOT NULL)',
    `INSERT INTO turns (name, next_at) VALUES ('proof', 0)`,
    `DELETE FROM jobs WHERE kind = 'prove-install'`,
  ],
};
