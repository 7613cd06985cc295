import { z } from 'zod';
import { orNull, read, uuid, word } from '../client/payload';

/** A workspace as Bitbucket names it. */
export interface NamedWorkspace {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
}

const body = z.object({ uuid, slug: word, name: orNull(word) });

/** @throws UnreadablePayload without a UUID or a slug */
export function toWorkspace(payload: unknown): NamedWorkspace {
  const workspace = read(body, payload);
  return { uuid: workspace.uuid, slug: workspace.slug, name: workspace.name ?? workspace.slug };
}
