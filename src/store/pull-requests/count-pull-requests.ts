import { lacksSize } from './size';

export interface PullRequestCounts {
  readonly repositoryUuid: string;
  readonly total: number;
  readonly merged: number;
  readonly open: number;
  readonly unreadCommits: number;
  /** Merged and open ones whose size was not tried at their source head yet. */
  readonly unsized: number;
}

export const countColumns = ['repositoryUuid', 'total', 'merged', 'open', 'unreadCommits', 'unsized'] as const;

// A count a state: raw, as all that is grouped.
/** A row of `PullRequestCounts` for each repository of workspace `$1` with a pull request. */
export const selectCounts = `SELECT repository AS "repositoryUuid", count(*) AS total,
    count(CASE WHEN state = 'MERGED' THEN 1 END) AS merged,
    count(CASE WHEN state = 'OPEN' THEN 1 END) AS open,
    count(CASE WHEN state = 'MERGED' AND commits_state = 'unread' THEN 1 END) AS "unreadCommits",
    count(CASE WHEN ${lacksSize} THEN 1 END) AS unsized
  FROM pull_requests p WHERE workspace = $1 GROUP BY repository`;
