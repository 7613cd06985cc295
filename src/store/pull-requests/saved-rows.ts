import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import type { Instant } from '../../domain/instant';
import type { WholeReading } from '../../domain/pull-requests/merge-activities';
import type { MergeTimeSource } from '../../domain/pull-requests/merge-time';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';

/** `head`: the source head that it was asked for. */
export type SizeRow = { readonly number: number; readonly head: string | null } & (
  { readonly linesAdded: number; readonly linesRemoved: number } | { readonly problem: string }
);

/** `seenAt`: when they were read. */
export interface CommitsRow {
  readonly number: number;
  readonly head: string | null;
  readonly commits: readonly ListedCommit[];
  readonly isComplete: boolean;
  readonly seenAt?: Instant;
}

/** What is written down once, at the merge or at the import. */
export interface MergeRecord {
  readonly number: number;
  /** `null`: not known yet; judged once it is. */
  readonly defaultBranch: string | null;
  /** Slugs; `null`: the groups could not be read yet. */
  readonly teams: readonly string[] | null;
  readonly teamsAsOf: 'merge' | 'import';
  readonly mergeRecordedAt: Instant;
}

/** The slugs of the author's groups, and as of when. */
export interface TeamsOfMerge {
  readonly number: number;
  readonly teams: readonly string[];
  readonly teamsAsOf: 'merge' | 'import';
}

/** What was learnt of pull requests of one repository; what is left out stays as it is known. */
export interface PullRequestFacts {
  readonly snapshots?: readonly PullRequestSnapshot[];
  readonly activities?: readonly { readonly number: number; readonly activity: PullRequestActivity }[];
  /** The whole activity of one was read: what it no longer showed counts nowhere any more. */
  readonly wholeReadings?: readonly WholeReading[];
  readonly commits?: readonly CommitsRow[];
  readonly mergeTimes?: readonly { readonly number: number; readonly source: MergeTimeSource; readonly at: Instant }[];
  /** The default branch that was known when the notice of a merge arrived. */
  readonly defaultBranches?: readonly { readonly number: number; readonly branch: string }[];
  readonly mergeRecords?: readonly MergeRecord[];
  /** Of recorded merges whose groups could not be read at the time; what is written stays. */
  readonly teams?: readonly TeamsOfMerge[];
  readonly sizes?: readonly SizeRow[];
}

/** What was learnt of one repository of several. */
export interface RepositoryFacts<Facts = PullRequestFacts> {
  readonly repositoryUuid: string;
  readonly facts: Facts;
}
