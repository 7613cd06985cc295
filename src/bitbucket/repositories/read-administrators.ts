import { z } from 'zod';
import { toWorkspacePath } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { isRefusal } from '../client/errors';
import { readWholeListing } from '../client/listing';
import { inside, read, uuid, word } from '../client/payload';

const body = z.object({ permission: word, user: inside('uuid', uuid) });

/**
 * The UUIDs of the owners of a workspace, with braces: those are its administrators. `null` where Bitbucket does not
 * tell; a workspace without any owner is no answer, since every workspace has one. What a filter that is ignored, or
 * a permission of another name, brings along is nobody.
 */
export async function readAdministrators(client: BitbucketClient, workspace: string): Promise<string[] | null> {
  const listing = {
    purpose: 'administrators' as const,
    path: `${toWorkspacePath(workspace)}/permissions`,
    query: [['q', 'permission="owner"']] as const,
    pagelen: 100,
    fields: ['permission', 'user.uuid'],
    toItem: toOwner,
  };
  try {
    const { items } = await readWholeListing(client, listing);
    const owners = [...new Set(items.filter((owner) => owner !== null))];
    return owners.length === 0 ? null : owners;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** `null` for a member that is no owner, or of whom Bitbucket tells no UUID. */
function toOwner(payload: unknown): string | null {
  const { permission, user } = read(body, payload);
  return permission === 'owner' ? user : null;
}
