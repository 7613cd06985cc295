import type { Commit } from '../domain/commits/commit';
import type { PullRequestSnapshot } from '../domain/pull-requests/pull-request';
import type { BitbucketClient } from './client/bitbucket-client';
import {
  readCommit,
  readCommits,
  readPullRequestCommits,
  type CommitRange,
  type PullRequestCommits,
} from './commits/read-commits';
import { readGroups } from './groups/read-groups';
import type { ListedGroup } from './groups/to-group';
import type { Page } from './client/pages';
import { readActivity, readPullRequest, readPullRequests } from './pull-requests/read-pull-requests';
import { readSize, type SizedPullRequest } from './pull-requests/read-size';
import type { ActivityEntry } from './pull-requests/to-activity-entry';
import type { Size } from './pull-requests/to-size';
import { readAdministrators } from './repositories/read-administrators';
import { readRepositories, readRepository } from './repositories/read-repositories';
import { readCurrentUserUuid, readOwnWorkspaces, readWorkspace } from './repositories/read-workspaces';
import type { ListedRepository } from './repositories/to-repository';
import type { NamedWorkspace } from './repositories/to-workspace';

export type { ActivityEntry };

/**
 * What we ask Bitbucket. Workspaces and repositories are named by UUID with braces; a `cursor` is the `next` of the
 * page before, `null` for the first. Every method may throw RateLimited, AccessRevoked, Forbidden,
 * NotFoundInBitbucket and BitbucketUnavailable; those that give one thing also UnreadablePayload.
 */
export interface BitbucketApi {
  getWorkspace(workspace: string): Promise<NamedWorkspace>;
  /** Whose the credentials are; `null` where Bitbucket does not say. */
  getCurrentUserUuid(): Promise<string | null>;
  /** The workspaces that the credentials belong to; none where Bitbucket does not say. */
  listOwnWorkspaces(): Promise<{ uuid: string; slug: string }[]>;
  listRepositories(workspace: string, cursor: string | null): Promise<Page<ListedRepository>>;
  getRepository(workspace: string, repository: string): Promise<ListedRepository>;
  /** Last updated first. */
  listPullRequests(
    workspace: string,
    repository: string,
    options: { states: readonly string[]; cursor: string | null },
  ): Promise<Page<PullRequestSnapshot>>;
  getPullRequest(workspace: string, repository: string, number: number): Promise<PullRequestSnapshot>;
  /** Of one pull request, or of the whole repository where `number` is null. */
  listActivity(
    workspace: string,
    repository: string,
    options: { number: number | null; cursor: string | null },
  ): Promise<Page<ActivityEntry>>;
  /** All of them, in no order; none once the branch or its fork is gone. */
  listPullRequestCommits(workspace: string, repository: string, number: number): Promise<PullRequestCommits>;
  /** Reachable from `include` and not from `exclude`: branches or hashes. */
  listCommits(workspace: string, repository: string, range: CommitRange): Promise<Page<Commit>>;
  /** By a full or cut hash; `null` when there is none. */
  getCommit(workspace: string, repository: string, hash: string): Promise<Commit | null>;
  getSize(workspace: string, repository: string, pullRequest: SizedPullRequest): Promise<Size>;
  /** By the workspace's slug: the only call that does not take a UUID. */
  listGroups(workspaceSlug: string): Promise<ListedGroup[]>;
  /** UUIDs of those who administer the workspace; `null` where Bitbucket does not tell. */
  listAdministrators(workspace: string): Promise<string[] | null>;
}

/** The calls over one client, which counts and bounds them. */
export function createBitbucketApi(client: BitbucketClient): BitbucketApi {
  return {
    getWorkspace: (workspace) => readWorkspace(client, workspace),
    getCurrentUserUuid: () => readCurrentUserUuid(client),
    listOwnWorkspaces: () => readOwnWorkspaces(client),
    listRepositories: (workspace, cursor) => readRepositories(client, workspace, cursor),
    getRepository: (workspace, repository) => readRepository(client, workspace, repository),
    listPullRequests: (workspace, repository, options) => readPullRequests(client, { workspace, repository }, options),
    getPullRequest: (workspace, repository, number) => readPullRequest(client, { workspace, repository }, number),
    listActivity: (workspace, repository, options) => readActivity(client, { workspace, repository }, options),
    listPullRequestCommits: (workspace, repository, number) =>
      readPullRequestCommits(client, { workspace, repository }, number),
    listCommits: (workspace, repository, range) => readCommits(client, { workspace, repository }, range),
    getCommit: (workspace, repository, hash) => readCommit(client, { workspace, repository }, hash),
    getSize: (workspace, repository, pullRequest) => readSize(client, { workspace, repository }, pullRequest),
    listGroups: (workspaceSlug) => readGroups(client, workspaceSlug),
    listAdministrators: (workspace) => readAdministrators(client, workspace),
  };
}
