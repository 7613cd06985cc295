import type { PullRequestCounts } from '../../store/pull-requests/count-pull-requests';
import type { ImportRow } from '../../store/progress/progress-store';

const pageSize = 50;
const hour = 3600;
/** Live work keeps a fifth of the budget. */
const importShare = 0.8;
/** Activity pages and commits asked singly, a pull request, before a repository has shown its own figure. */
const usualPerPullRequest = 0.8;
/** What a request takes while the budget is not the limit. */
const secondsARequest = 0.15;

type Counts = Pick<PullRequestCounts, 'total' | 'unreadCommits'>;

interface ImportFindings {
  readonly rows: readonly ImportRow[];
  readonly counts: ReadonlyMap<string, Counts>;
}

/** Requests the imports still need, sizes apart. An estimate: what is not listed yet is taken from Bitbucket's count. */
export function estimateRequests({ rows, counts }: ImportFindings): number {
  return rows.reduce((sum, row) => sum + estimateRow(row, counts.get(row.repositoryUuid)), 0);
}

function estimateRow(row: ImportRow, counts: Counts | undefined): number {
  if (row.phase === 'done' || row.phase === 'failed') return 0;
  const { total, unreadCommits } = counts ?? { total: 0, unreadCommits: 0 };
  if (row.phase === 'commits') return unreadCommits;
  const unlisted = countUnlisted(row);
  return Math.ceil(unlisted / pageSize) + Math.ceil((unlisted + total) * usualPerPullRequest) + 1;
}

function countUnlisted({ phase, expected, listed }: ImportRow): number {
  return phase === 'pull_requests' ? Math.max(0, (expected ?? pageSize) - listed) : 0;
}

/** Seconds until that many requests are made, within what the rolling hour leaves to the import. */
export function estimateSeconds(requests: number, usage: { readonly used: number }, requestsPerHour: number): number {
  const anHour = Math.max(1, requestsPerHour * importShare);
  const atOnce = Math.max(0, anHour - usage.used);
  const later = Math.max(0, requests - atOnce);
  return Math.ceil(Math.min(requests, atOnce) * secondsARequest + (later / anHour) * hour);
}
