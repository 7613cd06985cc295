import type { Migration } from './migration';

/**
 * - `pending_reinstalls`: new secrets of connections that are known, until they have proved themselves.
 * - `notices.awaits`: the one of them that a notice was signed with; it is held until then.
 */
export const pendingReinstalls: Migration = {
  name: '0013-pending-reinstalls',
  statements: [
    `CREATE TABLE pending_reinstalls (
      workspace TEXT NOT NULL,
      id TEXT NOT NULL,
      reference TEXT NOT NULL,
      secret TEXT NOT NULL,
      received_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, id)
    )`,
    'CREATE INDEX pending_reinstalls_by_reference ON pending_reinstalls (reference)',
    'ALTER TABLE notices ADD COLUMN awaits TEXT',
  ],
};
