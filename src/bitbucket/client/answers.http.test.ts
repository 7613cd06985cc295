import path from 'node:path';
import { giveAnswer, startStandInServer, type StandInServer } from '../../../test/support/fakes/stand-in-server';
import { expectUnderstood, listSituations } from '../../../test/support/fakes/golden-payloads';
import { createSilentLog } from '../../machine/log';
import { createBitbucketClient } from './bitbucket-client';

const folder = path.join(__dirname, 'payloads/answers');

let server: StandInServer;

beforeEach(async () => {
  server = await startStandInServer();
});
afterEach(() => server.close());

/** What the client makes of an answer that never changes. */
async function askFor(payload: unknown): Promise<unknown> {
  server.answer(giveAnswer(payload));
  const client = createBitbucketClient({
    apiUrl: server.url,
    workspace: '{cccccccc-0000-4000-8000-000000000003}',
    authorise: async () => 'Bearer x',
    budget: { reserve: async () => undefined, pause: async () => undefined, note: async () => undefined },
    clock: { now: () => Date.UTC(2026, 10, 22, 12) },
    random: () => 0,
    lane: 'live',
    log: createSilentLog(),
    wait: async () => undefined,
  });
  return client.getJson('repository', '/2.0/user');
}

describe('an answer', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    await expectUnderstood(folder, situation, askFor);
  });
});
