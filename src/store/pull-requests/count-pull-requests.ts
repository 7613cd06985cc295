import { lacksSize } from './size';

export const countColumns = ['repositoryUuid', 'total', 'merged', 'open', 'unreadCommits', 'unsized'];

/** A row of `PullRequestCounts` for each repository of workspace `$1` with a pull request. */
export const selectCounts = `SELECT repository AS "repositoryUuid", count(*) AS total,
    count(CASE WHEN state = 'MERGED' THEN 1 END) AS merged,
    count(CASE WHEN state = 'OPEN' THEN 1 END) AS open,
    count(CASE WHEN state = 'MERGED' AND commits_state = 'unread' THEN 1 END) AS "unreadCommits",
    count(CASE WHEN ${lacksSize} THEN 1 END) AS unsized
  FROM pull_requests p WHERE workspace = $1 GROUP BY repository`;
