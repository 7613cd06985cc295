import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

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
      await this.#database.write(
        'DELETE FROM submissions WHERE workspace = $1 AND at < $2',
        [workspace, submission.now - keptMs],
        own,
      );
      const count = await this.#database.write(
        'INSERT INTO submissions (workspace, mark, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [workspace, submission.mark, submission.now],
        own,
      );
      return count > 0;
    });
  }

  /** The next one that claims the mark is the first again. */
  async release(workspace: string, mark: string, tx?: Transaction): Promise<void> {
    await this.#database.write('DELETE FROM submissions WHERE workspace = $1 AND mark = $2', [workspace, mark], tx);
  }
}
