import { z } from 'zod';
import type { Instant } from '../../domain/instant';
import type { BitbucketClient } from '../client/bitbucket-client';
import { readListing } from '../client/listing';
import { instant, orNull, read, uuid } from '../client/payload';
import type { Page } from '../client/pages';

/** When something last moved in a repository; whether a comment or an approval counts is not documented. */
export interface UpdatedRepository {
  /** With braces. */
  readonly uuid: string;
  /** `null`: it does not say. */
  readonly updatedAt: Instant | null;
}

const body = z.object({ uuid, updated_on: orNull(instant) });

/** The repositories of a workspace, what moved last first. */
export async function readUpdatedRepositories(
  client: BitbucketClient,
  workspace: string,
  cursor: string | null,
): Promise<Page<UpdatedRepository>> {
  const listing = {
    purpose: 'repositories' as const,
    path: `/2.0/repositories/${encodeURIComponent(workspace)}`,
    query: [['sort', '-updated_on']] as const,
    pagelen: 100,
    fields: ['uuid', 'updated_on'],
    toItem: toUpdatedRepository,
  };
  return readListing(client, listing, cursor);
}

/** @throws UnreadablePayload without a UUID */
function toUpdatedRepository(payload: unknown): UpdatedRepository {
  const { uuid, updated_on } = read(body, payload);
  return { uuid, updatedAt: updated_on };
}
