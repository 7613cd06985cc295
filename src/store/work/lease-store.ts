import type { Database } from '../database/database';
import { pickColumns, selectRows, toBatches, toJson } from '../database/table';
import { jobs } from '../schema/work';
import type { Job } from './job-store';

const keyFields = pickColumns(jobs, ['workspace', 'kind', 'key']).columns;

/** Who is at work on which job. */
export class LeaseStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whoever looks next may have them at once: nothing was tried, and nothing is wrong with them. */
  async giveBack(held: readonly Job[]): Promise<void> {
    for (const some of toBatches(held)) {
      await this.#database.write(
        `UPDATE jobs SET leased_until = NULL
         WHERE leased_until IS NOT NULL AND (workspace, kind, key) IN
           (SELECT workspace, kind, key FROM ${selectRows(this.#database.dialect, '$1', keyFields)} AS b)`,
        [toJson(some)],
      );
    }
  }
}
