import { formatDeployId } from '../../domain/deployments/deploy-id';
import { findFirstCommitAt } from '../../domain/pull-requests/commit-list';
import { addMergeRecord, noteDefaultBranchAtMerge, noteTeamsOfMerge } from '../../domain/pull-requests/merge-record';
import type { PullRequestRow } from '../schema/pull-requests';
import { mergeSnapshots, toSnapshotRow } from './merge-snapshots';
import { withMergedAt, withMergeTime } from './merge-time';
import type { RepositoryKey, Rows } from './pull-request-rows';
import type { PullRequestKey } from './read-recorded';
import type { CommitsRow, PullRequestFacts, RepositoryFacts, TeamsOfMerge } from './saved-rows';
import { withSize } from './sizes';

/** What is so after facts were learnt. */
export interface Learnt {
  /** All rows that were known before or are known now. */
  readonly rows: Rows;
  /** The merges whose teams are known from now on. */
  readonly teams: readonly (TeamsOfMerge & RepositoryKey)[];
}

/**
 * The rows of pull requests after facts, whatever order these came in before. Snapshots go first, because everything
 * else is of a row that is there; lists (activities, commits, teams) have rows of their own.
 * @param before The rows that exist of those that the facts are about.
 */
export function learnFacts(workspace: string, before: Rows, learnt: readonly RepositoryFacts[]): Learnt {
  const rows = new Map(before);
  const teams = learnt.flatMap(({ repositoryUuid, facts }) => {
    const key = { workspace, repositoryUuid };
    return learnOf(key, rows, facts).map((one) => ({ ...one, ...key }));
  });
  return { rows, teams };
}

/** Changes the rows of one repository; gives the teams that are known from now on. */
function learnOf(key: RepositoryKey, rows: Map<string, PullRequestRow>, facts: PullRequestFacts): TeamsOfMerge[] {
  for (const snapshot of facts.snapshots ?? []) {
    const id = formatDeployId({ ...key, number: snapshot.number });
    rows.set(id, withMergedAt(mergeSnapshots(rows.get(id) ?? null, toSnapshotRow(key, snapshot))));
  }
  const change = createChange(key, rows);
  change(facts.commits, withCommits);
  change(facts.mergeTimes, withMergeTime);
  change(facts.defaultBranches, (row, { branch }) => noteDefaultBranchAtMerge(row, branch));
  const recorded = change(facts.mergeRecords, addMergeRecord).flatMap((record) =>
    record.teams === null ? [] : [{ ...record, teams: record.teams }],
  );
  const told = [...recorded, ...(facts.teams ?? [])];
  const teams = change(told, (row, { teamsAsOf }) => noteTeamsOfMerge(row, teamsAsOf));
  change(facts.sizes, withSize);
  return teams;
}

/** The keys of all pull requests that the facts are about, each once. */
export function listKeys(learnt: readonly RepositoryFacts[]): PullRequestKey[] {
  const keys = learnt.flatMap(({ repositoryUuid, facts }) => {
    const lists: readonly (readonly { readonly number: number }[] | undefined)[] = Object.values(facts);
    return lists.flatMap((list = []) => list.map(({ number }) => ({ repositoryUuid, number })));
  });
  return [...new Map(keys.map((key) => [formatDeployId(key), key])).values()];
}

/** Changes the rows that exist and for which `toNext` gives one; gives what was said of those. */
function createChange({ repositoryUuid }: RepositoryKey, rows: Map<string, PullRequestRow>) {
  return <T extends { readonly number: number }>(
    said: readonly T[] | undefined,
    toNext: (row: PullRequestRow, one: T) => PullRequestRow | null,
  ): T[] =>
    (said ?? []).filter((one) => {
      const id = formatDeployId({ repositoryUuid, number: one.number });
      const row = rows.get(id);
      const next = row === undefined ? null : toNext(row, one);
      if (next !== null) rows.set(id, next);
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
