import path from 'node:path';
import { repositoryUuid as repository } from '../../../test/support/fakes/bitbucket-payloads';
import { expectUnderstood, listSituations, readBothWays } from '../../../test/support/fakes/golden-payloads';
import type { BitbucketClient } from '../client/bitbucket-client';
import { readActivity, readPullRequest, readPullRequests } from './read-pull-requests';
import { readSize } from './read-size';

const folder = path.join(__dirname, 'payloads');
const place = { workspace: '{cccccccc-0000-4000-8000-000000000003}', repository };
const unknownSize = { number: 7, diffstatUrl: null, sourceHash: null, destinationHash: null, sourceFullName: null };

const readers: Record<string, (client: BitbucketClient) => Promise<unknown>> = {
  activity: (client) => readActivity(client, place, { number: null, cursor: null }),
  diffstat: (client) => readSize(client, place, unknownSize),
  list: (client) => readPullRequests(client, place, { states: ['MERGED'], cursor: null }),
  'pull-request': (client) => readPullRequest(client, place, 7),
};

describe('a body about pull requests', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    const read = readers[path.dirname(situation)];
    await expectUnderstood(folder, situation, (payload) => read && readBothWays(payload, read));
  });
});
