import type { ColumnStore, ConnectedWorkspace } from '../../store/columns/column-store';
import { countMerges, type HeldColumns } from './held-columns';
import { createPause } from './slices';
import { writeStored } from './stored-columns';

/** Rows that are derived again in about the time that it takes to write as many times more. */
const cheaperToWrite = 20;

export interface StoringNeeds {
  readonly columns: ColumnStore;
  /** So many rows have to be others before columns are stored again. */
  readonly storeAfter: number;
  /** Nothing is lost, but the next start takes longer. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Stores the columns of one workspace beside everything else, when a process that starts now would have to derive many
 * rows, and not when it would cost more to write the months that those lie in.
 */
export class Storing {
  readonly #workspace: ConnectedWorkspace;
  readonly #needs: StoringNeeds;
  #stored: Pick<HeldColumns, 'version' | 'changedRows'>;
  #writing: Promise<void> | null = null;

  /** `stored`: as of which version they are stored; 0: not at all. */
  constructor(workspace: ConnectedWorkspace, needs: StoringNeeds) {
    this.#workspace = workspace;
    this.#needs = needs;
    this.#stored = { version: 0, changedRows: 0 };
  }

  consider(held: HeldColumns): void {
    if (this.#writing !== null || !this.#isDue(held)) return;
    this.#writing = this.#write(held)
      .catch(this.#needs.onProblem)
      .finally(() => {
        this.#writing = null;
      });
  }

  /** Once nothing is being written any more. */
  async settle(): Promise<void> {
    await this.#writing;
  }

  #isDue({ raw, changedIn, changedRows }: HeldColumns): boolean {
    const unstored = changedRows - this.#stored.changedRows;
    if (unstored < this.#needs.storeAfter) return false;
    const toWrite = raw.months.filter(({ month }) => (changedIn.get(month) ?? 0) > this.#stored.version);
    return unstored * cheaperToWrite >= countMerges(toWrite);
  }

  /** Where another process has stored them since we did, ours can wait. */
  async #write(held: HeldColumns): Promise<void> {
    const { columns } = this.#needs;
    const before = await columns.getCheckpoint(this.#workspace.uuid);
    const isOthers = before !== null && before.version > this.#stored.version && this.#stored.version > 0;
    if (!isOthers) await writeStored(columns, this.#workspace, { held, pause: createPause() });
    this.#stored = { version: isOthers ? before.version : held.version, changedRows: held.changedRows };
  }
}
