import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import { toAddress, toRepositoryPath, type RepositoryKey } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { BitbucketUnavailable } from '../client/errors';
import { readListing, tryListing, type Listing } from '../client/listing';
import type { Page } from '../client/pages';
import { activityFields, toActivityEntry, type ActivityEntry } from './to-activity-entry';
import { pullRequestFields, toPullRequest } from './to-pull-request';

/** Words that Bitbucket has for open pull requests beside `OPEN`; whether that lists them too is not documented. */
const moreOpenStates = ['DRAFT', 'QUEUED'];
/** Those whose Bitbucket refused these words: its description does not name them for lists. */
const refusing = new WeakSet<BitbucketClient>();

/**
 * Pull requests in the given states, last updated first; with `OPEN`, whatever has not ended. No `q` for several states:
 * with it Bitbucket forgets about `state`. Lists of pull requests take no `pagelen` above 50.
 */
export async function readPullRequests(
  client: BitbucketClient,
  key: RepositoryKey,
  { states, cursor }: { states: readonly string[]; cursor: string | null },
): Promise<Page<PullRequestSnapshot>> {
  const list = () => readListing(client, toPullRequestListing(key, states), cursor);
  if (!states.includes('OPEN')) {
    return list();
  }
  if (cursor !== null) {
    return refusing.has(client) ? { ...(await list()), isNarrow: true } : list();
  }
  if (!refusing.has(client)) {
    const page = await orRefused(tryListing(client, toPullRequestListing(key, [...states, ...moreOpenStates])));
    if (page !== null) return page;
    refusing.add(client);
  }
  // By `q` it may list all that are open; where it does not know `q` either, that is the list of the open ones.
  const asked = states.length === 1 ? await orRefused(tryListing(client, toOpenListing(key))) : null;
  return asked ?? { ...(await list()), isNarrow: true };
}

/** `null`: the query is refused. */
async function orRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof BitbucketUnavailable && error.status === 400) {
      return null;
    }
    throw error;
  }
}

function toOpenListing(key: RepositoryKey): Listing<PullRequestSnapshot> {
  const q = ['OPEN', ...moreOpenStates].map((state) => `state="${state}"`).join(' OR ');
  return { ...toPullRequestListing(key, []), query: [['q', q]] };
}

function toPullRequestListing(key: RepositoryKey, states: readonly string[]): Listing<PullRequestSnapshot> {
  return {
    purpose: 'pull_requests',
    path: `${toRepositoryPath(key)}/pullrequests`,
    query: [...states.map((state) => ['state', state] as const), ['sort', '-updated_on'] as const],
    pagelen: 50,
    fields: pullRequestFields,
    toItem: toPullRequest,
  };
}

/** One pull request as it is now. @throws UnreadablePayload */
export async function readPullRequest(
  client: BitbucketClient,
  key: RepositoryKey,
  number: number,
): Promise<PullRequestSnapshot> {
  const path = `${toRepositoryPath(key)}/pullrequests/${number}`;
  return toPullRequest(await client.getJson('pull_request', toAddress(path, [], pullRequestFields)));
}

/** The activity of one pull request, or of all of a repository where `number` is null. */
export async function readActivity(
  client: BitbucketClient,
  key: RepositoryKey,
  { number, cursor }: { number: number | null; cursor: string | null },
): Promise<Page<ActivityEntry>> {
  const pullRequests = `${toRepositoryPath(key)}/pullrequests`;
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
