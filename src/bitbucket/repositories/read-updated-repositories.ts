import { z } from 'zod';
import type { Instant } from '../../domain/instant';
import type { BitbucketClient } from '../client/bitbucket-client';
import { readListing } from '../client/listing';
import { instant, orNull, read } from '../client/payload';
import type { Page } from '../client/pages';
import { repositoryFields, toRepository, type ListedRepository } from './to-repository';

export interface UpdatedRepository extends ListedRepository {
  /** When something last moved in it; whether a comment counts is not documented. `null`: it does not say. */
  readonly updatedAt: Instant | null;
}

const body = z.object({ updated_on: orNull(instant) });

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
    fields: [...repositoryFields, 'updated_on'],
    toItem: (payload: unknown) => ({ ...toRepository(payload), updatedAt: read(body, payload).updated_on }),
  };
  return readListing(client, listing, cursor);
}
