import type { Instant } from '../../domain/instant';
import type { Person } from '../../domain/people/person';
import { isRenamed, pickFuller, type Sight } from '../../domain/people/sight';
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
  async saveAll(workspace: string, sights: readonly Sight[], tx: Transaction): Promise<void> {
    const uuids = new Set(sights.map(({ person }) => person.uuid));
    const known = await this.#load(workspace, [...uuids], tx);
    const best = new Map(known);
    for (const sight of sights) best.set(sight.person.uuid, pickFuller(best.get(sight.person.uuid), sight));
    const changed = [...best.values()].filter((sight) => sight !== known.get(sight.person.uuid));
    const rows = changed.map(({ person, at }) => toRow(workspace, person, at));
    await this.#database.insert(personTable, rows, { onConflict: 'overwrite', tx });
    // All that was counted may have changed. Whatever somebody new did gives the workspace a new version anyway.
    const isAnyRenamed = changed.some(({ person }) => {
      const before = known.get(person.uuid)?.person;
      return before !== undefined && isRenamed(before, person);
    });
    if (isAnyRenamed) await this.#workspaces.bumpVersion(workspace, tx);
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

  async #load(workspace: string, uuids: readonly string[], tx: Transaction): Promise<Map<string, Sight>> {
    const rows = await this.#database.read<PersonRow>(
      `SELECT * FROM people WHERE workspace = $1 AND ${isOneOf(this.#database.dialect, 'uuid', { parameter: '$2', type: 'text' })}`,
      [workspace, toJson(uuids)],
      tx,
    );
    return new Map(rows.map((row) => [row.uuid, { person: toPerson(row), at: row.seen_at }]));
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
