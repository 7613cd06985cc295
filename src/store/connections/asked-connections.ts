import { setImmediate } from 'node:timers/promises';
import type { ConnectionRow } from '../schema/connections';
import type { Connection, ConnectionName } from './connection';
import type { ConnectionRows } from './connection-rows';

/** A process serves few connections again and again; those beyond this are decrypted anew. */
const mostKept = 1_000;

interface Question {
  readonly name: ConnectionName;
  readonly resolve: (connection: Connection | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers which connection has a reference, for doors that ask with every request. Questions that come while the
 * database answers wait together for the next statement, so many at once cost little. Each answer is read after its
 * question: what another process has rotated or ended is believed no longer than if every question had a statement of
 * its own. A row is decrypted once as long as it stays what it is, and given as the same object.
 */
export class AskedConnections {
  readonly #rows: Pick<ConnectionRows, 'findAllByReference' | 'open'>;
  readonly #kept = new Map<string, { readonly row: ConnectionRow; readonly connection: Connection }>();
  #waiting: Question[] = [];
  #isAsking = false;

  constructor(rows: Pick<ConnectionRows, 'findAllByReference' | 'open'>) {
    this.#rows = rows;
  }

  ask(name: ConnectionName): Promise<Connection | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject });
      if (!this.#isAsking) void this.#askAll();
    });
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting.length > 0) {
      // Those that are asked in the same turn of the event loop come along.
      await setImmediate();
      const questions = this.#waiting;
      this.#waiting = [];
      try {
        const rows = await this.#rows.findAllByReference([...new Set(questions.map(({ name }) => name.reference))]);
        const found = new Map(rows.map((row) => [row.reference, row]));
        for (const question of questions) this.#answer(question, found.get(question.name.reference));
      } catch (error) {
        // Those that have come meanwhile are told as well: one after the other they would wait for it in vain.
        for (const { reject } of [...questions, ...this.#waiting.splice(0)]) reject(error);
      }
    }
    this.#isAsking = false;
  }

  #answer({ name, resolve, reject }: Question, row: ConnectionRow | undefined): void {
    try {
      resolve(row?.kind === name.kind ? this.open(row) : null);
    } catch (error) {
      // One that cannot be decrypted is no reason to fail for the others.
      reject(error);
    }
  }

  /** Decrypted once as long as the row stays what it is. */
  open(row: ConnectionRow): Connection {
    const kept = this.#kept.get(row.reference);
    if (kept !== undefined && isSame(kept.row, row)) return kept.connection;
    const connection = this.#rows.open(row);
    this.#kept.delete(row.reference);
    this.#kept.set(row.reference, { row, connection });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return connection;
  }
}

function isSame(one: ConnectionRow, other: ConnectionRow): boolean {
  return (Object.keys(one) as (keyof ConnectionRow)[]).every((field) => one[field] === other[field]);
}
