import type { BitbucketClient } from '../bitbucket-client';
import { BitbucketUnavailable, UnreadablePayload } from '../errors';
import { translateItems } from '../pages';
import { toGroup, type ListedGroup } from './to-group';

/**
 * All groups of a workspace with their members, for administrators. The last family of API 1.0: it takes the slug
 * only, not the UUID, and answers a bare array.
 * @throws UnreadablePayload when one of them cannot be understood: a list without it would say that it is deleted
 */
export async function readGroups(client: BitbucketClient, workspaceSlug: string): Promise<ListedGroup[]> {
  const body = await client.getJson('groups', `/1.0/groups/${encodeURIComponent(workspaceSlug)}/`);
  if (!Array.isArray(body)) {
    throw new BitbucketUnavailable({ status: 200, reason: 'the answer is no list of groups' });
  }
  const { items, unreadable } = translateItems(body, toGroup);
  if (unreadable.length > 0) {
    throw new UnreadablePayload({ eventKey: null, problems: unreadable.slice(0, 5) });
  }
  return items;
}
