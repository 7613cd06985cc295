import type { BitbucketClient } from './client/bitbucket-client';
import { readCommit, readCommits, readPullRequestCommits, type CommitRange } from './commits/read-commits';
import { readGroups } from './groups/read-groups';
import { readActivity, readPullRequest, readPullRequests } from './pull-requests/read-pull-requests';
import { readSize, type SizedPullRequest } from './pull-requests/read-size';
import { findMember } from './repositories/find-member';
import { readAdministrators } from './repositories/read-administrators';
import { readRepositories, readRepository } from './repositories/read-repositories';
import { readUpdatedRepositories } from './repositories/read-updated-repositories';
import { readVisibleRepositories } from './repositories/read-visible-repositories';
import { readWorkspace } from './repositories/read-workspaces';

export type { ActivityEntry } from './pull-requests/to-activity-entry';

/**
 * What we ask Bitbucket. Workspaces and repositories are named by UUID with braces; a `cursor` is the `next` of the
 * page before, `null` for the first. Every method may throw RateLimited, AccessRevoked, Forbidden,
 * NotFoundInBitbucket and BitbucketUnavailable; those that give one thing also UnreadablePayload.
 */
export type BitbucketApi = ReturnType<typeof createBitbucketApi>;

/** The calls over one client, which counts and bounds them. */
export function createBitbucketApi(client: BitbucketClient) {
  return {
    getWorkspace: (workspace: string) => readWorkspace(client, workspace),
    listRepositories: (workspace: string, cursor: string | null) => readRepositories(client, workspace, cursor),
    /** What moved last first. */
    listUpdatedRepositories: (workspace: string, cursor: string | null) =>
      readUpdatedRepositories(client, workspace, cursor),
    getRepository: (workspace: string, repository: string) => readRepository(client, { workspace, repository }),
    /** Last updated first. */
    listPullRequests: (
      workspace: string,
      repository: string,
      options: { readonly states: readonly string[]; readonly cursor: string | null },
    ) => readPullRequests(client, { workspace, repository }, options),
    getPullRequest: (workspace: string, repository: string, number: number) =>
      readPullRequest(client, { workspace, repository }, number),
    /** Of one pull request, or of the whole repository where `number` is null. */
    listActivity: (
      workspace: string,
      repository: string,
      options: { readonly number: number | null; readonly cursor: string | null },
    ) => readActivity(client, { workspace, repository }, options),
    /** All of them, in no order; none once the branch or its fork is gone. */
    listPullRequestCommits: (workspace: string, repository: string, number: number) =>
      readPullRequestCommits(client, { workspace, repository }, number),
    /** Reachable from any of `include` and not from `exclude`: branches or hashes. */
    listCommits: (workspace: string, repository: string, range: CommitRange) =>
      readCommits(client, { workspace, repository }, range),
    /** By a full or cut hash; `null` when there is none. */
    getCommit: (workspace: string, repository: string, hash: string) =>
      readCommit(client, { workspace, repository }, hash),
    getSize: (workspace: string, repository: string, pullRequest: SizedPullRequest) =>
      readSize(client, { workspace, repository }, pullRequest),
    /** By the workspace's slug: the only call that does not take a UUID. */
    listGroups: (workspaceSlug: string) => readGroups(client, workspaceSlug),
    /** UUIDs of those who administer the workspace; `null` where Bitbucket does not tell. */
    listAdministrators: (workspace: string) => readAdministrators(client, workspace),
    /** UUIDs of the repositories in which a person has an explicit right; `null` where Bitbucket does not tell. */
    listVisibleRepositories: (workspace: string, userUuid: string) =>
      readVisibleRepositories(client, workspace, userUuid),
    /** By an e-mail address; `null`: nobody has it. */
    findMember: (workspace: string, email: string) => findMember(client, workspace, email),
  };
}
