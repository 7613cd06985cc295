import { createHash } from 'node:crypto';

export interface GitCommit {
  readonly hash: string;
  /** The date that the API gives it; not always in the order of the history. */
  readonly at: number;
  readonly parents: readonly string[];
}

export type Merging = 'merge' | 'squash' | 'fast-forward' | 'rebase';

export interface GitPullRequest {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly branch: string;
  readonly into: string;
  readonly fork: 'none' | 'there' | 'gone';
  /** Whether the commits can still be listed. */
  isBranchThere: boolean;
  state: 'OPEN' | 'MERGED' | 'DECLINED';
  readonly createdAt: number;
  updatedAt: number;
  mergedAt: number | null;
  mergeHash: string | null;
  head: string;
  destinationHead: string;
  /** Reachable from the head and not from the destination. */
  commits: readonly GitCommit[];
  merging: Merging | null;
  /** What the activity tells of the merge. */
  readonly told: 'merge' | 'no merge' | 'nothing';
}

export interface GitRepository {
  readonly uuid: string;
  slug: string;
  readonly name: string;
  readonly main: string | null;
  readonly commits: Map<string, GitCommit>;
  readonly heads: Map<string, string>;
  readonly pullRequests: GitPullRequest[];
}

/** One pull request to come; what is left out is as usual. */
export interface Plan {
  readonly how: Merging | 'open' | 'declined';
  readonly branch?: string;
  /** The branch it is cut from; the default branch. */
  readonly from?: string;
  readonly into?: string;
  readonly author?: string | null;
  readonly title?: string;
  readonly commits?: number;
  readonly isKept?: boolean;
  /** The destination is merged into the branch at its end. */
  readonly catchesUp?: boolean;
  readonly fork?: 'there' | 'gone';
  readonly hasNoMergeCommit?: boolean;
  readonly told?: GitPullRequest['told'];
}

const hour = 3_600_000;

export const uuidOf = (name: string): string => {
  const digest = createHash('md5').update(name).digest('hex');
  return `{${digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')}}`;
};

/** Makes a repository grow commit by commit; every pull request takes `pace` hours. */
export class Grower {
  readonly repository: GitRepository;
  #made = 0;

  constructor(
    facts: Pick<GitRepository, 'slug' | 'name' | 'main'>,
    private now: number,
    private readonly pace: number,
  ) {
    const uuid = uuidOf(facts.slug);
    this.repository = { ...facts, uuid, commits: new Map(), heads: new Map(), pullRequests: [] };
    if (facts.main !== null) this.repository.heads.set(facts.main, this.commit([]));
  }

  /** Every fifth commit is dated three days back, every seventh two days ahead. */
  private commit(parents: readonly string[], at?: number): string {
    this.#made += 1;
    this.now += 60_000;
    const skew = this.#made % 5 === 0 ? -72 : this.#made % 7 === 0 ? 48 : 0;
    const hash = createHash('sha1').update(`${this.repository.slug} ${this.#made}`).digest('hex');
    this.repository.commits.set(hash, { hash, at: at ?? this.now + skew * hour, parents });
    return hash;
  }

  head(branch: string): string {
    return this.repository.heads.get(branch) ?? '';
  }

  grow(plan: Plan): GitPullRequest {
    const { repository } = this;
    const id = repository.pullRequests.length + 1;
    const usual = { branch: `work/${id}`, into: repository.main ?? '', author: 'ada', title: `Work ${id}`, commits: 2 };
    const whole = { ...usual, ...plan };
    const { author, branch, commits, into, title } = whole;
    const head = this.growBranch({ ...whole, from: plan.from ?? into, commits });
    this.now += (hour * this.pace) / 2;
    const pullRequest: GitPullRequest = {
      ...{ id, title, author, branch, into, head, fork: plan.fork ?? 'none', told: plan.told ?? 'merge' },
      ...{ isBranchThere: true, state: 'OPEN', createdAt: this.now, updatedAt: this.now, mergedAt: null },
      ...{ mergeHash: null, destinationHead: this.head(into), commits: this.range(head, this.head(into)) },
      merging: null,
    };
    repository.pullRequests.push(pullRequest);
    this.now += (hour * this.pace) / 2;
    if (plan.how === 'declined') pullRequest.state = 'DECLINED';
    else if (plan.how !== 'open') this.merge(pullRequest, plan.how, plan);
    return pullRequest;
  }

  /** The head of the branch with its commits. */
  private growBranch(plan: Plan & { branch: string; from: string; into: string; commits: number }): string {
    const { repository } = this;
    let head = repository.heads.get(plan.branch) ?? this.head(plan.from);
    if (plan.catchesUp === true) head = repository.commits.get(head)?.parents[0] ?? head;
    for (let count = 0; count < plan.commits; count += 1) head = this.commit([head]);
    if (plan.catchesUp === true) head = this.commit([head, this.head(plan.into)]);
    repository.heads.set(plan.branch, head);
    return head;
  }

  merge(one: GitPullRequest, how: Merging, plan: Partial<Plan> = {}): void {
    const before = this.head(one.into);
    one.commits = this.range(one.head, before);
    one.destinationHead = before;
    const after = this.mergeInto(one, how, before);
    this.repository.heads.set(one.into, after);
    one.state = 'MERGED';
    one.merging = how;
    one.mergedAt = this.now;
    one.mergeHash = plan.hasNoMergeCommit === true ? null : after;
    // Somebody always has something to say later.
    one.updatedAt = this.now + 26 * hour;
    one.isBranchThere = plan.isKept === true && one.fork !== 'gone';
    if (!one.isBranchThere) this.repository.heads.delete(one.branch);
  }

  /** The commit on the destination is two seconds older than the merge. */
  private mergeInto(one: GitPullRequest, how: Merging, before: string): string {
    if (how === 'fast-forward') return one.head;
    if (how === 'merge') return this.commit([before, one.head], this.now + 58_000);
    if (how === 'squash') return this.commit([before], this.now + 58_000);
    return one.commits.reduce((head) => this.commit([head], this.now + 58_000), before);
  }

  reach(from: string): Set<string> {
    const found = new Set<string>();
    const waiting = [from];
    for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
      if (found.has(hash) || hash === '') continue;
      found.add(hash);
      waiting.push(...(this.repository.commits.get(hash)?.parents ?? []));
    }
    return found;
  }

  range(head: string, base: string): GitCommit[] {
    const old = this.reach(base);
    return [...this.reach(head)].flatMap((hash) => (old.has(hash) ? [] : (this.repository.commits.get(hash) ?? [])));
  }
}
