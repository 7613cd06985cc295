import type { Change } from '../change';
import type { Instant } from '../instant';
import type { Person } from '../people/person';
import type { Standing } from './standing';

/**
 * What a pull request can be. Bitbucket knows more words (`DRAFT`, `QUEUED`), and may learn others: whatever is
 * neither merged, declined nor superseded has not ended and is `OPEN` (docs/definitions.md, 6.4).
 */
export type PullRequestState = 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED';

const endedStates: readonly string[] = ['MERGED', 'DECLINED', 'SUPERSEDED'] satisfies PullRequestState[];

/** Whether a word of Bitbucket's for a state is one of an end. */
export function hasEnded(word: string): word is Exclude<PullRequestState, 'OPEN'> {
  return endedStates.includes(word);
}

/** A pull request as Bitbucket shows it at one moment (a list entry, a detail or a notice). */
export interface PullRequestSnapshot {
  readonly number: number;
  readonly title: string;
  readonly author: Person | null;
  readonly state: PullRequestState;
  readonly isDraft: boolean;
  /** Waits in a merge queue; it is open all the same. */
  readonly isQueued: boolean;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  /** Where Bitbucket gives it (`closed_on`). */
  readonly closedAt: Instant | null;
  readonly source: BranchEnd;
  readonly destination: BranchEnd;
  /** Mostly the first 12 characters. */
  readonly mergeHash: string | null;
  /** Address of its diffstat on the API host, where given. */
  readonly diffstatUrl: string | null;
  /** `null` where the source does not name the participants. */
  readonly standing: Standing | null;
  /** Whoever was asked for a review, each once; `null` where the source does not name them. */
  readonly reviewers: readonly Person[] | null;
}

/** One end of a pull request; all `null` when the fork behind it is gone. */
export interface BranchEnd {
  readonly branch: string | null;
  /** Mostly the first 12 characters. */
  readonly hash: string | null;
  /** With braces. */
  readonly repositoryUuid: string | null;
  readonly repositoryFullName: string | null;
}

/** A merged pull request, to whatever branch, with all that the delivery metrics need of it. */
export interface MergedPullRequest {
  /** With braces. */
  readonly repositoryUuid: string;
  readonly number: number;
  readonly title: string;
  readonly sourceBranch: string | null;
  readonly openedAt: Instant;
  readonly mergedAt: Instant;
  readonly destinationBranch: string | null;
  /** The repository's default branch at the moment of the merge; `null`: not known yet. */
  readonly defaultBranchAtMerge: string | null;
  readonly changes: readonly Change[];
  /** False when its commits could not be read as they were merged. */
  readonly isComplete: boolean;
  /** Slugs of the author's groups, written once at the merge or at the import. */
  readonly teams: readonly string[];
  /** `import` also while the groups could not be read yet: they come as of a later reading. */
  readonly teamsAsOf: 'merge' | 'import';
  /** With braces; `null` when the author is unknown. */
  readonly authorUuid: string | null;
}

/** A merged pull request of which no source tells when it was merged: it counts in no number, and is named. */
export interface UndatedMerge {
  /** With braces. */
  readonly repositoryUuid: string;
  readonly number: number;
  readonly title: string;
  readonly destinationBranch: string | null;
  readonly openedAt: Instant;
  /** When all that could date it had been asked. */
  readonly mergeRecordedAt: Instant;
  /** Slugs of the author's groups as of then. */
  readonly teams: readonly string[];
  /** With braces; `null` when the author is unknown. */
  readonly authorUuid: string | null;
}
