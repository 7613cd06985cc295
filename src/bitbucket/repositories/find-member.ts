import { z } from 'zod';
import { toWorkspacePath } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { tryListing } from '../client/listing';
import { orNull, read, uuid, word } from '../client/payload';

/** Who has an e-mail address in a workspace. */
export interface FoundMember {
  /** With braces. */
  readonly uuid: string | null;
  readonly name: string | null;
}

const body = z.object({
  user: z.object({ uuid: orNull(uuid), display_name: orNull(word), email: orNull(word) }),
});

/**
 * The member of a workspace who has this e-mail address; `null`: none. Believed only where the answer repeats the
 * address, which Bitbucket shows when it was asked for: one that ignores the filter lists everybody.
 * @throws Forbidden where only others may look for members by e-mail
 */
export async function findMember(
  client: BitbucketClient,
  workspace: string,
  email: string,
): Promise<FoundMember | null> {
  const quoted = email.replace(/["\\]/gu, String.raw`\$&`);
  const { items } = await tryListing(client, {
    ...{ purpose: 'members', path: `${toWorkspacePath(workspace)}/members`, pagelen: null },
    query: [['q', `user.email IN ("${quoted}")`]],
    fields: ['user.uuid', 'user.display_name', 'user.email'],
    toItem: (payload) => read(body, payload).user,
  });
  const found = items.find((user) => user.email?.toLowerCase() === email.toLowerCase());
  return found === undefined ? null : { uuid: found.uuid, name: found.display_name };
}
