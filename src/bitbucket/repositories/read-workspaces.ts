import { z } from 'zod';
import { toWorkspacePath } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { Forbidden, NotFoundInBitbucket, UnreadablePayload } from '../client/errors';
import { readWholeListing } from '../client/listing';
import { orNull, uuid } from '../client/payload';
import { toOwnWorkspace, toWorkspace, type NamedWorkspace } from './to-workspace';

/** A workspace by its UUID. Public ones answer anyone: being able to read it proves nothing. */
export async function readWorkspace(client: BitbucketClient, workspace: string): Promise<NamedWorkspace> {
  return toWorkspace(await client.getJson('workspace', toWorkspacePath(workspace)));
}

const account = z.object({ uuid: orNull(uuid) }).catch({ uuid: null });

/** Whose the credentials are, with braces; `null` where Bitbucket does not say. */
export async function readCurrentUserUuid(client: BitbucketClient): Promise<string | null> {
  const body = await orNullWhenRefused(() => client.getJson('proof', '/2.0/user'));
  return account.parse(body).uuid;
}

/**
 * The workspaces the credentials belong to; none where Bitbucket does not say. Read whole and understood whole,
 * because "this one and nothing else" is a proof.
 * @throws UnreadablePayload
 */
export async function readOwnWorkspaces(client: BitbucketClient): Promise<{ uuid: string; slug: string }[]> {
  const listing = {
    purpose: 'proof' as const,
    path: '/2.0/user/workspaces',
    query: [],
    pagelen: 100,
    fields: [],
    toItem: toOwnWorkspace,
  };
  const read = await orNullWhenRefused(() => readWholeListing(client, listing));
  const { items, unreadable } = read ?? { items: [], unreadable: [] };
  if (unreadable.length > 0) {
    throw new UnreadablePayload({ eventKey: null, problems: unreadable.slice(0, 5) });
  }
  return items;
}

/** Not being told is no failure here: it proves nothing, and that is all. */
async function orNullWhenRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Forbidden || error instanceof NotFoundInBitbucket) {
      return null;
    }
    throw error;
  }
}
