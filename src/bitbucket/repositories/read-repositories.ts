import { toAddress, toRepositoryPath, type RepositoryKey } from '../client/address';
import type { BitbucketClient } from '../client/bitbucket-client';
import { readListing } from '../client/listing';
import type { Page } from '../client/pages';
import { repositoryFields, toRepository, type ListedRepository } from './to-repository';

/** The repositories of a workspace. `role` is left out: with it some workspaces answer 410. */
export async function readRepositories(
  client: BitbucketClient,
  workspace: string,
  cursor: string | null,
): Promise<Page<ListedRepository>> {
  const listing = {
    purpose: 'repositories' as const,
    path: `/2.0/repositories/${encodeURIComponent(workspace)}`,
    query: [],
    pagelen: 100,
    fields: repositoryFields,
    toItem: toRepository,
  };
  return readListing(client, listing, cursor);
}

/** One repository as it is now. @throws UnreadablePayload */
export async function readRepository(client: BitbucketClient, key: RepositoryKey): Promise<ListedRepository> {
  const address = toAddress(toRepositoryPath(key), [], repositoryFields);
  return toRepository(await client.getJson('repository', address));
}
