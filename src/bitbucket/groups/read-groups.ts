import type { BitbucketClient } from '../client/bitbucket-client';
import { BitbucketUnavailable, ifNotFound, UnreadablePayload } from '../client/errors';
import { translateItems } from '../client/pages';
import { toGroup, type ListedGroup } from './to-group';

/**
 * All groups of a workspace with their members, for administrators. The last family of API 1.0: it takes the slug
 * only, not the UUID, and answers a bare array.
 * @throws UnreadablePayload when one of them cannot be understood: a list without it would say that it is deleted
 */
export async function readGroups(client: BitbucketClient, workspaceSlug: string): Promise<ListedGroup[]> {
  const path = `/1.0/groups/${encodeURIComponent(workspaceSlug)}`;
  const listed = await readArray(client, `${path}/`);
  const { items, unreadable } = translateItems(await addMembers(client, path, listed), toGroup);
  if (unreadable.length > 0) {
    throw new UnreadablePayload({ eventKey: null, problems: unreadable.slice(0, 5) });
  }
  return items;
}

/** The documented address ends in a slash; whether one without it is another address is not documented. */
async function readArray(client: BitbucketClient, path: string): Promise<unknown[]> {
  const withoutSlash = path.replace(/\/$/u, '');
  const body = await ifNotFound(client.getJson('groups', path), () => client.getJson('groups', withoutSlash));
  if (!Array.isArray(body)) {
    throw new BitbucketUnavailable({ status: 200, reason: 'the answer is no list of groups' });
  }
  return body as unknown[];
}

/** A group that is listed without its members has a list of its own for them. */
async function addMembers(client: BitbucketClient, path: string, groups: readonly unknown[]): Promise<unknown[]> {
  const whole: unknown[] = [];
  for (const group of groups) {
    const slug = toSlugWithoutMembers(group);
    if (slug === null) {
      whole.push(group);
      continue;
    }
    const listed = readArray(client, `${path}/${encodeURIComponent(slug)}/members`);
    whole.push({ ...(group as object), members: await ifNotFound(listed, () => undefined) });
  }
  return whole;
}

/** `null` for a group with members, and for what is no group at all. */
function toSlugWithoutMembers(group: unknown): string | null {
  const { members, slug } = (group ?? {}) as { members?: unknown; slug?: unknown };
  return Array.isArray(members) || typeof slug !== 'string' || slug === '' ? null : slug;
}
