/* eslint max-params: ["error", 4] -- workspace, repository, what is said of it; and last, everywhere, the transaction */
import type { KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import {
  judgeMerge,
  noteDefaultBranchAtMerge,
  noteTeamsOfMerge,
  addMergeRecord,
} from '../../domain/pull-requests/merge-record';
import type { Database } from '../database/database';
import { isKnown } from '../database/model';
import type { Transaction } from '../database/transaction';
import { pullRequests, pullRequestTeams, type PullRequestRow } from '../schema/pull-requests';
import { PullRequestRows } from './pull-request-rows';

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

/** A recorded merge whose author's teams are not known yet. */
export type MergeWithoutTeams = Pick<PullRequestRow, 'repositoryUuid' | 'number'> & {
  readonly authorUuid: string | null;
};

/** The slugs of the author's groups, and as of when. */
export interface TeamsOfMerge {
  readonly number: number;
  readonly teams: readonly string[];
  readonly teamsAsOf: 'merge' | 'import';
}

/** What was so at the merge of each pull request: written once, each part as soon as it is known. */
export class MergeRecordStore {
  readonly #database: Database;
  readonly #rows: PullRequestRows;

  constructor(database: Database) {
    this.#database = database;
    this.#rows = new PullRequestRows(database);
  }

  /** Writes down what was so at the merges that exist and have no record yet; only then they count as deployments. */
  async recordMerges(
    workspace: string,
    repositoryUuid: string,
    mergeRecords: readonly MergeRecord[],
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.within(tx, async (own) => {
      const recorded = await this.#change({ workspace, repositoryUuid, tx: own }, mergeRecords, addMergeRecord);
      const withTeams = recorded.flatMap((mergeRecord) =>
        mergeRecord.teams === null ? [] : [{ ...mergeRecord, teams: mergeRecord.teams }],
      );
      await this.fillTeams(workspace, repositoryUuid, withTeams, own);
    });
  }

  /** The default branch that was known when the notice of a merge arrived; the first that is said stays. */
  async noteDefaultBranch(
    workspace: string,
    repositoryUuid: string,
    rows: readonly { readonly number: number; readonly branch: string }[],
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.within(tx, async (own) => {
      await this.#change({ workspace, repositoryUuid, tx: own }, rows, (before, { branch }) =>
        noteDefaultBranchAtMerge(before, branch),
      );
    });
  }

  /** Judges the merges that were recorded before any default branch was known. */
  async judge(
    workspace: string,
    repositoryUuid: string,
    known: readonly KnownDefaultBranch[],
    tx: Transaction,
  ): Promise<void> {
    const where = { workspace, repositoryUuid, mergeRecordedAt: isKnown, defaultBranchAtMerge: null };
    const rows = await this.#database.find(pullRequests, { where }, tx);
    if (rows.length === 0) return;
    await this.#change({ workspace, repositoryUuid, tx }, rows, (before) => judgeMerge(before, known));
  }

  async listWithoutTeams(workspace: string, tx?: Transaction): Promise<MergeWithoutTeams[]> {
    const where = { workspace, mergeRecordedAt: isKnown, teamsAsOf: null };
    const rows = await this.#database.find(pullRequests, { where, order: ['repositoryUuid', 'number'] }, tx);
    return rows.map(({ repositoryUuid, number, author }) => ({ repositoryUuid, number, authorUuid: author }));
  }

  /** Writes down the teams of recorded merges that have none yet; what is written stays. */
  async fillTeams(
    workspace: string,
    repositoryUuid: string,
    rows: readonly TeamsOfMerge[],
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.within(tx, async (own) => {
      const filled = await this.#change({ workspace, repositoryUuid, tx: own }, rows, (before, { teamsAsOf }) =>
        noteTeamsOfMerge(before, teamsAsOf),
      );
      const teams = filled.flatMap(({ number, teams: slugs }) =>
        [...new Set(slugs)].map((team) => ({ workspace, repositoryUuid, number, team })),
      );
      await this.#database.insert(pullRequestTeams, teams, { onConflict: 'keep', tx: own });
    });
  }

  /** Changes the rows that exist and for which `change` gives something; gives what was asked for those. */
  async #change<T extends { readonly number: number }>(
    { workspace, repositoryUuid, tx }: { workspace: string; repositoryUuid: string; tx: Transaction },
    rows: readonly T[],
    change: (before: PullRequestRow, row: T) => PullRequestRow | null,
  ): Promise<T[]> {
    const changed: T[] = [];
    const changeKnown = (before: PullRequestRow | null, row: T): PullRequestRow | null => {
      const after = before && change(before, row);
      if (after !== null) changed.push(row);
      return after;
    };
    await this.#rows.change({ workspace, repositoryUuid }, { rows, change: changeKnown, tx });
    return changed;
  }
}
