import type { Instant } from '../../domain/instant';
import type { Person } from '../../domain/people/person';
import type { PullRequestAct } from '../../domain/pull-requests/review';
import { wouldBeShown } from '../../domain/pull-requests/unshown-acts';
import type { Database } from '../database/database';
import { isOneOf, toBatches, toJson, type Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { RepositoryKey } from './pull-request-rows';

export interface ActRow {
  readonly workspace: string;
  readonly repository: string;
  readonly number: number;
  readonly key: string;
  readonly kind: PullRequestAct['kind'];
  readonly at: number;
  readonly actor: string | null;
  readonly is_inline: number;
  readonly is_deleted: number;
  readonly state: string | null;
  readonly source_hash: string | null;
  readonly is_draft: number | null;
  readonly gone_at: number | null;
}

/** An act as it is stored. */
export interface StoredAct extends PullRequestAct {
  /** A whole reading no longer showed it, or no longer as in force. */
  readonly isGone: boolean;
}

interface ActWithActor extends ActRow {
  readonly display_name: string | null;
  readonly account_id: string | null;
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

const actTable: Table<ActRow> = {
  name: 'pull_request_acts',
  key: ['workspace', 'repository', 'number', 'key'],
  columns: {
    workspace: 'text',
    repository: 'text',
    number: 'bigint',
    key: 'text',
    kind: 'text',
    at: 'bigint',
    actor: 'text',
    is_inline: 'integer',
    is_deleted: 'integer',
    state: 'text',
    source_hash: 'text',
    is_draft: 'integer',
    gone_at: 'bigint',
  },
};

const names = Object.keys(actTable.columns) as readonly (keyof ActRow)[];

/** The acts of pull requests. */
export class ActRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Merges the acts into what is stored; gives the numbers of the pull requests where that changed something. */
  async merge(
    key: RepositoryKey,
    acts: readonly { number: number; act: PullRequestAct }[],
    tx: Transaction,
  ): Promise<Set<number>> {
    const before = await this.#load(key, [...new Set(acts.map(({ number }) => number))], tx);
    const after = new Map(before);
    for (const { number, act } of acts) {
      const row = toActRow(key, number, act);
      after.set(toActId(row), mergeActs(after.get(toActId(row)), row));
    }
    const changed = [...after].filter(([id, row]) => isDifferent(before.get(id), row)).map(([, row]) => row);
    await this.#database.insert(actTable, changed, { onConflict: 'overwrite', tx });
    return new Set(changed.map((row) => row.number));
  }

  /**
   * After a whole reading: what it did not show of before `asOf` is gone, and what it showed is there. Updates are left
   * alone, and withdrawals, which no reading ever shows, with what they took back. Tells whether that changed anything.
   */
  async markUnshown(key: RepositoryKey, { number, shown, asOf }: WholeReading, tx: Transaction): Promise<boolean> {
    const stored = [...(await this.#load(key, [number], tx)).values()];
    const changed = stored.flatMap((row): ActRow[] => {
      if (shown.has(row.key)) return row.gone_at === null ? [] : [{ ...row, gone_at: null }];
      return row.gone_at === null && wouldBeShown(row, asOf, stored) ? [{ ...row, gone_at: asOf }] : [];
    });
    await this.#database.insert(actTable, changed, { onConflict: 'overwrite', tx });
    return changed.length > 0;
  }

  /** In the order of time. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<StoredAct[]> {
    const rows = await this.#database.read<ActWithActor>(
      `SELECT ${names.map((name) => `a.${name}`).join(', ')}, p.display_name, p.account_id, p.type
       FROM pull_request_acts a LEFT JOIN people p ON p.workspace = a.workspace AND p.uuid = a.actor
       WHERE a.workspace = $1 AND a.repository = $2 AND a.number = $3 ORDER BY a.at, a.key`,
      [key.workspace, key.repository, number],
      tx,
    );
    return rows.map(toAct);
  }

  async #load(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<Map<string, ActRow>> {
    const rows = new Map<string, ActRow>();
    for (const batch of toBatches(numbers)) {
      const found = await this.#database.read<ActRow>(
        `SELECT ${names.join(', ')} FROM pull_request_acts WHERE workspace = $1 AND repository = $2
         AND ${isOneOf(this.#database.dialect, 'number', { parameter: '$3', type: 'bigint' })}`,
        [key.workspace, key.repository, toJson(batch)],
        tx,
      );
      found.forEach((row) => rows.set(toActId(row), row));
    }
    return rows;
  }
}

/**
 * The act after both, whichever came first and however often: the earliest time, deleted once is deleted,
 * and of anything that sources should not disagree about the known and greater.
 */
export function mergeActs(before: ActRow | undefined, next: ActRow): ActRow {
  return before === undefined
    ? next
    : {
        ...before,
        kind: greater(before.kind, next.kind) ?? next.kind,
        at: Math.min(before.at, next.at),
        actor: greater(before.actor, next.actor),
        is_inline: Math.max(before.is_inline, next.is_inline),
        is_deleted: Math.max(before.is_deleted, next.is_deleted),
        state: greater(before.state, next.state),
        source_hash: greater(before.source_hash, next.source_hash),
        is_draft: greater(before.is_draft, next.is_draft),
      };
}

function greater<T extends string | number>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return b > a ? b : a;
}

function toActId(row: ActRow): string {
  return `${row.number}/${row.key}`;
}

function isDifferent(before: ActRow | undefined, after: ActRow): boolean {
  return before === undefined || names.some((name) => before[name] !== after[name]);
}

function toActRow(key: RepositoryKey, number: number, act: PullRequestAct): ActRow {
  return {
    ...key,
    number,
    key: act.key,
    kind: act.kind,
    at: act.at,
    actor: act.actor?.uuid ?? null,
    is_inline: act.isInline ? 1 : 0,
    is_deleted: act.isDeleted ? 1 : 0,
    state: act.state,
    source_hash: act.sourceHash,
    is_draft: act.isDraft === null ? null : act.isDraft ? 1 : 0,
    gone_at: null,
  };
}

function toAct(row: ActWithActor): StoredAct {
  return {
    key: row.key,
    kind: row.kind,
    at: row.at,
    actor: toActor(row),
    isInline: row.is_inline === 1,
    isDeleted: row.is_deleted === 1,
    state: row.state,
    sourceHash: row.source_hash,
    isDraft: row.is_draft === null ? null : row.is_draft === 1,
    isGone: row.gone_at !== null,
  };
}

function toActor(row: ActWithActor): Person | null {
  return row.actor === null
    ? null
    : { uuid: row.actor, displayName: row.display_name, accountId: row.account_id, type: row.type ?? 'user' };
}
