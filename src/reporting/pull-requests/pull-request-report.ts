import type { Instant } from '../../domain/instant';
import { toPercentile } from '../../domain/metrics/statistics';
import type { Stores } from '../../store/stores';

/** One pull request beside the metrics of its repository. */
export interface PullRequestReport {
  readonly number: number;
  /** `OPEN`, `MERGED`, `DECLINED`, `SUPERSEDED`, or a word of Bitbucket's that is not known yet. */
  readonly state: string;
  readonly draft: boolean;
  readonly openedAt: Instant;
  readonly mergedAt: Instant | null;
  /** `null`: its commits could not be read, or not yet. */
  readonly commits: number | null;
  /**
   * Median over its commits of (merge, or now while it is open) − author date, in seconds: what it adds to, or would
   * add to now, the lead time for changes (definitions, section 5). Commits of the future are left out.
   */
  readonly leadTimeSeconds: number | null;
}

/** `null` when the repository has no such pull request. */
export async function loadPullRequestReport(
  { pullRequests }: Pick<Stores, 'pullRequests'>,
  { workspace, repositoryUuid, number }: { workspace: string; repositoryUuid: string; number: number },
  now: Instant,
): Promise<PullRequestReport | null> {
  const stored = await pullRequests.get(workspace, repositoryUuid, number);
  if (stored === null) {
    return null;
  }
  const commits = await pullRequests.listCommits(workspace, repositoryUuid, number);
  const isKnown = stored.commitsState !== 'unread' && (commits.length > 0 || stored.commitsState === 'complete');
  const endAt = stored.state === 'OPEN' ? now : stored.mergedAt;
  return {
    number,
    state: stored.state,
    draft: stored.isDraft,
    openedAt: stored.openedAt,
    mergedAt: stored.mergedAt,
    commits: isKnown ? commits.length : null,
    leadTimeSeconds: endAt === null ? null : toMedianAge(commits, endAt),
  };
}

function toMedianAge(commits: readonly { readonly authoredAt: Instant }[], endAt: Instant): number | null {
  const seconds = commits.map(({ authoredAt }) => (endAt - authoredAt) / 1000).filter((age) => age >= 0);
  return toPercentile(Float64Array.from(seconds).sort(), 0.5);
}
