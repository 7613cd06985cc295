import type { ImportCounts } from '../../store/progress/progress-store';

const pageSize = 50;
const hour = 3600;
/** Live work keeps a fifth of the budget. */
const importShare = 0.8;
/** Activity pages and commits asked singly, a pull request, before a repository has shown its own figure. */
const usualPerPullRequest = 0.8;
/** What a request takes while the budget is not the limit. */
const secondsARequest = 0.15;

/** Requests the imports still need, sizes apart. An estimate: what is not listed yet is taken from Bitbucket's count. */
export function estimateRequests(imports: readonly ImportCounts[]): number {
  return imports.reduce((sum, one) => sum + estimateImport(one), 0);
}

function estimateImport(one: ImportCounts): number {
  const { phase, total, unreadCommits } = one;
  if (phase === 'done' || phase === 'failed') return 0;
  if (phase === 'commits') return unreadCommits;
  const unlisted = countUnlisted(one);
  return Math.ceil(unlisted / pageSize) + Math.ceil((unlisted + total) * usualPerPullRequest) + 1;
}

function countUnlisted({ phase, expected, listed }: ImportCounts): number {
  return phase === 'pull_requests' ? Math.max(0, (expected ?? pageSize) - listed) : 0;
}

/** Seconds until that many requests are made, within what the rolling hour leaves to the import. */
export function estimateSeconds(requests: number, usage: { readonly used: number }, requestsPerHour: number): number {
  const anHour = Math.max(1, requestsPerHour * importShare);
  const atOnce = Math.max(0, anHour - usage.used);
  const later = Math.max(0, requests - atOnce);
  return Math.ceil(Math.min(requests, atOnce) * secondsARequest + (later / anHour) * hour);
}
