import type { Commit } from '../../domain/commits/commit';
import type { Push } from '../../domain/commits/push';
import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { Transaction } from '../../store/database/transaction';
import type { WholeReading } from '../../domain/pull-requests/merge-activities';
import type { CommitsRow, SizeRow } from '../../store/pull-requests/saved-rows';
import type { MergeRecord, TeamsOfMerge } from '../../store/pull-requests/merge-records';
import type { Stores } from '../../store/stores';
import type { MergeTime } from './merge-times';

/** Of which repository something is recorded, and in which transaction: in one of its own where none is given. */
interface RecordPlace {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly tx?: Transaction;
}

/** What was learnt of one repository and its pull requests; what is left out stays as it is known. */
export interface Facts {
  readonly snapshots?: readonly PullRequestSnapshot[];
  readonly activities?: readonly { readonly number: number; readonly activity: PullRequestActivity }[];
  /** The whole activity of one was read: what it no longer showed counts nowhere any more. */
  readonly wholeReadings?: readonly WholeReading[];
  readonly commits?: readonly CommitsRow[];
  readonly mergeTimes?: readonly MergeTime[];
  /** The default branch that was known when the notice of a merge arrived. */
  readonly defaultBranches?: readonly { readonly number: number; readonly branch: string }[];
  readonly mergeRecords?: readonly MergeRecord[];
  /** Of recorded merges whose groups could not be read at the time; what is written stays. */
  readonly teams?: readonly TeamsOfMerge[];
  readonly sizes?: readonly SizeRow[];
  /** Commits that the walk of the default branch met. */
  readonly walked?: readonly Commit[];
  /** What notices told of pushes: of pull requests whose branch is gone before it can be read nobody else tells. */
  readonly told?: readonly { readonly pushes: readonly Push[]; readonly at: Instant }[];
}

/**
 * The one path by which facts are written, whether a notice, the history import or reconciliation brought them: all of
 * them or none. Snapshots come first, because a merge time or a merge record is of a row that is there.
 */
export async function recordFacts(
  { database, pullRequests, mergeRecords, commits, pushes }: Stores,
  { workspace, repositoryUuid, tx }: RecordPlace,
  facts: Facts,
): Promise<void> {
  const place = [workspace, repositoryUuid] as const;
  await database.within(tx, async (own) => {
    await ifAny(facts.snapshots, (rows) => pullRequests.saveSnapshots(...place, rows, own));
    await ifAny(facts.activities, (rows) => pullRequests.saveActivities(...place, rows, own));
    for (const reading of facts.wholeReadings ?? []) await pullRequests.markUnshown(...place, reading, own);
    await ifAny(facts.commits, (rows) => pullRequests.saveCommits(...place, rows, own));
    await ifAny(facts.mergeTimes, (rows) => pullRequests.saveMergeTimes(...place, rows, own));
    await ifAny(facts.defaultBranches, (rows) => mergeRecords.noteDefaultBranch(...place, rows, own));
    await ifAny(facts.mergeRecords, (rows) => mergeRecords.recordMerges(...place, rows, own));
    await ifAny(facts.teams, (rows) => mergeRecords.fillTeams(...place, rows, own));
    for (const size of facts.sizes ?? []) await pullRequests.saveSize(...place, size, own);
    await ifAny(facts.walked, (rows) => commits.saveAll(...place, rows, own));
    for (const told of facts.told ?? []) await pushes.saveAll(...place, told, own);
  });
}

async function ifAny<T>(rows: readonly T[] = [], save: (rows: readonly T[]) => Promise<void>): Promise<void> {
  if (rows.length > 0) await save(rows);
}

/** The sizes of these pull requests are to be read once more. */
export async function forgetSizes(
  { pullRequests }: Stores,
  { workspace, repositoryUuid }: RecordPlace,
  numbers: readonly number[],
): Promise<void> {
  await pullRequests.forgetSizes(workspace, repositoryUuid, numbers);
}
