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
/** What its description does not promise, and the clients whose Bitbucket refused it: nobody asks it twice. */
const refusing = {
  words: new WeakSet<BitbucketClient>(),
  wordsInQuery: new WeakSet<BitbucketClient>(),
  largeActivityPages: new WeakSet<BitbucketClient>(),
};

/**
 * Pull requests in the given states, last updated first; with `OPEN`, whatever has not ended: by `state`, or where that
 * does not take all words by `q`, with which Bitbucket forgets about `state`. Lists of pull requests take no `pagelen`
 * above 50.
 */
export async function readPullRequests(
  client: BitbucketClient,
  key: RepositoryKey,
  { states, cursor }: { states: readonly string[]; cursor: string | null },
): Promise<Page<PullRequestSnapshot>> {
  const list = () => readListing(client, toPullRequestListing(key, states), cursor);
  if (!states.includes('OPEN')) return list();
  const all = [...states, ...moreOpenStates];
  if (cursor === null) {
    const page =
      (await tryOnce(client, 'words', toPullRequestListing(key, all))) ??
      (await tryOnce(client, 'wordsInQuery', toQueriedListing(key, all)));
    if (page !== null) return page;
  }
  return refusing.wordsInQuery.has(client) ? { ...(await list()), isNarrow: true } : list();
}

/** `null`: the query is refused, or was before. */
async function tryOnce<T>(
  client: BitbucketClient,
  what: keyof typeof refusing,
  listing: Listing<T>,
): Promise<Page<T> | null> {
  if (refusing[what].has(client)) return null;
  try {
    return await tryListing(client, listing);
  } catch (error) {
    if (!(error instanceof BitbucketUnavailable && error.status === 400)) throw error;
    refusing[what].add(client);
    return null;
  }
}

function toQueriedListing(key: RepositoryKey, states: readonly string[]): Listing<PullRequestSnapshot> {
  const q = states.map((state) => `state="${state}"`).join(' OR ');
  return { ...toPullRequestListing(key, []), query: [['q', q], newestFirst] };
}

const newestFirst = ['sort', '-updated_on'] as const;

function toPullRequestListing(key: RepositoryKey, states: readonly string[]): Listing<PullRequestSnapshot> {
  return {
    purpose: 'pull_requests',
    path: `${toRepositoryPath(key)}/pullrequests`,
    query: [...states.map((state) => ['state', state] as const), newestFirst],
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

/**
 * The activity of one pull request, or of all of a repository where `number` is null. The general limit of a page is a
 * hundred; that of lists of pull requests is fifty, and for the activity of a single one a hundred was seen refused.
 */
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
  const isWholeStart = number === null && cursor === null;
  const large = isWholeStart ? await tryOnce(client, 'largeActivityPages', { ...listing, pagelen: 100 }) : null;
  return large ?? readListing(client, listing, cursor);
}
