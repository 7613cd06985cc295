/* eslint max-params: ["error", 4] -- workspace, repository, what is saved; and last, everywhere, the transaction */
import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import type { Instant } from '../../domain/instant';
import type { WholeReading } from '../../domain/pull-requests/merge-activities';
import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { OpenPullRequest, RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { factMonths } from '../schema/pull-requests';
import { ActivityRows, type StoredActivity } from './activity-rows';
import { CommitLists } from './commit-lists';
import { findPullRequests, getPullRequest, type PullRequestQuery } from './find-pull-requests';
import { PullRequestRows } from './pull-request-rows';
import { PullRequestWriter } from './pull-request-writer';
import { readMerged } from './read-merged';
import { readOpen } from './read-open';
import { readUndated } from './read-undated';
import type { PullRequestFacts, RepositoryFacts, SizeRow } from './saved-rows';
import { forgetSizes } from './sizes';
import { toStoredPullRequest, type StoredPullRequest } from './stored-pull-request';

/**
 * Pull requests and what is known of each from any source. The workspace must be known. Saving may
 * come in any order and be repeated: snapshots, activities and merge times give the same rows. Whatever
 * changes something gives the workspace, and each month of a merge concerned, a new version.
 */
export class PullRequestStore {
  readonly #database: Database;
  readonly #rows: PullRequestRows;
  readonly #activities: ActivityRows;
  readonly #commits: CommitLists;
  readonly #writer: PullRequestWriter;

  constructor(database: Database) {
    this.#database = database;
    this.#rows = new PullRequestRows(database);
    this.#activities = new ActivityRows(database);
    this.#commits = new CommitLists(database);
    this.#writer = new PullRequestWriter(database);
  }

  /** All that was learnt at once: each row is loaded once and written once, and the workspace gets one new version. */
  async save(workspace: string, repositoryUuid: string, facts: PullRequestFacts, tx?: Transaction): Promise<void> {
    await this.saveAll(workspace, [{ repositoryUuid, facts }], tx);
  }

  /** As `save`, of several repositories: in the order in which it was learnt. */
  async saveAll(workspace: string, learnt: readonly RepositoryFacts[], tx?: Transaction): Promise<void> {
    await this.#database.within(tx, (own) => this.#writer.save(workspace, learnt, own));
  }

  /** The newest snapshot wins; what it does not know is kept from the newest that knew it. */
  async saveSnapshots(
    workspace: string,
    repositoryUuid: string,
    snapshots: Saved<'snapshots'>,
    tx?: Transaction,
  ): Promise<void> {
    await this.save(workspace, repositoryUuid, { snapshots }, tx);
  }

  /** One as it would be if these facts were saved now; `null`: it would not be known. */
  async foresee(
    workspace: string,
    repositoryUuid: string,
    number: number,
    facts: PullRequestFacts,
  ): Promise<StoredPullRequest | null> {
    const row = await this.#writer.foresee({ workspace, repositoryUuid }, number, facts);
    return row && toStoredPullRequest({ ...row, ...nobodyKnown });
  }

  /** When one of the workspace's changed last, as Bitbucket told it; `null` without any. */
  async newestChangeAt(workspace: string): Promise<Instant | null> {
    const row = await this.#database.readOne<{ at: Instant | null }>(
      'SELECT max(updated_at) AS at FROM pull_requests WHERE workspace = $1',
      [workspace],
    );
    return row?.at ?? null;
  }

  /** Keeps the earliest time of each source. Rows without a pull request are left out. */
  async saveMergeTimes(
    workspace: string,
    repositoryUuid: string,
    mergeTimes: Saved<'mergeTimes'>,
    tx?: Transaction,
  ): Promise<void> {
    await this.save(workspace, repositoryUuid, { mergeTimes }, tx);
  }

  /** Activities of pull requests not yet known are kept too. */
  async saveActivities(
    workspace: string,
    repositoryUuid: string,
    activities: Saved<'activities'>,
    tx?: Transaction,
  ): Promise<void> {
    await this.save(workspace, repositoryUuid, { activities }, tx);
  }

  /** After a whole reading of the activity of one: what it no longer showed counts nowhere any more. */
  async markUnshown(workspace: string, repositoryUuid: string, reading: WholeReading, tx?: Transaction): Promise<void> {
    await this.save(workspace, repositoryUuid, { wholeReadings: [reading] }, tx);
  }

  /** Replaces the list of each; the earliest author date ever seen stays. Rows without a pull request are left out. */
  async saveCommits(
    workspace: string,
    repositoryUuid: string,
    commits: Saved<'commits'>,
    tx?: Transaction,
  ): Promise<void> {
    await this.save(workspace, repositoryUuid, { commits }, tx);
  }

  /** The lines changed, or why they cannot be known; of that head, and of no later one. */
  async saveSize(workspace: string, repositoryUuid: string, row: SizeRow, tx?: Transaction): Promise<void> {
    await this.save(workspace, repositoryUuid, { sizes: [row] }, tx);
  }

  /** They are to be read once more. */
  async forgetSizes(workspace: string, repositoryUuid: string, numbers: readonly number[]): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.transaction((tx) => forgetSizes(this.#rows, key, { numbers, tx }));
  }

  async get(
    workspace: string,
    repositoryUuid: string,
    number: number,
    tx?: Transaction,
  ): Promise<StoredPullRequest | null> {
    return getPullRequest(this.#database, { workspace, repositoryUuid }, { number, tx });
  }

  /** Newest first, that is by number downwards. */
  async list(
    workspace: string,
    repositoryUuid: string,
    where: PullRequestQuery = {},
    tx?: Transaction,
  ): Promise<StoredPullRequest[]> {
    return findPullRequests(this.#database, { workspace, repositoryUuid }, { where, tx });
  }

  async listCommits(
    workspace: string,
    repositoryUuid: string,
    number: number,
    tx?: Transaction,
  ): Promise<ListedCommit[]> {
    return this.#commits.list({ workspace, repositoryUuid }, number, tx);
  }

  /** In the order of time. */
  async listActivities(
    workspace: string,
    repositoryUuid: string,
    number: number,
    tx?: Transaction,
  ): Promise<StoredActivity[]> {
    return this.#activities.list({ workspace, repositoryUuid }, number, tx);
  }

  /** The UTC months `YYYY-MM` that ever held a merge, in order, each with the version of its last change. */
  async listMonths(workspace: string, tx?: Transaction): Promise<{ month: string; version: number }[]> {
    return this.#database.find(factMonths, { where: { workspace }, without: ['workspace'], order: ['month'] }, tx);
  }

  /** The merged and recorded pull requests of a UTC month `YYYY-MM`. */
  async readMerged(workspace: string, month: string, tx?: Transaction): Promise<RecordedPullRequest[]> {
    return readMerged(this.#database, { workspace, month, tx });
  }

  /** The pull requests that are open now, oldest first. */
  async readOpen(workspace: string, tx?: Transaction): Promise<OpenPullRequest[]> {
    return readOpen(this.#database, { workspace, tx });
  }

  /** Whether of one of a repository's that are open it is not known who was asked for a review. */
  async lacksReviewers(workspace: string, repositoryUuid: string): Promise<boolean> {
    const row = await this.#database.readOne<{ found: number }>(
      `SELECT 1 AS found FROM pull_requests
       WHERE workspace = $1 AND repository = $2 AND state = 'OPEN' AND reviewers IS NULL LIMIT 1`,
      [workspace, repositoryUuid],
    );
    return row !== null;
  }

  /** Merges that nobody can date, but for those whose repository is still being imported; newest opening first. */
  async listUndated(workspace: string, tx?: Transaction): Promise<UndatedMerge[]> {
    return readUndated(this.#database, { workspace, tx });
  }
}

type Saved<Part extends keyof PullRequestFacts> = NonNullable<PullRequestFacts[Part]>;

/** Nobody has looked for the name of the author. */
const nobodyKnown = { displayName: null, accountId: null, type: null };
