import type { WorkInProgressPhase } from '../../domain/reviews/work-in-progress-phase';
import type { Completeness, WorkspaceName } from '../version/completeness';
import type { SystemName } from '../version/system-directory';

export interface PullRequestFields {
  /** Its number in its repository. */
  readonly id: number;
  readonly system: SystemName;
  readonly title: string;
  readonly url: string;
  /** `null`: unknown. */
  readonly author: { readonly uuid: string; readonly display_name: string | null } | null;
  readonly state: string;
  readonly draft: boolean;
  /** Branch. */
  readonly destination: string | null;
  readonly opened_at: string;
  readonly merged_at: string | null;
  readonly lines_changed: number | null;
  readonly commits: number | null;
  readonly comments: number;
  readonly reviews: number;
}

/** A merged pull request as lists show it; durations in seconds, `null` where there is none. */
export interface MergedPullRequestItem extends PullRequestFields {
  readonly state: 'MERGED';
  readonly merged_at: string;
  readonly time_to_open: number | null;
  readonly time_to_merge: number | null;
  readonly time_to_first_review: number | null;
  readonly time_to_first_approval: number | null;
  readonly first_to_last_approval: number | null;
  readonly last_approval_to_merge: number | null;
}

/** An open pull request as lists show it. */
export interface OpenPullRequestItem extends PullRequestFields {
  readonly state: 'OPEN';
  readonly merged_at: null;
  /** Waits in a merge queue: a mark beside the phase. */
  readonly queued: boolean;
  readonly phase: WorkInProgressPhase;
  /** Seconds since it was opened. */
  readonly time_in_progress: number;
  /** Seconds since its last commit, comment, review or edit. */
  readonly time_stale: number;
}

/** The answer of `GET /api/v1/metrics/work-in-progress`; oldest first. */
export interface WorkInProgressReport {
  readonly workspace: WorkspaceName;
  /** In each phase; together all open pull requests under the filters. */
  readonly open: number;
  readonly reviewed: number;
  readonly approved: number;
  /** Of all of them. */
  readonly drafts: number;
  /** How old they are: those opened less than `below` seconds ago and at least as long ago as the one before says. */
  readonly ages: readonly {
    /** `null`: no end. */
    readonly below: number | null;
    readonly open: number;
    readonly reviewed: number;
    readonly approved: number;
  }[];
  readonly items: readonly OpenPullRequestItem[];
  /** When this was true. */
  readonly as_of: string;
  readonly timezone: string;
  readonly completeness: Completeness;
}
