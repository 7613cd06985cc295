import type { Migration } from './migration';

/** `encryption_key.probed_at`: what the health check writes, to see that the database takes a write. */
export const healthProbe: Migration = {
  name: '0018-health-probe',
  statements: ['ALTER TABLE encryption_key ADD COLUMN probed_at BIGINT NOT NULL DEFAULT 0'],
};
