import { findFirstCommitAt } from '../../domain/pull-requests/commit-list';
import { addMergeRecord, noteDefaultBranchAtMerge, noteTeamsOfMerge } from '../../domain/pull-requests/merge-record';
import type { PullRequestRow } from '../schema/pull-requests';
import { mergeSnapshots, toSnapshotRow } from './merge-snapshots';
import { withMergedAt, withMergeTime } from './merge-time';
import type { RepositoryKey } from './pull-request-rows';
import type { CommitsRow, PullRequestFacts, TeamsOfMerge } from './saved-rows';
import { withSize } from './sizes';

type Rows = ReadonlyMap<number, PullRequestRow>;

/** What is so after facts were learnt. */
export interface Learnt {
  /** All rows that were known before or are known now, by number. */
  readonly rows: Rows;
  /** The merges whose teams are known from now on. */
  readonly teams: readonly TeamsOfMerge[];
}

/**
 * The rows of pull requests after facts, whatever order these came in before. Snapshots go first, because everything
 * else is of a row that is there; lists (activities, commits, teams) have rows of their own.
 * @param before The rows that exist of those that the facts are about.
 */
export function learnFacts(key: RepositoryKey, before: Rows, facts: PullRequestFacts): Learnt {
  const rows = new Map(before);
  for (const snapshot of facts.snapshots ?? []) {
    const known = rows.get(snapshot.number) ?? null;
    rows.set(snapshot.number, withMergedAt(mergeSnapshots(known, toSnapshotRow(key, snapshot))));
  }
  change(rows, facts.commits, withCommits);
  change(rows, facts.mergeTimes, withMergeTime);
  change(rows, facts.defaultBranches, (row, { branch }) => noteDefaultBranchAtMerge(row, branch));
  const recorded = change(rows, facts.mergeRecords, addMergeRecord).flatMap((record) =>
    record.teams === null ? [] : [{ ...record, teams: record.teams }],
  );
  const told = [...recorded, ...(facts.teams ?? [])];
  const teams = change(rows, told, (row, { teamsAsOf }) => noteTeamsOfMerge(row, teamsAsOf));
  change(rows, facts.sizes, withSize);
  return { rows, teams };
}

/** The numbers of all pull requests that the facts are about, each once. */
export function listNumbers(facts: PullRequestFacts): number[] {
  const lists: readonly (readonly { readonly number: number }[] | undefined)[] = Object.values(facts);
  return [...new Set(lists.flatMap((list = []) => list.map(({ number }) => number)))];
}

/** Changes the rows that exist and for which `change` gives one; gives what was said of those. */
function change<T extends { readonly number: number }>(
  rows: Map<number, PullRequestRow>,
  said: readonly T[] | undefined,
  toNext: (row: PullRequestRow, one: T) => PullRequestRow | null,
): T[] {
  return (said ?? []).filter((one) => {
    const row = rows.get(one.number);
    const next = row === undefined ? null : toNext(row, one);
    if (next !== null) rows.set(one.number, next);
    return next !== null;
  });
}

/** The earliest author date ever seen stays. */
function withCommits(row: PullRequestRow, { head, commits, isComplete }: CommitsRow): PullRequestRow {
  return {
    ...row,
    commitsHead: head,
    commitsState: isComplete ? 'complete' : 'incomplete',
    firstCommitAt: findFirstCommitAt(row.firstCommitAt, commits),
  };
}
