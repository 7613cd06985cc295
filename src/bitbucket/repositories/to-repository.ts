import { z } from 'zod';
import { inside, orNull, read, uuid, word } from '../client/payload';

/** A repository as Bitbucket lists it. */
export interface ListedRepository {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  /** `<workspace slug>/<repository slug>`; changes with a rename or a transfer. */
  readonly fullName: string;
  /** `null` while it is empty. */
  readonly defaultBranch: string | null;
  /** `null`: it does not say. */
  readonly isPrivate: boolean | null;
}

/** What `toRepository` reads, for `fields=`. */
export const repositoryFields = ['uuid', 'slug', 'name', 'full_name', 'mainbranch.name', 'is_private'];

const body = z.object({
  uuid,
  slug: orNull(word),
  name: orNull(word),
  full_name: word,
  mainbranch: inside('name', word),
  is_private: orNull(z.boolean()),
});

/** @throws UnreadablePayload without a UUID or a full name */
export function toRepository(payload: unknown): ListedRepository {
  const repository = read(body, payload);
  const slug = repository.slug ?? repository.full_name.slice(repository.full_name.lastIndexOf('/') + 1);
  return {
    uuid: repository.uuid,
    slug,
    name: repository.name ?? slug,
    fullName: repository.full_name,
    defaultBranch: repository.mainbranch,
    isPrivate: repository.is_private,
  };
}
