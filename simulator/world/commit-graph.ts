import { hashOf } from './random';
import type { Commit, Repository } from './model';

/** Adds a commit; its hash is made from its content and place unless one is given. */
export function addCommit(repository: Repository, commit: Omit<Commit, 'hash'> & { hash?: string }): Commit {
  const identity = [repository.uuid, repository.commits.size, commit.authoredAt, commit.message, ...commit.parents];
  const added: Commit = { ...commit, hash: commit.hash ?? hashOf(identity.join('\n')) };
  repository.commits.set(added.hash, added);
  repository.prefixes.set(added.hash.slice(0, 12), added.hash);
  return added;
}

/** Finds a commit by its hash or by any beginning of it of seven characters or more. */
export function findCommit(repository: Repository, hash: string): Commit | null {
  if (hash.length < 7) {
    return null;
  }
  if (hash.length < 12) {
    return [...repository.commits.values()].find((commit) => commit.hash.startsWith(hash)) ?? null;
  }
  const found = repository.commits.get(repository.prefixes.get(hash.slice(0, 12)) ?? '');
  return found?.hash.startsWith(hash) === true ? found : null;
}

/** A branch name or a (shortened) hash → the commit it names. */
export function resolveRevision(repository: Repository, revision: string): Commit | null {
  const branchHead = repository.branches.get(revision);
  return branchHead === undefined ? findCommit(repository, revision) : findCommit(repository, branchHead);
}

/** Every commit reachable from the heads, the heads among them. `stopAt` commits are not entered. */
export function reachFrom(repository: Repository, heads: readonly string[], stopAt = new Set<string>()): Set<string> {
  const reached = new Set<string>();
  const waiting = [...heads];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (reached.has(hash) || stopAt.has(hash)) {
      continue;
    }
    const commit = repository.commits.get(hash);
    if (commit !== undefined) {
      reached.add(hash);
      waiting.push(...commit.parents);
    }
  }
  return reached;
}

export function isAncestor(repository: Repository, ancestor: string, head: string): boolean {
  return reachFrom(repository, [head]).has(ancestor);
}

/** Like `git log include… ^exclude…`: children before parents, newest first. */
export function walkCommits(
  repository: Repository,
  range: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): Commit[] {
  const excluded = range.exclude.length === 0 ? new Set<string>() : reachFrom(repository, range.exclude);
  return sortTopologically(repository, reachFrom(repository, range.include, excluded));
}

function sortTopologically(repository: Repository, hashes: ReadonlySet<string>): Commit[] {
  const commits = [...hashes].flatMap((hash) => repository.commits.get(hash) ?? []);
  const childCount = countChildren(commits);
  const ready = new NewestFirst();
  commits.filter(({ hash }) => !childCount.has(hash)).forEach((commit) => ready.push(commit));
  const sorted: Commit[] = [];
  for (let commit = ready.pop(); commit !== undefined; commit = ready.pop()) {
    sorted.push(commit);
    for (const parent of commit.parents) {
      const left = (childCount.get(parent) ?? 1) - 1;
      childCount.set(parent, left);
      const parentCommit = left === 0 && hashes.has(parent) ? repository.commits.get(parent) : undefined;
      if (parentCommit !== undefined) {
        ready.push(parentCommit);
      }
    }
  }
  return sorted;
}

function countChildren(commits: readonly Commit[]): Map<string, number> {
  const childCount = new Map<string, number>();
  for (const { parents } of commits) {
    parents.forEach((parent) => childCount.set(parent, (childCount.get(parent) ?? 0) + 1));
  }
  return childCount;
}

/** A binary heap: walking 100,000 commits must not be quadratic. */
class NewestFirst {
  readonly #heap: Commit[] = [];

  push(commit: Commit): void {
    this.#heap.push(commit);
    let index = this.#heap.length - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (!this.#swapIfNewer(index, above)) {
        return;
      }
      index = above;
    }
  }

  pop(): Commit | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return top;
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = this.#isNewer(right, left) ? right : left;
      if (child >= this.#heap.length || !this.#swapIfNewer(child, index)) {
        return;
      }
      index = child;
    }
  }

  #isNewer(one: number, other: number): boolean {
    const first = this.#heap[one];
    const second = this.#heap[other];
    return first !== undefined && second !== undefined && first.committedAt > second.committedAt;
  }

  #swapIfNewer(lower: number, upper: number): boolean {
    const low = this.#heap[lower];
    const high = this.#heap[upper];
    if (low === undefined || high === undefined || low.committedAt <= high.committedAt) {
      return false;
    }
    this.#heap[lower] = high;
    this.#heap[upper] = low;
    return true;
  }
}
