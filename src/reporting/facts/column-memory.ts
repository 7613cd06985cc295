import type { Workspace } from '../../store/workspaces/workspace-store';
import { HeldWorkspace } from './held-workspace';
import type { StoringNeeds } from './storing';
import type { ColumnStores, WorkspaceFacts } from './workspace-facts';

export interface ColumnMemoryOptions extends Partial<Omit<StoringNeeds, 'columns'>> {
  /** Bytes that columns may take; workspaces asked for longest ago are forgotten first. */
  readonly mostBytes?: number;
}

const defaults = {
  mostBytes: 2 ** 30,
  storeAfter: 2_000,
  onProblem: () => undefined,
};

/** Keeps the columns of workspaces in memory, and brings them up to each version by what has changed. */
export class ColumnMemory {
  readonly #stores: ColumnStores;
  readonly #options: Required<ColumnMemoryOptions>;
  /** Asked for longest ago first. */
  readonly #kept = new Map<string, HeldWorkspace>();

  constructor(stores: ColumnStores, options: ColumnMemoryOptions = {}) {
    this.#stores = stores;
    this.#options = { ...defaults, ...options };
  }

  /** Whether the facts of this version have been read, so that loading them reads nothing. */
  holds(workspace: Workspace): boolean {
    const kept = this.#kept.get(workspace.uuid);
    return kept?.connectedAt === workspace.connectedAt && kept.holds(workspace);
  }

  /** The facts of this version, or of a later one. However many ask at once, a version is read once. */
  async load(workspace: Workspace): Promise<WorkspaceFacts> {
    const known = this.#kept.get(workspace.uuid);
    const isSame = known?.connectedAt === workspace.connectedAt;
    const kept = isSame ? known : new HeldWorkspace(this.#stores, workspace, this.#options);
    this.#kept.delete(workspace.uuid);
    this.#kept.set(workspace.uuid, kept);
    const isHeld = kept.holds(workspace);
    const facts = await kept.load(workspace);
    if (!isHeld) this.#forgetOldest();
    return facts;
  }

  /** Of all arrays that are held. */
  countBytes(): number {
    return [...this.#kept.values()].reduce((sum, kept) => sum + kept.countBytes(), 0);
  }

  /** Waits for what is being read and stored; the database may be closed then. */
  async settle(): Promise<void> {
    await Promise.all([...this.#kept.values()].map((kept) => kept.settle()));
  }

  #forgetOldest(): void {
    let total = this.countBytes();
    for (const [uuid, kept] of this.#kept) {
      if (total <= this.#options.mostBytes || this.#kept.size === 1) return;
      if (kept.isBusy) continue;
      this.#kept.delete(uuid);
      total -= kept.countBytes();
    }
  }
}
