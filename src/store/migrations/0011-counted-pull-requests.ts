import type { Migration } from './migration';

/** The counts of all that is there, where none is yet. */
export const countEveryRow = `INSERT INTO pull_request_counts
      SELECT workspace, repository, count(*),
        count(CASE WHEN state = 'MERGED' THEN 1 END),
        count(CASE WHEN state = 'OPEN' THEN 1 END),
        count(CASE WHEN state = 'MERGED' AND commits_state = 'unread' THEN 1 END),
        count(CASE WHEN state IN ('MERGED', 'OPEN')
          AND (size_head IS NULL OR size_head <> substr(coalesce(source_hash, ''), 1, 12)) THEN 1 END)
      FROM pull_requests GROUP BY workspace, repository`;

/**
 * `pull_request_counts`: how many pull requests of each repository are known and what they lack, counted along with what
 * is written, in the place of counting all rows whenever somebody looks.
 */
export const countedPullRequests: Migration = {
  name: '0011-counted-pull-requests',
  statements: [
    `CREATE TABLE pull_request_counts (
      workspace TEXT NOT NULL,
      repository TEXT NOT NULL,
      total BIGINT NOT NULL,
      merged BIGINT NOT NULL,
      open BIGINT NOT NULL,
      unread_commits BIGINT NOT NULL,
      unsized BIGINT NOT NULL,
      PRIMARY KEY (workspace, repository)
    )`,
    countEveryRow,
  ],
};
