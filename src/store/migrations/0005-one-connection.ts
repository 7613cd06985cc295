import type { Migration } from './migration';

const live = (row: string): string => `${row}.workspace = connections.workspace AND ${row}.status = 'live'`;

/**
 * Connections of several kinds, of which one a workspace is live.
 * - `reference`, `credentials`, `previous_credentials`: other names for what was Connect's alone. What is encrypted stays
 *   as it is, two columns with a text each: a migration has no key, and the place that a text is bound to has not moved.
 * - Two live ones of a workspace can only be the rest of a process that was killed between two writes; the later stays.
 */
export const oneConnection: Migration = {
  name: '0005-one-connection',
  statements: [
    'ALTER TABLE connections RENAME COLUMN client_key TO reference',
    'ALTER TABLE connections RENAME COLUMN secret TO credentials',
    'ALTER TABLE connections RENAME COLUMN previous_secret TO previous_credentials',
    'DROP INDEX connections_by_client_key',
    'CREATE UNIQUE INDEX connections_by_reference ON connections (kind, reference)',
    `UPDATE connections SET status = 'uninstalled',
       uninstalled_at = (SELECT MAX(later.installed_at) FROM connections later WHERE ${live('later')})
     WHERE status = 'live' AND EXISTS (SELECT 1 FROM connections later WHERE ${live('later')}
       AND (later.installed_at > connections.installed_at
         OR later.installed_at = connections.installed_at AND later.reference < connections.reference))`,
    `CREATE UNIQUE INDEX connections_live ON connections (workspace) WHERE status = 'live'`,
  ],
};
