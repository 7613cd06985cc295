import { z } from 'zod';
import { toWorkspacePath } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { isRefusal } from '../client/errors';
import { readListing, type Listing } from '../client/listing';
import { walkPages } from '../client/pages';
import { inside, orNull, read, uuid } from '../client/payload';

/** A right that somebody has in a repository. */
interface Right {
  readonly user: string | null;
  readonly repository: string | null;
}

const body = z.object({ user: inside('uuid', uuid), repository: inside('uuid', uuid), permission: orNull(z.string()) });

/** Where the filter is ignored all rights of all members come: after so many pages of others nobody reads on. */
const mostPagesOfOthers = 10;
const mostPages = 1000;

/**
 * The UUIDs, with braces, of the repositories in which a person has an explicit right; public ones are not among them
 * without. `null` where Bitbucket does not tell. Rights of others, which come along where the filter is ignored, are
 * dropped.
 */
export async function readVisibleRepositories(
  client: BitbucketClient,
  workspace: string,
  userUuid: string,
): Promise<string[] | null> {
  try {
    return await readRights(client, workspace, userUuid.toLowerCase());
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

async function readRights(client: BitbucketClient, workspace: string, user: string): Promise<string[] | null> {
  const listing: Listing<Right> = {
    purpose: 'permissions',
    path: `${toWorkspacePath(workspace)}/permissions/repositories`,
    query: [['q', `user.uuid="${user}"`]],
    pagelen: 100,
    fields: ['permission', 'user.uuid', 'repository.uuid'],
    toItem: (payload) => read(body, payload),
  };
  const found = new Set<string>();
  let pagesOfOthers = 0;
  for await (const { items } of walkPages((cursor) => readListing(client, listing, cursor), mostPages)) {
    const own = items.flatMap((right) => (right.user === user && right.repository !== null ? [right.repository] : []));
    own.forEach((repository) => found.add(repository));
    if (own.length < items.length) pagesOfOthers += 1;
    if (pagesOfOthers > mostPagesOfOthers) return null;
  }
  return [...found];
}
