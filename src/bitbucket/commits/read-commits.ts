import type { Commit } from '../../domain/commits/commit';
import { toAddress, toRepositoryPath, type RepositoryKey } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { ifNotFound } from '../client/errors';
import { readListing, readWholeListing } from '../client/listing';
import type { Page } from '../client/pages';
import {
  commitFields,
  pullRequestCommitFields,
  toCommit,
  toPullRequestCommit,
  type PullRequestCommit,
} from './to-commit';

/** The commits of a pull request as far as they are listed. */
interface PullRequestCommits {
  readonly commits: readonly PullRequestCommit[];
  /** False when one of them could not be understood. */
  readonly isWhole: boolean;
}

/**
 * The commits of a pull request, in no order that could be relied on. Empty once the source branch is gone; Bitbucket
 * answers 404 when the fork behind it is gone, which is the same to us.
 */
export async function readPullRequestCommits(
  client: BitbucketClient,
  key: RepositoryKey,
  number: number,
): Promise<PullRequestCommits> {
  const listing = {
    purpose: 'commits' as const,
    path: `${toRepositoryPath(key)}/pullrequests/${number}/commits`,
    query: [],
    // Lists of pull requests take no more, and this may be one of them: a refusal would cost a request each.
    pagelen: 50,
    fields: pullRequestCommitFields,
    toItem: toPullRequestCommit,
  };
  const nothing = () => ({ items: [], unreadable: [] });
  const { items, unreadable } = await ifNotFound(readWholeListing(client, listing), nothing);
  if (unreadable.length > 0) {
    client.log.warn({ ...key, number, count: unreadable.length }, 'Commits cannot be read.');
  }
  return { commits: items, isWhole: unreadable.length === 0 };
}

export interface CommitRange {
  /** Branches or hashes. */
  readonly include: readonly string[];
  readonly exclude: string | null;
  readonly cursor: string | null;
  /** What the requests are counted as; the walk of a history by default. */
  readonly purpose?: 'history' | 'merge_commits' | 'commits';
}

/** Commits reachable from any of `include` and not from `exclude`, newest first. */
export async function readCommits(
  client: BitbucketClient,
  key: RepositoryKey,
  { include, exclude, cursor, purpose = 'history' }: CommitRange,
): Promise<Page<Commit>> {
  const heads = include.map((head) => ['include', head] as const);
  const range = [...heads, ...(exclude === null ? [] : [['exclude', exclude] as const])];
  const listing = {
    purpose,
    path: `${toRepositoryPath(key)}/commits`,
    query: range,
    pagelen: 100,
    fields: commitFields,
    toItem: toCommit,
  };
  return readListing(client, listing, cursor);
}

/** `null` when there is no such commit (any more). @throws UnreadablePayload */
export async function readCommit(client: BitbucketClient, key: RepositoryKey, hash: string): Promise<Commit | null> {
  const path = `${toRepositoryPath(key)}/commit/${encodeURIComponent(hash)}`;
  return ifNotFound(client.getJson('merge_commits', toAddress(path, [], commitFields)).then(toCommit), () => null);
}
