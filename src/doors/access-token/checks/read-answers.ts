import { z } from 'zod';
import { inside, orNull, uuid, word } from '../../../bitbucket/client/payload';

/** A workspace as Bitbucket names it now. */
export interface NamedWorkspace {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
}

export interface ListedRepository {
  /** With braces. */
  readonly uuid: string;
  /** `null`: Bitbucket did not say. */
  readonly isPrivate: boolean | null;
  readonly name: string;
}

export interface CountedList<T> {
  readonly items: readonly T[];
  /** Of the whole list; `null`: Bitbucket did not say, and there are more pages. */
  readonly size: number | null;
}

const workspaceSchema = z
  .object({ uuid, slug: word, name: orNull(word) })
  .transform((body): NamedWorkspace => ({ ...body, name: body.name ?? body.slug }));
const repositorySchema = z
  .object({ uuid, is_private: orNull(z.boolean()), name: orNull(word), slug: orNull(word) })
  .transform((body): ListedRepository => ({
    uuid: body.uuid,
    isPrivate: body.is_private,
    name: body.name ?? body.slug ?? body.uuid,
  }));
const listSchema = z.object({
  values: z.array(z.unknown()),
  size: orNull(z.int().nonnegative()),
  next: orNull(z.string()),
});

/** `null` for what is none. */
export function readWorkspaceAnswer(json: unknown): NamedWorkspace | null {
  const read = workspaceSchema.safeParse(json);
  return read.success ? read.data : null;
}

/** A repository, and the workspace that it says it is in. */
export function readRepositoryAnswer(
  json: unknown,
): { readonly repository: ListedRepository; readonly workspace: NamedWorkspace | null } | null {
  const repository = repositorySchema.safeParse(json);
  return repository.success
    ? { repository: repository.data, workspace: inside('workspace', workspaceSchema).parse(json) }
    : null;
}

/** `null` for what is no list; items that cannot be read are left out. */
export function readList<T>(json: unknown, readItem: (item: unknown) => T | null): CountedList<T> | null {
  const list = listSchema.safeParse(json);
  if (!list.success) return null;
  const { values, size, next } = list.data;
  const items = values.map(readItem).filter((item) => item !== null);
  return { items, size: size ?? ((next ?? '') === '' ? values.length : null) };
}

export function readListedRepository(item: unknown): ListedRepository | null {
  const read = repositorySchema.safeParse(item);
  return read.success ? read.data : null;
}
