import type { Person } from '../../domain/people/person';
import { isRenamed, pickFuller, type Sight } from '../../domain/people/sight';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { people } from '../schema/people';
import { readPeopleText } from './people-as-text';
import { WorkspaceStore } from '../workspaces/workspace-store';

/** The people seen beside pull requests and activities. */
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
    const rows = changed.map(({ person, at }) => ({ workspace, ...toPerson(person), seenAt: at }));
    await this.#database.insert(people, rows, { onConflict: 'overwrite', tx });
    // Whatever somebody new did gives the workspace a new version anyway.
    const isAnyOther = changed.some(({ person }) => {
      const before = known.get(person.uuid)?.person;
      return before === undefined || before.accountId !== person.accountId || isRenamed(before, person);
    });
    if (isAnyOther) await this.#workspaces.bumpPeople(workspace, tx);
  }

  async get(workspace: string, uuid: string, tx?: Transaction): Promise<Person | null> {
    const row = await this.#database.findOne(people, { workspace, uuid }, tx);
    return row === null ? null : toPerson(row);
  }

  /** In the order of their UUIDs. */
  async list(workspace: string, tx?: Transaction): Promise<Person[]> {
    const rows = await this.#database.find(people, { where: { workspace }, order: ['uuid'] }, tx);
    return rows.map(toPerson);
  }

  /** As `list` for `parsePeople`: the same text as long as nobody has changed. */
  async readText(workspace: string): Promise<string> {
    return readPeopleText(this.#database, workspace);
  }

  async #load(workspace: string, uuids: readonly string[], tx: Transaction): Promise<Map<string, Sight>> {
    const rows = await this.#database.findAmong(people, { where: { workspace }, field: 'uuid', among: uuids }, tx);
    return new Map(rows.map((row) => [row.uuid, { person: toPerson(row), at: row.seenAt }]));
  }
}

function toPerson({ uuid, displayName, accountId, type }: Person): Person {
  return { uuid, displayName, accountId, type };
}
