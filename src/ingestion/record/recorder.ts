import type { Commit } from '../../domain/commits/commit';
import type { Push } from '../../domain/commits/push';
import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { Transaction } from '../../store/database/transaction';
import type { WholeReading } from '../../store/pull-requests/activity-rows';
import type { CommitsRow, SizeRow } from '../../store/pull-requests/saved-rows';
import type { MergeRecord, TeamsOfMerge } from '../../store/pull-requests/merge-records';
import type { Stores } from '../../store/stores';
import type { MergeTime } from './merge-times';

/** Of which repository something is recorded, and in which transaction: in one of its own where none is given. */
export interface RecordPlace {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly tx?: Transaction;
}

/** What was learnt of pull requests of one repository; what is left out stays as it is known. */
export interface PullRequestFacts {
  readonly snapshots?: readonly PullRequestSnapshot[];
  readonly activities?: readonly { readonly number: number; readonly activity: PullRequestActivity }[];
  /** The whole activity of one was read: what it no longer showed counts nowhere any more. */
  readonly wholeReadings?: readonly WholeReading[];
  readonly commits?: readonly CommitsRow[];
  readonly mergeTimes?: readonly MergeTime[];
  /** The default branch that was known when the notice of a merge arrived. */
  readonly defaultBranches?: readonly { readonly number: number; readonly branch: string }[];
  readonly seals?: readonly MergeRecord[];
  readonly sizes?: readonly SizeRow[];
}

/**
 * The one path by which facts of pull requests are written, whether a notice, the history import or reconciliation
 * brought them: all of them or none. Snapshots come first, because a merge time or a seal is of a row that is there.
 */
export async function recordPullRequests(
  { database, pullRequests, seals }: Stores,
  { workspace, repositoryUuid, tx }: RecordPlace,
  facts: PullRequestFacts,
): Promise<void> {
  const place = [workspace, repositoryUuid] as const;
  await database.within(tx, async (own) => {
    await ifAny(facts.snapshots, (rows) => pullRequests.saveSnapshots(...place, rows, own));
    await ifAny(facts.activities, (rows) => pullRequests.saveActivities(...place, rows, own));
    for (const reading of facts.wholeReadings ?? []) await pullRequests.markUnshown(...place, reading, own);
    await ifAny(facts.commits, (rows) => pullRequests.saveCommits(...place, rows, own));
    await ifAny(facts.mergeTimes, (rows) => pullRequests.saveMergeTimes(...place, rows, own));
    await ifAny(facts.defaultBranches, (rows) => seals.noteDefaultBranch(...place, rows, own));
    await ifAny(facts.seals, (rows) => seals.seal(...place, rows, own));
    for (const size of facts.sizes ?? []) await pullRequests.saveSize(...place, size, own);
  });
}

async function ifAny<T>(rows: readonly T[] = [], save: (rows: readonly T[]) => Promise<void>): Promise<void> {
  if (rows.length > 0) await save(rows);
}

/** The teams of sealed merges whose groups could not be read at the time; what is written stays. */
export async function recordTeams(
  { seals }: Stores,
  { workspace, repositoryUuid }: RecordPlace,
  teams: readonly TeamsOfMerge[],
): Promise<void> {
  await seals.fillTeams(workspace, repositoryUuid, teams);
}

/** The sizes of these pull requests are to be read once more. */
export async function forgetSizes(
  { pullRequests }: Stores,
  { workspace, repositoryUuid }: RecordPlace,
  numbers: readonly number[],
): Promise<void> {
  await pullRequests.forgetSizes(workspace, repositoryUuid, numbers);
}

/** Commits that the walk of the default branch met. */
export async function recordWalkedCommits(
  { commits }: Stores,
  { workspace, repositoryUuid, tx }: RecordPlace,
  walked: readonly Commit[],
): Promise<void> {
  await commits.saveAll(workspace, repositoryUuid, walked, tx);
}

/** What a notice told of pushes: of pull requests whose branch is gone before it can be read nobody else tells. */
export async function recordPushes(
  { database, pushes }: Stores,
  { workspace, repositoryUuid, tx }: RecordPlace,
  told: { readonly pushes: readonly Push[]; readonly at: Instant },
): Promise<void> {
  await database.within(tx, (own) => pushes.saveAll(workspace, repositoryUuid, told, own));
}
