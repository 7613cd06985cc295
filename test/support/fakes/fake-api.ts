import type { BitbucketApi } from '../../../src/bitbucket/bitbucket-api';
import { NotFoundInBitbucket } from '../../../src/bitbucket/client/errors';
import type { Page } from '../../../src/bitbucket/client/pages';
import type { PullRequestSnapshot } from '../../../src/domain/pull-requests/pull-request';
import { hashOf } from '../../../simulator/world/random';
import { aMergedSnapshot, aPullRequestSnapshot } from '../builders';

/** One question to the fake: the method, and the repository it is about. */
export interface FakeQuestion {
  readonly method: keyof BitbucketApi;
  readonly repository: string | null;
}

export interface FakeRepository {
  readonly uuid: string;
  slug: string;
  defaultBranch: string | null;
  /** Shown in the list of repositories. */
  isListed: boolean;
  /** Answers by itself; else 404, whatever is asked of it. */
  isThere: boolean;
  readonly pullRequests: Map<number, PullRequestSnapshot>;
  /** Numbers that cannot be understood where they are listed. */
  readonly unreadable: Set<number>;
}

/** A few items a page, so that a few items make several. */
const pageSize = 3;

/**
 * Bitbucket's API out of memory: repositories whose pull requests are opened and merged by the test, and refusals of
 * any question. Commits, activity and merge commits are as simple as they can be and always the same.
 */
export class FakeApi {
  readonly repositories = new Map<string, FakeRepository>();
  readonly asked: FakeQuestion[] = [];
  /** What is wrong with the list of repositories. */
  unreadableRepositories: string[] = [];
  /** Gives what a question is answered with instead; `null`: nothing is wrong. */
  refuse: (question: FakeQuestion) => Error | null = () => null;

  addRepository(uuid: string, slug: string): FakeRepository {
    const flags = { isListed: true, isThere: true };
    const content = { pullRequests: new Map<number, PullRequestSnapshot>(), unreadable: new Set<number>() };
    const repository = { uuid, slug, defaultBranch: 'main', ...flags, ...content };
    this.repositories.set(uuid, repository);
    return repository;
  }

  /** Tells its number. */
  openPullRequest(uuid: string, at: number): number {
    const { pullRequests } = this.find(uuid, 'pull_request');
    const number = pullRequests.size + 1;
    pullRequests.set(number, aPullRequestSnapshot({ ...toHead(uuid, number), openedAt: at, updatedAt: at }));
    return number;
  }

  mergePullRequest(uuid: string, number: number, at: number): void {
    const { pullRequests } = this.find(uuid, 'pull_request');
    const openedAt = pullRequests.get(number)?.openedAt ?? at;
    const merged = { ...toHead(uuid, number), openedAt, updatedAt: at, mergeHash: hashOf(`merge ${uuid}/${number}`) };
    pullRequests.set(number, aMergedSnapshot(merged));
  }

  touchPullRequest(uuid: string, number: number, at: number): void {
    const { pullRequests } = this.find(uuid, 'pull_request');
    const before = pullRequests.get(number);
    if (before !== undefined) pullRequests.set(number, { ...before, updatedAt: at });
  }

  countAsked(method: keyof BitbucketApi, repository: string | null = null): number {
    return this.asked.filter((one) => one.method === method && one.repository === repository).length;
  }

