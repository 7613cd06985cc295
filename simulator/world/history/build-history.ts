import { addCommit, reachFrom } from '../commit-graph';
import { createRepository } from '../growth/grow-repository';
import { toRawAuthor } from '../people';
import { findKinship, type Kinship } from './find-kinship';
import { plainCommit, writeLineCommit } from './write-line-commit';
import { toPullRequest } from './to-pull-request';
import type { Account, Commit, Instant, PullRequest, Repository } from '../model';
import type { PullRequestLine } from './pull-request-line';

export interface HistorySetting {
  readonly people: ReadonlyMap<string, Account>;
  readonly destinations: 'derived' | 'main';
  readonly now: Instant;
}

const mainBranch = 'master';

/**
 * Builds the graph in the order of the merges. The file tells which commits a pull request brought, not their parents:
 * they are strung together by their dates, on top of the destination as it was when they began, so that what a merge's
 * second parent reaches and its first does not is what the file lists, wherever the file agrees with itself.
 */
export function buildHistory(lines: readonly PullRequestLine[], setting: HistorySetting): Repository {
  const first = lines[0] === undefined ? setting.now : firstCommitAt(lines[0]);
  const strategy = 'merge_commit';
  const repository = createRepository({
    slug: 'atlascode',
    name: 'Atlascode',
    language: 'typescript',
    strategy,
    from: first,
  });
  const root = addCommit(repository, plainCommit({ parents: [], at: first - 86_400_000, message: 'Initial commit\n' }));
  repository.mainBranch = mainBranch;
  repository.branches.set(mainBranch, root.hash);
  const kinship = findKinship(lines, setting.destinations === 'derived');
  const builder = new HistoryBuilder(repository, kinship, setting.people);
  for (const line of lines) {
    const pullRequest = builder.merge(line);
    repository.pullRequests.set(pullRequest.id, pullRequest);
    repository.updatedAt = Math.max(repository.updatedAt, pullRequest.updatedAt);
  }
  return repository;
}

function firstCommitAt(line: PullRequestLine): Instant {
  return Math.min(Date.parse(line.merged_at), ...line.commits.map((one) => Date.parse(one.author_date)));
}

function committedAt(one: { readonly committer_date: string }): Instant {
  return Date.parse(one.committer_date);
}

class HistoryBuilder {
  constructor(
    private readonly repository: Repository,
    private readonly kinship: Kinship,
    private readonly people: ReadonlyMap<string, Account>,
  ) {}

  merge(line: PullRequestLine): PullRequest {
    const { repository } = this;
    const carrier = this.kinship.carriers.get(line);
    const destination = carrier?.source_branch ?? mainBranch;
    const at = Date.parse(line.merged_at);
    if (carrier !== undefined) {
      this.#advance(carrier, destination, at);
    }
    const oldHead = this.#headOf(destination);
    const head = this.#stringTogether(line, repository.branches.get(line.source_branch) ?? oldHead);
    const merge = this.#writeMerge(line, line.parents === 1 ? [oldHead] : [oldHead, head]);
    repository.branches.set(destination, merge.hash);
    const isKept = repository.branches.has(line.source_branch) || line.pr % 4 === 0;
    if (isKept) {
      repository.branches.set(line.source_branch, head);
    }
    return toPullRequest(line, this.people, { destination, head, oldHead, isKept });
  }

  #writeMerge(line: PullRequestLine, parents: string[]): Commit {
    const merger = this.people.get(line.merged_by_name) ?? null;
    const message = `Merged in ${line.source_branch} (pull request #${line.pr})\n\n${line.title_or_description}\n`;
    return addCommit(this.repository, {
      ...plainCommit({ parents, at: Date.parse(line.merged_at), message }),
      authorUuid: merger?.uuid ?? null,
      rawAuthor: toRawAuthor(merger),
      hash: line.merge_commit,
    });
  }

  /** The head of a branch; one met for the first time starts at the main branch. */
  #headOf(branch: string): string {
    return this.repository.branches.get(branch) ?? this.repository.branches.get(mainBranch) ?? '';
  }

  /** Before something is merged into a branch, that branch gets its own commits up to then. */
  #advance(carrier: PullRequestLine, branch: string, until: Instant): void {
    const { owners, mergeHashes } = this.kinship;
    const own = carrier.commits
      .filter(
        ({ hash }) => owners.get(hash) === carrier && !mergeHashes.has(hash) && !this.repository.commits.has(hash),
      )
      .filter((one) => committedAt(one) <= until)
      .sort((one, other) => committedAt(one) - committedAt(other));
    let head = this.#headOf(branch);
    for (const one of own) {
      head = writeLineCommit(this.repository, one, {
        parents: [head],
        author: this.people.get(one.author_name) ?? null,
      });
    }
    this.repository.branches.set(branch, head);
  }

  /** Writes the commits the graph does not have yet, oldest first, and joins those it has. Returns the last one's hash. */
  #stringTogether(line: PullRequestLine, base: string): string {
    const covered = reachFrom(this.repository, [base]);
    const joins: string[] = [];
    let head = base;
    for (const one of [...line.commits].sort((first, second) => committedAt(first) - committedAt(second))) {
      if (covered.has(one.hash)) {
        continue;
      }
      if (this.repository.commits.has(one.hash)) {
        const brought = reachFrom(this.repository, [one.hash], covered);
        brought.forEach((hash) => covered.add(hash));
        joins.splice(0, joins.length, ...joins.filter((hash) => !brought.has(hash)), one.hash);
        continue;
      }
      const author = this.people.get(one.author_name) ?? null;
      head = writeLineCommit(this.repository, one, { parents: [head, ...joins.splice(0)], author });
      covered.add(head);
    }
    return this.#settle(head, joins);
  }

  /** Earlier work that no new commit took in becomes the head itself, if it reaches everything; else it is joined. */
  #settle(head: string, joins: readonly string[]): string {
    const [only, ...more] = joins;
    if (only === undefined) {
      return head;
    }
    if (more.length === 0 && reachFrom(this.repository, [only]).has(head)) {
      return only;
    }
    const at = Math.max(...[head, ...joins].map((hash) => this.repository.commits.get(hash)?.committedAt ?? 0));
    const join = plainCommit({ parents: [head, ...joins], at, message: 'Join of earlier work\n' });
    return addCommit(this.repository, join).hash;
  }
}
