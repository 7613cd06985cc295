/* eslint max-params: ["error", 4] -- workspace, repository, what is said of it; and last, everywhere, the transaction */
import type { KnownDefaultBranch } from '../../domain/commits/default-branch';
import { judgeMerge } from '../../domain/pull-requests/merge-record';
import type { Database } from '../database/database';
import { isKnown } from '../database/model';
import type { Transaction } from '../database/transaction';
import { pullRequests, type PullRequestRow } from '../schema/pull-requests';
import { PullRequestRows, type RepositoryKey } from './pull-request-rows';
import { PullRequestWriter } from './pull-request-writer';
import type { MergeRecord, PullRequestFacts, TeamsOfMerge } from './saved-rows';

export type { MergeRecord, TeamsOfMerge } from './saved-rows';

/** A recorded merge whose author's teams are not known yet. */
export type MergeWithoutTeams = Pick<PullRequestRow, 'repositoryUuid' | 'number'> & {
  readonly authorUuid: string | null;
};

/** What was so at the merge of each pull request: written once, each part as soon as it is known. */
export class MergeRecordStore {
  readonly #database: Database;
  readonly #rows: PullRequestRows;
  readonly #writer: PullRequestWriter;

  constructor(database: Database) {
    this.#database = database;
    this.#rows = new PullRequestRows(database);
    this.#writer = new PullRequestWriter(database);
  }

  /** Writes down what was so at the merges that exist and have no record yet; only then they count as deployments. */
  async recordMerges(
    workspace: string,
    repositoryUuid: string,
    mergeRecords: readonly MergeRecord[],
    tx?: Transaction,
  ): Promise<void> {
    await this.#save({ workspace, repositoryUuid }, { mergeRecords }, tx);
  }

  /** The default branch that was known when the notice of a merge arrived; the first that is said stays. */
  async noteDefaultBranch(
    workspace: string,
    repositoryUuid: string,
    defaultBranches: readonly { readonly number: number; readonly branch: string }[],
    tx?: Transaction,
  ): Promise<void> {
    await this.#save({ workspace, repositoryUuid }, { defaultBranches }, tx);
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
    const numbers = rows.map(({ number }) => number);
    const change = (before: PullRequestRow) => judgeMerge(before, known);
    await this.#rows.change({ workspace, repositoryUuid }, { numbers, change, tx });
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
    teams: readonly TeamsOfMerge[],
    tx?: Transaction,
  ): Promise<void> {
    await this.#save({ workspace, repositoryUuid }, { teams }, tx);
  }

  async #save(key: RepositoryKey, facts: PullRequestFacts, tx: Transaction | undefined): Promise<void> {
    const learnt = [{ repositoryUuid: key.repositoryUuid, facts }];
    await this.#database.within(tx, (own) => this.#writer.save(key.workspace, learnt, own));
  }
}
