import type { Instant } from '../../domain/instant';
import { firstMinuteOf } from '../../domain/requests/request-window';
import type { Database } from '../database/database';

const hour = 3_600_000;
const day = 24 * hour;

/** Rows that nobody needs any more. */
interface Rule {
  readonly table: string;
  readonly key: string;
  /** Of a row `t`; `$1` is the moment before which it has ended, `$2` the workspace. */
  readonly hasEnded: string;
  readonly isOfWorkspace: boolean;
  readonly toBefore: (now: Instant) => number;
}

const noticeKey = 'workspace, delivery_id, body_hash';
const ofAge = (ms: number) => (now: Instant) => now - ms;
const own = { isOfWorkspace: true };
const all = { isOfWorkspace: false };
const isSignedIn = 'EXISTS (SELECT 1 FROM sign_ins s WHERE s.viewer =';

/** How long what is kept: docs/operations.md has the same table for people. */
const rules: readonly Rule[] = [
  {
    ...{ ...own, table: 'notices', key: noticeKey, toBefore: ofAge(7 * day) },
    // Bitbucket repeats a delivery within minutes. The newest stays, as the proof that notices arrive.
    hasEnded: `t.workspace = $2 AND t.state = 'done' AND t.received_at < $1 AND t.received_at <
      (SELECT max(n.received_at) FROM notices n WHERE n.workspace = $2 AND n.state = 'done')`,
  },
  {
    ...{ ...own, table: 'notices', key: noticeKey, toBefore: ofAge(7 * day) },
    hasEnded: `t.workspace = $2 AND t.state = 'unknown' AND t.received_at < $1`,
  },
  {
    ...{ ...own, table: 'notices', key: noticeKey, toBefore: ofAge(30 * day) },
    hasEnded: `t.workspace = $2 AND t.state IN ('unreadable', 'dead') AND t.received_at < $1`,
  },
  {
    // A branch may be worked on for long before it is merged.
    ...{ ...own, table: 'pushes', key: 'workspace, repository, branch, new_hash', toBefore: ofAge(180 * day) },
    hasEnded: 't.workspace = $2 AND t.pushed_at < $1',
  },
  {
    ...{ ...own, table: 'pushed_commits', key: 'workspace, repository, branch, hash', toBefore: ofAge(180 * day) },
    hasEnded: 't.workspace = $2 AND t.pushed_at < $1',
  },
  {
    ...{ ...own, table: 'submissions', key: 'workspace, mark', toBefore: ofAge(day) },
    hasEnded: 't.workspace = $2 AND t.at < $1',
  },
  {
    ...{ ...own, table: 'requests', key: 'workspace, minute, purpose, lane' },
    toBefore: (now) => firstMinuteOf(now) - 1,
    hasEnded: 't.workspace = $2 AND t.minute < $1',
  },
  { ...{ ...all, table: 'sign_ins', key: 'id', toBefore: ofAge(0) }, hasEnded: 't.ends_at <= $1' },
  {
    // Listed for a while, so that who made it sees what became of it; one that still lets somebody in stays.
    ...{ ...own, table: 'sign_in_links', key: 'workspace, id', toBefore: ofAge(90 * day) },
    hasEnded: `t.workspace = $2 AND coalesce(t.revoked_at, t.valid_until) < $1
      AND NOT ${isSignedIn} 'link:' || t.id)`,
  },
  {
    // Of somebody whom a proxy names; whoever comes again is asked for again.
    ...{ ...own, table: 'viewer_rights', key: 'workspace, viewer', toBefore: ofAge(30 * day) },
    hasEnded: `t.workspace = $2 AND t.read_at < $1 AND (t.viewer LIKE 'email:%' OR t.viewer LIKE 'link:%')
      AND NOT ${isSignedIn} t.viewer)`,
  },
  {
    // Of a workspace that was never connected.
    ...{ ...all, table: 'connection_checks', key: 'workspace, step', toBefore: ofAge(30 * day) },
    hasEnded: 't.checked_at < $1 AND NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.uuid = t.workspace)',
  },
];

/** Forgets what has ended: a few rows at a time, so that nobody waits for it. */
export class EndedRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All that has ended of a workspace, and of what belongs to none. Tells how many rows. */
  async forget(workspace: string, now: Instant, batch = 500): Promise<number> {
    let count = 0;
    for (const rule of rules) {
      for (let deleted = batch; deleted === batch;) {
        deleted = await this.#forgetSome(rule, { workspace, now, batch });
        count += deleted;
      }
    }
    return count;
  }

  #forgetSome(
    { table, key, hasEnded, isOfWorkspace, toBefore }: Rule,
    { workspace, now, batch }: { readonly workspace: string; readonly now: Instant; readonly batch: number },
  ): Promise<number> {
    // Tables of every kind, and a few of many rows: no model does either.
    return this.#database.write(
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} t WHERE ${hasEnded} LIMIT ${batch})`,
      [toBefore(now), ...(isOfWorkspace ? [workspace] : [])],
    );
  }
}
