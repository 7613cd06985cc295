import type { Migration } from './migration';

/**
 * Who made an API token, as a viewer (the UUID of a person, or `link:` and the id of the sign-in link they came by), and
 * what they were called then. NULL: it was made before that was kept.
 */
export const tokenMakers: Migration = {
  name: '0016-token-makers',
  statements: ['ALTER TABLE api_tokens ADD COLUMN made_by TEXT', 'ALTER TABLE api_tokens ADD COLUMN maker_name TEXT'],
};
