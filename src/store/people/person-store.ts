import type { Instant } from '../../domain/instant';
import type { Person } from '../../domain/people/person';
import { isOneOf, toJson, type Table } from '../database/table';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { WorkspaceStore } from '../workspaces/workspace-store';

interface PersonRow {
  readonly workspace: string;
  readonly uuid: string;
  readonly display_name: string | null;
  readonly account_id: string | null;
  readonly type: string;
  readonly seen_at: number;
}

const personTable: Table<PersonRow> = {
  name: 'people',
  key: ['workspace', 'uuid'],
  columns: {
    workspace: 'text',
    uuid: 'text',
    display_name: 'text',
    account_id: 'text',
    type: 'text',
    seen_at: 'bigint',
  },
};

/** The people seen beside pull requests and acts. */
export class PersonStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  /**
   * Keeps of each person the fullest and, of equally full ones, the newest sight, in whatever order
   * they come. The caller holds the workspace, so that nobody writes in between.
   */
  async saveAll(workspace: string, sights: readonly { person: Person; at: Instant }[], tx: Transaction): Promise<void> {
    const best = new Map<string, PersonRow>();
    for (const { person, at } of sights) {
      const row = toRow(workspace, person, at);
      best.set(row.uuid, pickFuller(best.get(row.uuid), row));
    }
    const known = await this.#load(workspace, [...best.keys()], tx);
    const changed = [...best.values()].filter((row) => {
      const before = known.get(row.uuid);
      return before === undefined || (pickFuller(before, row) === row && !isSame(before, row));
    });
    await this.#database.insert(personTable, changed, { onConflict: 'overwrite', tx });
    // Whether somebody is a bot is told by the name and the type, so all that was counted may have changed.
    const isAnyOther = changed.some((row) => isOtherPerson(known.get(row.uuid), row));
    if (isAnyOther) await this.#workspaces.bumpVersion(workspace, tx);
  }

  async get(workspace: string, uuid: string, tx?: Transaction): Promise<Person | null> {
    const row = await this.#database.readOne<PersonRow>(
      'SELECT * FROM people WHERE workspace = $1 AND uuid = $2',
      [workspace, uuid],
      tx,
    );
    return row === null ? null : toPerson(row);
  }

  /** In the order of their UUIDs. */
  async list(workspace: string, tx?: Transaction): Promise<Person[]> {
    const rows = await this.#database.read<PersonRow>(
      'SELECT * FROM people WHERE workspace = $1 ORDER BY uuid',
      [workspace],
      tx,
    );
    return rows.map(toPerson);
  }

  async #load(workspace: string, uuids: readonly string[], tx: Transaction): Promise<Map<string, PersonRow>> {
    const rows = await this.#database.read<PersonRow>(
      `SELECT * FROM people WHERE workspace = $1 AND ${isOneOf(this.#database.dialect, 'uuid', { parameter: '$2', type: 'text' })}`,
      [workspace, toJson(uuids)],
      tx,
    );
    return new Map(rows.map((row) => [row.uuid, row]));
  }
}

function toRow(workspace: string, person: Person, at: Instant): PersonRow {
  return {
    workspace,
    uuid: person.uuid,
    display_name: person.displayName,
    account_id: person.accountId,
    type: person.type,
    seen_at: at,
  };
}

function toPerson(row: PersonRow): Person {
  return { uuid: row.uuid, displayName: row.display_name, accountId: row.account_id, type: row.type };
}

/** The greater under one total order, so that neither order nor repetition matters. */
function pickFuller(before: PersonRow | undefined, next: PersonRow): PersonRow {
  return before === undefined || compare(next, before) > 0 ? next : before;
}

function compare(a: PersonRow, b: PersonRow): number {
  const fuller = fullness(a) - fullness(b);
  const newer = a.seen_at - b.seen_at;
  return fuller || newer || compareText(toTie(a), toTie(b));
}

function fullness(row: PersonRow): number {
  return (row.display_name === null ? 0 : 2) + (row.account_id === null ? 0 : 1);
}

function toTie(row: PersonRow): string {
  return JSON.stringify([row.display_name, row.account_id, row.type]);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a > b ? 1 : -1;
}

/** Somebody new is none: whatever they did gives the workspace a new version anyway. */
function isOtherPerson(before: PersonRow | undefined, after: PersonRow): boolean {
  return before !== undefined && (before.display_name !== after.display_name || before.type !== after.type);
}

function isSame(a: PersonRow, b: PersonRow): boolean {
  return a.seen_at === b.seen_at && toTie(a) === toTie(b);
}
