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

  constructor(store: Pick<PullRequestStore, 'listMonths' | 'readMerged'>, workspace: string) {
    this.#store = store;
    this.#workspace = workspace;
  }

  async load(): Promise<MergedPullRequest[]> {
    const months = await this.#store.listMonths(this.#workspace);
    const segments = new Map<string, Segment>();
    for (const { month, version } of months) {
      segments.set(month, await this.#loadMonth(month, version));
    }
    this.#segments = segments;
    return [...segments.values()].flatMap(({ rows }) => rows);
  }

  /** A month that changes between the two readings is read again the next time. */
  async #loadMonth(month: string, version: number): Promise<Segment> {
    const known = this.#segments.get(month);
    return known?.version === version ? known : { version, rows: await this.#store.readMerged(this.#workspace, month) };
  }
}
