import { bigint, defineTable, flag, named, orNull, text, type RowOf } from '../database/table';

export type ImportPhase = 'pull_requests' | 'open' | 'activity' | 'history' | 'commits' | 'done' | 'failed';

/** What could not be read: a part of a pull request, its size; `list`: an entry of a list that nobody understands. */
export type ReadingPart = 'pull_request' | 'size' | 'list';

/** What every row of a repository begins with. */
export const ofARepository = {
  workspace: text(),
  /** With braces. */
  repositoryUuid: named('repository', text()),
};

/** Hashes of the parents, parted by spaces; `null`: not known. */
const parents = orNull(text());

export const repositories = defineTable('repositories', ['workspace', 'uuid'], {
  workspace: text(),
  /** With braces. */
  uuid: text(),
  slug: text(),
  name: text(),
  fullName: text(),
  /** The last one that was known; `null`: none is known yet, as in an empty repository. */
  defaultBranch: orNull(text()),
  /** `null`: Bitbucket did not say. */
  isPrivate: orNull(flag),
  readAt: bigint,
  /** When a notice first told of a change of it that is not read yet; `null`: none did. */
  changeToldAt: orNull(bigint),
  /** When it was found deleted or moved away; its facts stay. */
  goneAt: orNull(bigint),
  /** Up to when its pull requests were compared with Bitbucket; `null` until its history import has ended. */
  verifiedAt: orNull(bigint),
  /** Why it cannot be compared at the moment, in words. */
  problem: orNull(text()),
  /** When it was first refused or failed since it was last compared. */
  problemSince: orNull(bigint),
});
export type Repository = RowOf<typeof repositories>;

/** Which branch was known as a repository's default from when on. */
export const defaultBranches = defineTable('default_branches', ['workspace', 'repositoryUuid', 'since'], {
  ...ofARepository,
  since: bigint,
  branch: text(),
});

/** The history of a repository as far as it was walked. */
export const commits = defineTable('commits', ['workspace', 'repositoryUuid', 'hash'], {
  ...ofARepository,
  hash: text(),
  authoredAt: bigint,
  parents,
});

export const pushes = defineTable('pushes', ['workspace', 'repositoryUuid', 'branch', 'newHash'], {
  ...ofARepository,
  branch: text(),
  newHash: text(),
  oldHash: orNull(text()),
  isWhole: flag,
  pushedAt: bigint,
});

export const pushedCommits = defineTable('pushed_commits', ['workspace', 'repositoryUuid', 'branch', 'hash'], {
  ...ofARepository,
  branch: text(),
  hash: text(),
  /** Of the push that was the first to bring it to the branch. */
  newHash: text(),
  authoredAt: bigint,
  parents,
  pushedAt: bigint,
});

/** What Bitbucket did not show, or not in a way that can be understood. */
export const readingProblems = defineTable('reading_problems', ['workspace', 'repositoryUuid', 'number', 'what'], {
  ...ofARepository,
  /** 0: of which pull request is not known. */
  number: bigint,
  what: text<ReadingPart>(),
  /** In words for a person. */
  problem: text(),
  since: bigint,
});

/** Where the history import of each repository stands. */
export const imports = defineTable('imports', ['workspace', 'repositoryUuid'], {
  ...ofARepository,
  phase: text<ImportPhase>(),
  /** Where to go on; `null` at the beginning of a phase. */
  cursor: orNull(text()),
  /** How far back it reads. */
  since: bigint,
  listed: bigint,
  /** Pull requests in all, once Bitbucket has told. */
  expected: orNull(bigint),
  /** Pull requests with everything but sizes. */
  finished: bigint,
  pages: bigint,
  /** Why it failed, in words. */
  problem: orNull(text()),
  startedAt: bigint,
  finishedAt: orNull(bigint),
  /** Started again by a person. */
  anew: flag,
});
export type RepositoryImport = RowOf<typeof imports>;
/** Of an import `i` in a statement over several tables. */
export const isUnderWay = "i.phase NOT IN ('done', 'failed')";
