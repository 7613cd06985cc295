import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { below } from '../database/model';
import type { Transaction } from '../database/transaction';
import { submissions } from '../schema/work';

/** A form older than this is refused as stale anyway. */
const keptMs = 24 * 60 * 60 * 1000;

/** The once-only marks of forms that were sent. */
export class SubmissionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `true` for the first of those that claim the mark, however many do so at once. Marks of a day ago are let go. */
  async claim(workspace: string, submission: { mark: string; now: Instant }, tx?: Transaction): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      const { mark, now: at } = submission;
      await this.#database.delete(submissions, { workspace, at: below(at - keptMs) }, own);
      return (await this.#database.insert(submissions, [{ workspace, mark, at }], { onConflict: 'keep', tx: own })) > 0;
    });
  }

  /** The next one that claims the mark is the first again. */
  async release(workspace: string, mark: string, tx?: Transaction): Promise<void> {
    await this.#database.delete(submissions, { workspace, mark }, tx);
  }
}
