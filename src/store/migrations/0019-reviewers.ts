import type { Migration } from './migration';

/**
 * `pull_requests.reviewers`: uuids of whoever was asked for a review, in the order of text, parted by spaces; `null`: not
 * known. Of pull requests that were read before it is not, until they are listed or read again.
 */
export const reviewers: Migration = {
  name: '0019-reviewers',
  statements: [
    'ALTER TABLE pull_requests ADD COLUMN reviewers TEXT',
    'ALTER TABLE pull_requests ADD COLUMN reviewers_seen BIGINT',
  ],
};
