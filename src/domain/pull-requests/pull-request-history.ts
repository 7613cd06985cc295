import type { Instant } from '../instant';
import type { MergedPullRequest, PullRequestState } from './pull-request';
import type { Activity } from './activity';

/** What happened to a pull request, whatever became of it: enough for its phases, reviews and durations. */
export interface PullRequestHistory {
  /** With braces; `null` when the author is unknown. */
  readonly authorUuid: string | null;
  readonly state: PullRequestState;
  /** As of the last sight of it. */
  readonly isDraft: boolean;
  /** The earliest author date ever seen among its commits. */
  readonly firstCommitAt: Instant | null;
  readonly openedAt: Instant;
  readonly mergedAt: Instant | null;
  /** When it was closed without a merge, as far as known. */
  readonly closedAt: Instant | null;
  readonly activities: readonly Activity[];
}

/** A merged pull request as the store remembers it, with what reviews are counted from. */
export interface RecordedPullRequest extends MergedPullRequest {
  readonly isDraft: boolean;
  readonly firstCommitAt: Instant | null;
  /** Added and removed together; `null`: not read, or not to be had. */
  readonly linesChanged: number | null;
  readonly activities: readonly Activity[];
}

/** An open pull request as the store remembers it. */
export interface OpenPullRequest extends PullRequestHistory {
  /** With braces. */
  readonly repositoryUuid: string;
  readonly number: number;
  readonly title: string;
  readonly destinationBranch: string | null;
  /** Waits in a merge queue, as of the last sight of it. */
  readonly isQueued: boolean;
  /** `null`: its commits are not read yet. */
  readonly commitCount: number | null;
  /** The latest moment of a commit (`findLastCommitAt`). */
  readonly lastCommitAt: Instant | null;
  readonly linesChanged: number | null;
  /** Uuids, with braces, of whoever was asked for a review; `null`: not known. */
  readonly reviewerUuids: readonly string[] | null;
}
