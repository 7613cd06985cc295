import path from 'node:path';
import { expectUnderstood, listSituations, readBothWays } from '../../../test/support/fakes/golden-payloads';
import { readGroups } from './read-groups';

const folder = path.join(__dirname, 'payloads');

describe('a list of groups', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    await expectUnderstood(folder, situation, (payload) =>
      readBothWays(payload, (client) => readGroups(client, 'acme')),
    );
  });
});
