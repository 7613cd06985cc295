import type { WorkOfWorkspace } from '../../store/work/work-counts';
import type { WorkParts } from '../requests/work-parts';

/** The work of a workspace as it stands: the member `work` of docs/contract.md, 4.5. */
export interface WorkStatus {
  /** Jobs that are due, those under way among them. */
  readonly jobs_waiting: number;
  /** Seconds since the oldest notice came that is not worked off; `null`: none waits. */
  readonly oldest_notice_seconds: number | null;
  readonly given_up: number;
  /** Pull requests that reconciliation found missing or different, and no notice had told of. */
  readonly repaired: { readonly last_7_days: number; readonly total: number };
  /** By how much Bitbucket's clock is ahead of ours (behind: negative), while that is more than a minute. */
  readonly bitbucket_ahead_seconds: number | null;
}

export async function loadWorkStatus(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  workspace: string,
): Promise<WorkStatus> {
  const now = clock.now();
  const [counts, found] = await Promise.all([stores.workCounts.read(workspace, now), stores.workspaces.get(workspace)]);
  return toWorkStatus(counts, { now, bitbucketAheadSeconds: found?.bitbucketAheadSeconds ?? null });
}

function toWorkStatus(
  { jobsWaiting, oldestNoticeAt, givenUp, repairedInWeek, repaired }: WorkOfWorkspace,
  { now, bitbucketAheadSeconds }: { readonly now: number; readonly bitbucketAheadSeconds: number | null },
): WorkStatus {
  return {
    jobs_waiting: jobsWaiting,
    oldest_notice_seconds: oldestNoticeAt === null ? null : toAge(oldestNoticeAt, now),
    given_up: givenUp,
    repaired: { last_7_days: repairedInWeek, total: repaired },
    bitbucket_ahead_seconds: bitbucketAheadSeconds,
  };
}

/** Seconds; none where a clock was ahead. */
export function toAge(at: number, now: number): number {
  return Math.max(0, Math.round((now - at) / 1000));
}
