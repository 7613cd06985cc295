import path from 'node:path';
import { repositoryUuid as repository } from '../../../test/support/fakes/bitbucket-payloads';
import { expectUnderstood, listSituations, readBothWays } from '../../../test/support/fakes/golden-payloads';
import type { BitbucketClient } from '../client/bitbucket-client';
import { readCommit, readCommits, readPullRequestCommits } from './read-commits';

const folder = path.join(__dirname, 'payloads');
const place = { workspace: '{cccccccc-0000-4000-8000-000000000003}', repository };

const readers: Record<string, (client: BitbucketClient) => Promise<unknown>> = {
  commit: (client) => readCommit(client, place, 'main'),
  list: (client) => readCommits(client, place, { include: ['main'], exclude: null, cursor: null }),
  'of-a-pull-request': (client) => readPullRequestCommits(client, place, 7),
};

describe('a body about commits', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    const read = readers[path.dirname(situation)];
    await expectUnderstood(folder, situation, (payload) => read && readBothWays(payload, read));
  });
});
