import { z } from 'zod';
import { inside, orNull, read, uuid, word } from '../client/payload';

/** A group of a workspace. */
export interface ListedGroup {
  readonly slug: string;
  readonly name: string;
  /**
   * With braces, each once. Members are counted as Bitbucket lists them: one without a UUID goes by its place in the
   * list, as nobody's UUID, so that the group is as large as it is and nobody is taken for an author.
   */
  readonly memberUuids: string[];
}

const body = z.object({
  slug: word,
  name: orNull(word),
  members: z.array(inside('uuid', uuid)),
});

/**
 * A group without its members would say that all have left: it is unreadable.
 * @throws UnreadablePayload without a slug or members
 */
export function toGroup(payload: unknown): ListedGroup {
  const group = read(body, payload);
  const memberUuids = group.members.map((member, index) => member ?? `{unnamed-${index + 1}}`);
  return { slug: group.slug, name: group.name ?? group.slug, memberUuids: [...new Set(memberUuids)] };
}
