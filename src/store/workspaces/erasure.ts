import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';

/** Forgets workspaces: whatever table is defined and has a column `workspace` is erased with it. */
export class Erasure {
  readonly #database: Database;
  readonly #tables: readonly string[];

  constructor(database: Database, tables: readonly Table[]) {
    this.#database = database;
    this.#tables = listTablesOfWorkspaces(tables);
  }

  /** Deletes all that is kept of a workspace, itself included; tells how many rows of which table. */
  async erase(workspace: string, tx?: Transaction): Promise<Record<string, number>> {
    return this.#database.within(tx, async (own) => {
      // A large workspace takes as long as it takes.
      await this.#database.liftLimits(own);
      const counts: Record<string, number> = {};
      const erase = async (table: string, column: string): Promise<void> => {
        // Tables of every kind, and only of this workspace: no model is needed for it.
        counts[table] = await this.#database.write(`DELETE FROM ${table} WHERE ${column} = $1`, [workspace], own);
      };
      for (const table of this.#tables) await erase(table, 'workspace');
      await erase('workspaces', 'uuid');
      return counts;
    });
  }
}

/**
 * By the length of the key, longest first. The key of a table that refers to another goes on where the other's ends, so
 * each comes before what it refers to, and is counted before a deletion there would take its rows along.
 */
function listTablesOfWorkspaces(tables: readonly Table[]): string[] {
  return tables
    .filter(({ columns }) => 'workspace' in columns)
    .toSorted((a, b) => b.key.length - a.key.length)
    .map(({ name }) => name);
}