  /** As the product opens it. */
  open(): BitbucketApi {
    const api: Partial<BitbucketApi> = {
      ...this.#openWorkspace(),
      ...this.#openPullRequests(),
      getRepository: async (_workspace, uuid) => this.#answer('getRepository', uuid, toListed),
      listCommits: async (_workspace, uuid) => this.#answer('listCommits', uuid, () => toPage([], null)),
      getCommit: async (_workspace, uuid, hash) =>
        this.#answer('getCommit', uuid, ({ pullRequests }) => {
          const merged = [...pullRequests.values()].find(({ mergeHash }) => mergeHash === hash);
          return merged === undefined ? null : { hash, authoredAt: merged.updatedAt, parents: [hashOf('before')] };
        }),
      getSize: async (_workspace, uuid) => this.#answer('getSize', uuid, () => ({ linesAdded: 1, linesRemoved: 1 })),
    };
    return api as BitbucketApi;
  }

  #openWorkspace(): Partial<BitbucketApi> {
    return {
      getWorkspace: async (uuid) => this.#answerWhole('getWorkspace', () => ({ uuid, slug: 'acme', name: 'Acme' })),
      listGroups: async () => this.#answerWhole('listGroups', () => []),
      listAdministrators: async () => this.#answerWhole('listAdministrators', () => null),
      listVisibleRepositories: async () => this.#answerWhole('listVisibleRepositories', () => null),
      listUpdatedRepositories: async (_workspace, cursor) =>
        this.#answerWhole('listUpdatedRepositories', () => {
          const listed = [...this.repositories.values()].filter(({ isListed }) => isListed);
          return toPage(
            listed.map(toUpdated).toSorted((one, other) => other.updatedAt - one.updatedAt),
            cursor,
          );
        }),
      listRepositories: async (_workspace, cursor) =>
        this.#answerWhole('listRepositories', () => {
          const listed = [...this.repositories.values()].filter(({ isListed }) => isListed);
          return { ...toPage(listed.map(toListed), cursor), unreadable: this.unreadableRepositories };
        }),
    };
  }

  #openPullRequests(): Partial<BitbucketApi> {
    return {
      listPullRequests: async (_workspace, uuid, { states, cursor }) =>
        this.#answer('listPullRequests', uuid, (repository) => toList(repository, { states, cursor })),
      getPullRequest: async (_workspace, uuid, number) =>
        this.#answer('getPullRequest', uuid, ({ pullRequests }) => {
          const found = pullRequests.get(number);
          if (found === undefined) throw new NotFoundInBitbucket('pull_request');
          return found;
        }),
      listActivity: async (_workspace, uuid) => this.#answer('listActivity', uuid, () => toPage([], null)),
      listPullRequestCommits: async (_workspace, uuid, number) =>
        this.#answer('listPullRequestCommits', uuid, ({ pullRequests }) => {
          const openedAt = pullRequests.get(number)?.openedAt ?? 0;
          const commits = [{ hash: hashOf(`${uuid}/${number}`), authoredAt: openedAt }];
          return { commits, isWhole: true };
        }),
    };
  }

  find(uuid: string, what: string): FakeRepository {
    const found = this.repositories.get(uuid);
    if (found?.isThere !== true) throw new NotFoundInBitbucket(what);
    return found;
  }

  #answer<T>(method: keyof BitbucketApi, repository: string, give: (found: FakeRepository) => T): T {
    this.#note({ method, repository });
    return give(this.find(repository, 'repository'));
  }

  #answerWhole<T>(method: keyof BitbucketApi, give: () => T): T {
    this.#note({ method, repository: null });
    return give();
  }

  #note(question: FakeQuestion): void {
    this.asked.push(question);
    const refusal = this.refuse(question);
    if (refusal !== null) throw refusal;
  }
}

function toHead(uuid: string, number: number): Pick<PullRequestSnapshot, 'number' | 'source'> {
  const names = { branch: `feature/${number}`, repositoryUuid: uuid, repositoryFullName: 'acme/any' };
  return { number, source: { ...names, hash: hashOf(`${uuid}/${number}`).slice(0, 12) } };
}

function toListed({ uuid, slug, defaultBranch }: FakeRepository) {
  return { uuid, slug, name: slug, fullName: `acme/${slug}`, defaultBranch, isPrivate: true };
}

function toUpdated(repository: FakeRepository) {
  const { pullRequests } = repository;
  return {
    ...toListed(repository),
    updatedAt: Math.max(0, ...[...pullRequests.values()].map(({ updatedAt }) => updatedAt)),
  };
}

/** Last updated first. */
function toList(
  { pullRequests, unreadable }: FakeRepository,
  { states, cursor }: { states: readonly string[]; cursor: string | null },
): Page<PullRequestSnapshot> {
  const wanted = [...pullRequests.values()].filter(({ state }) => states.includes(state));
  const page = toPage(
    wanted.toSorted((one, other) => other.updatedAt - one.updatedAt || other.number - one.number),
    cursor,
  );
  return {
    ...page,
    items: page.items.filter(({ number }) => !unreadable.has(number)),
    unreadable: page.items.flatMap(({ number }, index) => (unreadable.has(number) ? [`item ${index + 1}: state`] : [])),
  };
}

function toPage<T>(all: readonly T[], cursor: string | null): Page<T> {
  const start = Number(cursor ?? 0);
  const end = start + pageSize;
  return {
    items: all.slice(start, end),
    next: end < all.length ? String(end) : null,
    size: all.length,
    unreadable: [],
  };
}
