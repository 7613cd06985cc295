import type { Habits } from './habits';

/** Whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** The simulator's own idea of a clock, so that tests can fix it. */
export interface Clock {
  now(): Instant;
}

export type MergeStrategy = 'merge_commit' | 'squash' | 'fast_forward' | 'rebase';
export type PullRequestState = 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED';

/** A Bitbucket account. Uuids carry their braces everywhere in the simulator. */
export interface Account {
  readonly uuid: string;
  readonly accountId: string;
  readonly kind: 'user' | 'app_user' | 'team';
  readonly displayName: string;
  readonly nickname: string;
  readonly email: string;
  /** Deleted people keep their uuid and are all called "Former user". */
  readonly isFormer: boolean;
}

export interface Group {
  readonly slug: string;
  name: string;
  memberUuids: string[];
}

export interface Size {
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly files: number;
}

export interface Commit {
  readonly hash: string;
  readonly parents: readonly string[];
  /** `null`: Bitbucket does not know the author; only the raw text names one. */
  readonly authorUuid: string | null;
  readonly rawAuthor: string;
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  readonly message: string;
  readonly size: Size;
}

export interface InlinePlace {
  readonly path: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** What happens to a pull request, as its activity tells it, oldest first in the model. */
export type Act = UpdateActivity | CommentActivity | VerdictActivity;

export interface UpdateActivity {
  readonly kind: 'update';
  readonly at: Instant;
  readonly actorUuid: string | null;
  readonly state: PullRequestState;
  readonly sourceHash: string | null;
  readonly destinationHash: string | null;
  readonly title: string;
  readonly isDraft: boolean;
  /** Default: false. */
  readonly isQueued?: boolean;
}

export interface CommentActivity {
  readonly kind: 'comment';
  readonly at: Instant;
  readonly actorUuid: string | null;
  readonly id: number;
  text: string;
  updatedAt: Instant;
  isDeleted: boolean;
  readonly inline: InlinePlace | null;
  /** Who resolved its thread; absent while it is open. */
  resolution?: { readonly actorUuid: string; readonly at: Instant } | null;
}

export interface VerdictActivity {
  readonly kind: 'approval' | 'changes_request';
  readonly at: Instant;
  readonly actorUuid: string;
}

export interface PullRequest {
  readonly id: number;
  title: string;
  description: string;
  readonly authorUuid: string | null;
  state: PullRequestState;
  isDraft: boolean;
  /** Waits in a merge queue. */
  isQueued: boolean;
  readonly createdAt: Instant;
  updatedAt: Instant;
  closedByUuid: string | null;
  reason: string;
  /** `forkName` is set for a fork; `isForkGone` once that fork was deleted. */
  source: { readonly branch: string; hash: string; readonly fork: Fork | null; isForkGone: boolean };
  destination: { readonly branch: string; hash: string };
  mergeHash: string | null;
  closeSourceBranch: boolean;
  /** Hashes of its commits as of its last head, oldest first. */
  commits: readonly string[];
  reviewerUuids: string[];
  activities: Act[];
  /** Verdicts that were taken back, for a Bitbucket that goes on showing them. */
  withdrawn: VerdictActivity[];
}

export interface Fork {
  readonly uuid: string;
  readonly fullName: string;
  readonly name: string;
}

export interface Repository {
  readonly uuid: string;
  slug: string;
  name: string;
  /** `null`: an empty repository, or one whose main branch was never chosen. */
  mainBranch: string | null;
  readonly createdAt: Instant;
  updatedAt: Instant;
  isPrivate: boolean;
  /** Of the project that it belongs to. Default: `MAIN`. */
  readonly projectKey?: string;
  readonly language: string;
  readonly strategy: MergeStrategy;
  readonly commits: Map<string, Commit>;
  /** First twelve characters of a hash → the hash. */
  readonly prefixes: Map<string, string>;
  readonly branches: Map<string, string>;
  readonly pullRequests: Map<number, PullRequest>;
  nextCommentId: number;
}

export type RepositoryRight = 'read' | 'write' | 'admin';

/** Who may do what in a workspace besides its owners, who may do everything. */
export interface WorkspaceAccess {
  /** People whom the history knows, and who are no members. */
  readonly outsiderUuids: Set<string>;
  /** Person → repository → right. Whoever has no entry may read every repository. */
  readonly rights: Map<string, Map<string, RepositoryRight>>;
}

/** A webhook that somebody made by the API. */
export interface Hook {
  readonly uuid: string;
  /** `null`: of the whole workspace. */
  readonly repositoryUuid: string | null;
  readonly createdAt: Instant;
  url: string;
  description: string;
  isActive: boolean;
  /** `null`: deliveries come without a signature. */
  secret: string | null;
  events: readonly string[];
}

export interface Workspace {
  readonly uuid: string;
  slug: string;
  name: string;
  /** A public workspace answers `GET /2.0/workspaces/{uuid}` to anyone. */
  isPrivate: boolean;
  readonly createdAt: Instant;
  /** In whose name everything is done that names nobody. */
  readonly ownerUuid: string;
  /** Bitbucket's owners of the workspace: who may change its settings. */
  administratorUuids: string[];
  readonly people: Map<string, Account>;
  groups: Group[];
  /** `1.0/groups` answers administrators only; false makes it answer 403. */
  areGroupsReadable: boolean;
  readonly access: WorkspaceAccess;
  readonly hooks: { made: number; all: Hook[] };
  readonly habits: Habits;
  readonly repositories: Map<string, Repository>;
}

export interface World {
  readonly seed: number;
  readonly workspaces: Workspace[];
}
