import type { MergedPullRequest } from '../domain/pull-request';
import type { PullRequestStore } from '../store/pull-requests/pull-request-store';

interface Segment {
  readonly version: number;
  readonly rows: readonly MergedPullRequest[];
}

/** The merged pull requests of one workspace by UTC month, read again only where a month has changed. */
export class MonthSegments {
  readonly #store: Pick<PullRequestStore, 'listMonths' | 'readMerged'>;
  readonly #workspace: string;
  #segments = new Map<string, Segment>();
  #isLoaded = false;

  constructor(store: Pick<PullRequestStore, 'listMonths' | 'readMerged'>, workspace: string) {
    this.#store = store;
    this.#workspace = workspace;
  }

  /** `null`: nothing has changed since the last time. */
  async load(): Promise<MergedPullRequest[] | null> {
    const months = await this.#store.listMonths(this.#workspace);
    if (this.#isLoaded && months.every(({ month, version }) => this.#has(month, version))) return null;
    const segments = new Map<string, Segment>();
    for (const { month, version } of months) {
      segments.set(month, await this.#loadMonth(month, version));
    }
    this.#segments = segments;
    this.#isLoaded = true;
    return this.list();
  }

  /** As of the last load. */
  list(): MergedPullRequest[] {
    return [...this.#segments.values()].flatMap(({ rows }) => rows);
  }

  #has(month: string, version: number): boolean {
    return this.#segments.get(month)?.version === version;
  }

  /** A month that changes between the two readings is read again the next time. */
  async #loadMonth(month: string, version: number): Promise<Segment> {
    const known = this.#segments.get(month);
    return known?.version === version ? known : { version, rows: await this.#store.readMerged(this.#workspace, month) };
  }
}
