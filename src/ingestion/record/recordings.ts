import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import { planSizes } from '../plans/import-plan';
import type { WorkParts } from '../requests/work-parts';
import { recordAll, type Facts } from './recorder';

/** What was learnt of one pull request, to be written down. */
export interface Recording extends DeployIdParts {
  readonly facts: Facts;
  /** Whether its lines are to be counted. */
  readonly needsSize: boolean;
  /** Everything of it could be read: nothing is wrong with it any more. */
  readonly isWhole: boolean;
}

interface Waiting {
  readonly recording: Recording;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** While others are being read, the first that waits waits no longer for them than this, in milliseconds. */
const longestWait = 100;
/**
 * So many readings of a workspace ask Bitbucket side by side; others that have begun take their turn, or wait to be
 * written. What was asked for is asked again when a process ends or an access is withdrawn in the middle of it.
 */
const mostAsking = 6;
/** More in one transaction would hold up who waits for it. */
const mostTogether = 50;

/**
 * Writes down what readings of pull requests learnt. Readings of a workspace that end close together go into one
 * transaction and make one new version of it; one that is alone is written at once. Where one cannot be written, the
 * others of its transaction are: each goes by itself then.
 */
export class Recordings {
  readonly #parts: Pick<WorkParts, 'stores' | 'clock' | 'importDays'>;
  readonly #ofWorkspaces = new Map<string, WorkspaceRecordings>();

  constructor(parts: Pick<WorkParts, 'stores' | 'clock' | 'importDays'>) {
    this.#parts = parts;
  }

  /** Runs a reading; what it hands in, once at most, is durable when `record` resolves. */
  async during<T>(
    workspace: string,
    read: (record: (recording: Recording) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const recordings = this.#find(workspace);
    const end = await recordings.begin();
    try {
      return await read((recording) => {
        const written = recordings.record(recording);
        end();
        return written;
      });
    } finally {
      end();
      if (recordings.isAtRest) this.#ofWorkspaces.delete(workspace);
    }
  }

  #find(workspace: string): WorkspaceRecordings {
    const known = this.#ofWorkspaces.get(workspace);
    if (known !== undefined) return known;
    const recordings = new WorkspaceRecordings((some) => this.#write(workspace, some));
    this.#ofWorkspaces.set(workspace, recordings);
    return recordings;
  }

  async #write(workspace: string, some: readonly Recording[]): Promise<void> {
    const { stores } = this.#parts;
    await stores.database.transaction(async (tx) => {
      const learnt = some.map(({ repositoryUuid, facts }) => ({ repositoryUuid, facts }));
      await recordAll(stores, { workspace, tx }, learnt);
      const unsized = some.filter(({ needsSize }) => needsSize).map(({ repositoryUuid }) => repositoryUuid);
      await planSizes(this.#parts, { workspace, repositoryUuids: [...new Set(unsized)] }, tx);
      const whole = some.filter(({ isWhole }) => isWhole);
      await stores.readingProblems.clearAll(workspace, { keys: whole, what: 'pull_request' }, tx);
    });
  }
}

/** The readings of one workspace. */
class WorkspaceRecordings {
  readonly #write: (some: readonly Recording[]) => Promise<void>;
  readonly #waiting: Waiting[] = [];
  /** Readings that ask, and have handed in nothing yet. */
  #asking = 0;
  /** Those that wait for their turn, first come first. */
  readonly #turns: (() => void)[] = [];
  #isWriting = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(write: (some: readonly Recording[]) => Promise<void>) {
    this.#write = write;
  }

  get isAtRest(): boolean {
    return this.#asking === 0 && this.#waiting.length === 0 && !this.#isWriting;
  }

  /** Resolves when it is the reading's turn, with what is called, more than once or not, when it has ended. */
  async begin(): Promise<() => void> {
    if (this.#asking < mostAsking) this.#asking += 1;
    else await new Promise<void>((enter) => this.#turns.push(enter));
    let isAsking = true;
    return () => {
      if (!isAsking) return;
      isAsking = false;
      const next = this.#turns.shift();
      // A turn is handed on.
      if (next === undefined) this.#asking -= 1;
      else next();
      this.#consider();
    };
  }

  record(recording: Recording): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ recording, resolve, reject }));
  }

  #consider(): void {
    if (this.#isWriting || this.#waiting.length === 0) return;
    if (this.#asking === 0 || this.#waiting.length >= mostTogether) void this.#writeWaiting();
    else this.#timer ??= setTimeout(() => void this.#writeWaiting(), longestWait);
  }

  async #writeWaiting(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isWriting) return;
    this.#isWriting = true;
    await this.#writeTogether(this.#waiting.splice(0, mostTogether));
    this.#isWriting = false;
    this.#consider();
  }

  async #writeTogether(some: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(some.map(({ recording }) => recording));
      for (const { resolve } of some) resolve();
    } catch (error) {
      const [only] = some;
      if (some.length === 1) only?.reject(error);
      // One that cannot be written may not undo those beside it.
      else for (const one of some) await this.#writeTogether([one]);
    }
  }
}
