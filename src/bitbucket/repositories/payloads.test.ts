import path from 'node:path';
import { repositoryUuid } from '../../../test/support/fakes/bitbucket-payloads';
import { expectUnderstood, listSituations, readBothWays } from '../../../test/support/fakes/golden-payloads';
import type { BitbucketClient } from '../client/bitbucket-client';
import { findMember } from './find-member';
import { readAdministrators } from './read-administrators';
import { readRepositories, readRepository } from './read-repositories';
import { readVisibleRepositories } from './read-visible-repositories';
import { readWorkspace } from './read-workspaces';

const folder = path.join(__dirname, 'payloads');
const workspace = '{cccccccc-0000-4000-8000-000000000003}';

const readers: Record<string, (client: BitbucketClient) => Promise<unknown>> = {
  administrators: (client) => readAdministrators(client, workspace),
  member: (client) => findMember(client, workspace, 'ada@example.com'),
  list: (client) => readRepositories(client, workspace, null),
  repository: (client) => readRepository(client, { workspace, repository: repositoryUuid }),
  visible: (client) => readVisibleRepositories(client, workspace, '{aaaaaaaa-0000-4000-8000-000000000001}'),
  workspace: (client) => readWorkspace(client, workspace),
};

describe('a body about repositories and workspaces', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    const read = readers[path.dirname(situation)];
    await expectUnderstood(folder, situation, (payload) => read && readBothWays(payload, read));
  });
});
