/* eslint max-params: ["error", 4] -- workspace, repository, what is saved; and last, everywhere, the transaction */
import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import type { Instant } from '../../domain/instant';
import { findFirstCommitAt } from '../../domain/pull-requests/commit-list';
import type { WholeReading } from '../../domain/pull-requests/merge-activities';
import type { MergeTimeSource } from '../../domain/pull-requests/merge-time';
import type { PullRequestSnapshot, UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { OpenPullRequest, RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PersonStore } from '../people/person-store';
import { factMonths } from '../schema/pull-requests';
import { ActivityRows, type StoredActivity } from './activity-rows';
import { CommitLists } from './commit-lists';
import { mergeSnapshots, toSnapshotRow } from './merge-snapshots';
import { withMergedAt, withMergeTime } from './merge-time';
import { findPullRequests, getPullRequest, type PullRequestQuery } from './find-pull-requests';
import { PullRequestRows } from './pull-request-rows';
import { readMerged } from './read-merged';
import { readOpen } from './read-open';
import { readUndated } from './read-undated';
import { forgetSizes, writeSize } from './sizes';
import type { CommitsRow, SizeRow } from './saved-rows';
import type { StoredPullRequest } from './stored-pull-request';

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
  readonly #people: PersonStore;

  constructor(database: Database) {
    this.#database = database;
    this.#rows = new PullRequestRows(database);
    this.#activities = new ActivityRows(database);
    this.#commits = new CommitLists(database);
    this.#people = new PersonStore(database);
  }

  /** The newest snapshot wins; what it does not know is kept from the newest that knew it. */
  async saveSnapshots(
    workspace: string,
    repositoryUuid: string,
    snapshots: readonly PullRequestSnapshot[],
    tx?: Transaction,
  ): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.within(tx, async (own) => {
      await this.#rows.change(key, {
        rows: snapshots,
        change: (before, snapshot) => withMergedAt(mergeSnapshots(before, toSnapshotRow(key, snapshot))),
        tx: own,
      });
      const sights = snapshots.flatMap(({ author, updatedAt }) =>
        author === null ? [] : [{ person: author, at: updatedAt }],
      );
      await this.#people.saveAll(workspace, sights, own);
    });
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
    rows: readonly { number: number; source: MergeTimeSource; at: Instant }[],
    tx?: Transaction,
  ): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.within(tx, async (own) => {
      await this.#rows.change(key, {
        rows,
        change: (before, row) => before && withMergeTime(before, row),
        tx: own,
      });
    });
  }

  /** Activities of pull requests not yet known are kept too. */
  async saveActivities(
    workspace: string,
    repositoryUuid: string,
    rows: readonly { number: number; activity: PullRequestActivity }[],
    tx?: Transaction,
  ): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.within(tx, async (own) => {
      await this.#rows.hold(workspace, own);
      const changed = await this.#activities.merge(key, rows, own);
      const touched = await this.#rows.load(key, [...changed], own);
      await this.#rows.touch(key, [...touched.values()], own);
      const sights = rows.flatMap(({ activity }) =>
        activity.actor === null ? [] : [{ person: activity.actor, at: activity.at }],
      );
      await this.#people.saveAll(workspace, sights, own);
    });
  }

  /** After a whole reading of the activity of one: what it no longer showed counts nowhere any more. */
  async markUnshown(workspace: string, repositoryUuid: string, reading: WholeReading, tx?: Transaction): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.within(tx, async (own) => {
      await this.#rows.hold(workspace, own);
      if (!(await this.#activities.markUnshown(key, reading, own))) return;
      const touched = await this.#rows.load(key, [reading.number], own);
      await this.#rows.touch(key, [...touched.values()], own);
    });
  }

  /** Replaces the list of each; the earliest author date ever seen stays. Rows without a pull request are left out. */
  async saveCommits(
    workspace: string,
    repositoryUuid: string,
    rows: readonly CommitsRow[],
    tx?: Transaction,
  ): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.within(tx, async (own) => {
      await this.#rows.change(key, {
        rows,
        change: (before, row) =>
          before && {
            ...before,
            commitsHead: row.head,
            commitsState: row.isComplete ? 'complete' : 'incomplete',
            firstCommitAt: findFirstCommitAt(before.firstCommitAt, row.commits),
          },
        tx: own,
      });
      const numbers = rows.map((row) => row.number);
      const known = await this.#rows.load(key, numbers, own);
      const lists = new Map(
        rows
          .filter(({ number }) => known.has(number))
          .map(({ number, commits, seenAt }) => [number, { commits, seenAt: seenAt ?? null }]),
      );
      const changed = await this.#commits.replace(key, lists, own);
      const touched = [...known.values()].filter((row) => changed.has(row.number));
      await this.#rows.touch(key, touched, own);
    });
  }

  /** The lines changed, or why they cannot be known; of that head, and of no later one. */
  async saveSize(workspace: string, repositoryUuid: string, row: SizeRow, tx?: Transaction): Promise<void> {
    const key = { workspace, repositoryUuid };
    await this.#database.within(tx, (own) => writeSize(this.#rows, key, { row, tx: own }));
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

  /** Merges that nobody can date, but for those whose repository is still being imported; newest opening first. */
  async listUndated(workspace: string, tx?: Transaction): Promise<UndatedMerge[]> {
    return readUndated(this.#database, { workspace, tx });
  }
}
