import type { PullRequestSnapshot } from '../../domain/pull-request';
import { toAddress, toRepositoryPath } from '../address';
import type { BitbucketClient } from '../bitbucket-client';
import { BitbucketUnavailable } from '../errors';
import { readListing, tryListing, type Listing } from '../listing';
import type { Page } from '../pages';
import { activityFields, toActivityEntry, type ActivityEntry } from './to-activity-entry';
import { pullRequestFields, toPullRequest } from './to-pull-request';

/** Words that Bitbucket has for open pull requests beside `OPEN`; whether that lists them too is not documented. */
const moreOpenStates = ['DRAFT', 'QUEUED'];
/** Those whose Bitbucket refused these words: its description does not name them for lists. */
const refusing = new WeakSet<BitbucketClient>();

/**
 * Pull requests in the given states, last updated first; with `OPEN`, whatever has not ended. No `q`: with it Bitbucket
 * forgets about `state`. Lists of pull requests take no `pagelen` above 50.
 */
export async function readPullRequests(
  client: BitbucketClient,
  { workspace, repository }: { workspace: string; repository: string },
  { states, cursor }: { states: readonly string[]; cursor: string | null },
): Promise<Page<PullRequestSnapshot>> {
  const list = () => readListing(client, toPullRequestListing({ workspace, repository }, states), cursor);
  if (cursor !== null || !states.includes('OPEN') || refusing.has(client)) {
    return list();
  }
  try {
    return await tryListing(client, toPullRequestListing({ workspace, repository }, [...states, ...moreOpenStates]));
  } catch (error) {
    if (!(error instanceof BitbucketUnavailable && error.status === 400)) {
      throw error;
    }
    refusing.add(client);
    return list();
  }
}

function toPullRequestListing(
  { workspace, repository }: { workspace: string; repository: string },
  states: readonly string[],
): Listing<PullRequestSnapshot> {
  return {
    purpose: 'pull_requests',
    path: `${toRepositoryPath(workspace, repository)}/pullrequests`,
    query: [...states.map((state) => ['state', state] as const), ['sort', '-updated_on'] as const],
    pagelen: 50,
    fields: pullRequestFields,
    toItem: toPullRequest,
  };
}

/** One pull request as it is now. @throws UnreadablePayload */
export async function readPullRequest(
  client: BitbucketClient,
  { workspace, repository }: { workspace: string; repository: string },
  number: number,
): Promise<PullRequestSnapshot> {
  const path = `${toRepositoryPath(workspace, repository)}/pullrequests/${number}`;
  return toPullRequest(await client.getJson('pull_request', toAddress(path, [], pullRequestFields)));
}

/** The activity of one pull request, or of all of a repository where `number` is null. */
export async function readActivity(
  client: BitbucketClient,
  { workspace, repository }: { workspace: string; repository: string },
  { number, cursor }: { number: number | null; cursor: string | null },
): Promise<Page<ActivityEntry>> {
  const pullRequests = `${toRepositoryPath(workspace, repository)}/pullrequests`;
  const listing = {
    purpose: 'activity' as const,
    path: number === null ? `${pullRequests}/activity` : `${pullRequests}/${number}/activity`,
    query: [],
    pagelen: 50,
    fields: activityFields,
    toItem: (body: unknown) => toActivityEntry(body, number),
  };
  return readListing(client, listing, cursor);
}
