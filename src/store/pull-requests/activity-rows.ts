import type { Instant } from '../../domain/instant';
import type { Person } from '../../domain/people/person';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import { wouldBeShown } from '../../domain/pull-requests/unshown-acts';
import type { Database } from '../database/database';
import { isOneOf, selectList, toBatches, toJson, toRow } from '../database/table';
import type { Transaction } from '../database/transaction';
import { pullRequestActs, type ActivityRow } from '../schema/pull-requests';
import type { RepositoryKey } from './pull-request-rows';

/** An act as it is stored. */
export interface StoredActivity extends PullRequestActivity {
  /** A whole reading no longer showed it, or no longer as in force. */
  readonly isGone: boolean;
}

interface ActivityWithActor extends ActivityRow {
  readonly displayName: string | null;
  readonly accountId: string | null;
  readonly type: string | null;
}

/** What the whole activity of a pull request showed. */
export interface WholeReading {
  readonly number: number;
  /** Keys of acts. */
  readonly shown: ReadonlySet<string>;
  /** Of the acts up to this moment it would have shown all. */
  readonly asOf: Instant;
}

const fields = Object.keys(pullRequestActs.columns) as readonly (keyof ActivityRow)[];

/** The acts of pull requests. */
export class ActivityRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Merges the acts into what is stored; gives the numbers of the pull requests where that changed something. */
  async merge(
    key: RepositoryKey,
    activities: readonly { number: number; activity: PullRequestActivity }[],
    tx: Transaction,
  ): Promise<Set<number>> {
    const before = await this.#load(key, [...new Set(activities.map(({ number }) => number))], tx);
    const after = new Map(before);
    for (const { number, activity } of activities) {
      const row = toActivityRow(key, number, activity);
      after.set(toActivityId(row), mergeActivities(after.get(toActivityId(row)), row));
    }
    const changed = [...after].filter(([id, row]) => isDifferent(before.get(id), row)).map(([, row]) => row);
    await this.#database.insert(pullRequestActs, changed, { onConflict: 'overwrite', tx });
    return new Set(changed.map((row) => row.number));
  }

  /**
   * After a whole reading: what it did not show of before `asOf` is gone, and what it showed is there. Updates are left
   * alone, and withdrawals, which no reading ever shows, with what they took back. Tells whether that changed anything.
   */
  async markUnshown(key: RepositoryKey, { number, shown, asOf }: WholeReading, tx: Transaction): Promise<boolean> {
    const stored = [...(await this.#load(key, [number], tx)).values()];
    const changed = stored.flatMap((row): ActivityRow[] => {
      if (shown.has(row.key)) return row.goneAt === null ? [] : [{ ...row, goneAt: null }];
      return row.goneAt === null && wouldBeShown(row, asOf, stored) ? [{ ...row, goneAt: asOf }] : [];
    });
    await this.#database.insert(pullRequestActs, changed, { onConflict: 'overwrite', tx });
    return changed.length > 0;
  }

  /** In the order of time. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<StoredActivity[]> {
    // Joined with the people.
    const rows = await this.#database.read<ActivityWithActor>(
      `SELECT ${selectList(pullRequestActs, 'a')}, p.display_name AS "displayName", p.account_id AS "accountId", p.type
       FROM pull_request_acts a LEFT JOIN people p ON p.workspace = a.workspace AND p.uuid = a.actor
       WHERE a.workspace = $1 AND a.repository = $2 AND a.number = $3 ORDER BY a.at, a.key`,
      [key.workspace, key.repositoryUuid, number],
      tx,
    );
    return rows.map((row) => toAct(toRow(pullRequestActs, row)));
  }

  async #load(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<Map<string, ActivityRow>> {
    const rows = new Map<string, ActivityRow>();
    for (const batch of toBatches(numbers)) {
      // A page of activity names many: one bound value, where a model would write each into the statement.
      const found = await this.#database.read<ActivityRow>(
        `SELECT ${selectList(pullRequestActs)} FROM pull_request_acts WHERE workspace = $1 AND repository = $2
         AND ${isOneOf(this.#database.dialect, 'number', { parameter: '$3', type: 'bigint' })}`,
        [key.workspace, key.repositoryUuid, toJson(batch)],
        tx,
      );
      for (const row of found) rows.set(toActivityId(row), toRow(pullRequestActs, row));
    }
    return rows;
  }
}

/**
 * The act after both, whichever came first and however often: the earliest time, deleted once is deleted,
 * and of anything that sources should not disagree about the known and greater.
 */
export function mergeActivities(before: ActivityRow | undefined, next: ActivityRow): ActivityRow {
  return before === undefined
    ? next
    : {
        ...before,
        kind: greater(before.kind, next.kind) ?? next.kind,
        at: Math.min(before.at, next.at),
        actor: greater(before.actor, next.actor),
        isInline: before.isInline || next.isInline,
        isDeleted: before.isDeleted || next.isDeleted,
        state: greater(before.state, next.state),
        sourceHash: greater(before.sourceHash, next.sourceHash),
        isDraft: greater(before.isDraft, next.isDraft),
      };
}

function greater<T extends string | number | boolean>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return b > a ? b : a;
}

function toActivityId(row: ActivityRow): string {
  return `${row.number}/${row.key}`;
}

function isDifferent(before: ActivityRow | undefined, after: ActivityRow): boolean {
  return before === undefined || fields.some((field) => before[field] !== after[field]);
}

function toActivityRow(key: RepositoryKey, number: number, { actor, ...activity }: PullRequestActivity): ActivityRow {
  return { ...key, number, ...activity, actor: actor?.uuid ?? null, goneAt: null };
}

function toAct(row: ActivityWithActor): StoredActivity {
  const { key, kind, at, isInline, isDeleted, state, sourceHash, isDraft, goneAt } = row;
  return {
    key,
    kind,
    at,
    actor: toActor(row),
    isInline,
    isDeleted,
    state,
    sourceHash,
    isDraft,
    isGone: goneAt !== null,
  };
}

function toActor({ actor, displayName, accountId, type }: ActivityWithActor): Person | null {
  return actor === null ? null : { uuid: actor, displayName, accountId, type: type ?? 'user' };
}
