import { countBytes } from '../../domain/columns/encode-month';
import type { MonthColumns, WorkspaceColumns } from '../../domain/columns/month-columns';
import type { Workspace } from '../../store/workspaces/workspace-store';
import { correct, type CorrectedColumns } from './corrected-columns';
import type { HeldColumns } from './held-columns';
import { bringColumns } from './make-columns';
import { createPause } from './slices';
import { Storing, type StoringNeeds } from './storing';
import {
  readSurroundings,
  toBasis,
  toDerivation,
  type ColumnStores,
  type ReadSurroundings,
  type WorkspaceFacts,
} from './workspace-facts';

/** Everything of one version. */
interface Known {
  readonly surroundings: ReadSurroundings;
  readonly held: HeldColumns;
  readonly corrected: CorrectedColumns;
  readonly facts: WorkspaceFacts;
}

/** One workspace in memory, as long as it is connected without a break; of one connected anew nothing old serves. */
export class HeldWorkspace {
  readonly connectedAt: number;
  readonly #stores: ColumnStores;
  readonly #storing: Storing;
  #known: Known | null = null;
  #wanted: Workspace;
  #running: Promise<void> | null = null;

  constructor(stores: ColumnStores, workspace: Workspace, needs: Omit<StoringNeeds, 'columns'>) {
    this.connectedAt = workspace.connectedAt;
    this.#stores = stores;
    this.#wanted = workspace;
    this.#storing = new Storing(workspace, { ...needs, columns: stores.columns });
  }

  holds({ version }: Workspace): boolean {
    return this.#known?.held.version === version;
  }

  /** Of the version asked for, or of a later one. Versions that come while one is being read are read together. */
  async load(workspace: Workspace): Promise<WorkspaceFacts> {
    if (workspace.version > this.#wanted.version) this.#wanted = workspace;
    for (;;) {
      if (this.#known !== null && this.#known.held.version >= workspace.version) return this.#known.facts;
      this.#running ??= this.#bring(this.#wanted).finally(() => {
        this.#running = null;
      });
      await this.#running;
    }
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Of the arrays that are held, those that both states share once. */
  countBytes(): number {
    if (this.#known === null) return 0;
    const { raw, columns } = this.#known.corrected;
    return countBytesOfStates(new Set([raw, columns]));
  }

  /** Once nothing is being read or written any more. */
  async settle(): Promise<void> {
    await this.#running?.catch(() => undefined);
    await this.#storing.settle();
  }

  async #bring({ uuid, version, peopleChangedIn }: Workspace): Promise<void> {
    const { merges, columns, pullRequests } = this.#stores;
    const before = this.#known;
    const arePeopleSame = before !== null && peopleChangedIn <= before.held.version;
    const known = before && { ...before.surroundings, arePeopleSame };
    const surroundings = await readSurroundings(this.#stores, uuid, known);
    const derivation = toDerivation(surroundings, { isRaw: true });
    const looking = { merges, workspace: uuid, derivation, pause: createPause() };
    const basis = toBasis(surroundings);
    const held = await bringColumns(before?.held ?? null, { ...looking, columns, pullRequests, version, basis });
    const corrections = { corrections: surroundings.corrections, last: before?.corrected ?? null, looking };
    const corrected = await correct(held.raw, corrections);
    const repositories = new Set(await merges.findRepositoriesWithMerges(uuid));
    const { columns: shown, effective } = corrected;
    const { settings, teams, people, ignored, undated } = surroundings;
    const told = { settings, teams, people, ignored, undated, corrections: surroundings.corrections };
    const facts = { ...told, repositories, corrected: shown, effective, getRaw: () => held.raw };
    this.#known = { surroundings, held, corrected, facts };
    this.#storing.consider(held);
  }
}

/** Arrays never change: those of a month are counted once. */
const bytesOfMonths = new WeakMap<MonthColumns, number>();

function countBytesOfStates(states: ReadonlySet<WorkspaceColumns>): number {
  const months = new Set([...states].flatMap((columns) => columns.months));
  const incidents = new Set([...states].flatMap((columns) => [...columns.incidents.values()]));
  const [{ names }] = [...states] as [WorkspaceColumns];
  let total = 2 * JSON.stringify([names.systems, names.teamSets]).length;
  for (const month of months) {
    const known = bytesOfMonths.get(month) ?? countBytes(month);
    bytesOfMonths.set(month, known);
    total += known;
  }
  for (const one of incidents) total += countBytes(one);
  return total;
}
