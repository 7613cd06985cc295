import path from 'node:path';
import { giveAnswer, startStandInServer, type StandInServer } from '../../../test/support/fakes/stand-in-server';
import { expectUnderstood, listSituations } from '../../../test/support/fakes/golden-payloads';
import { createSilentLog } from '../../machine/log';
import { createTokenExchange } from './token-exchange';

const folder = path.join(__dirname, 'payloads/access-token');
const clock = { now: () => Date.UTC(2026, 10, 22, 12) };

let server: StandInServer;

beforeEach(async () => {
  server = await startStandInServer();
});
afterEach(() => server.close());

describe('the answer to a token exchange', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    const exchange = createTokenExchange({
      appKey: 'drumbeat',
      bitbucketUrl: server.url,
      clock,
      log: createSilentLog(),
    });
    await expectUnderstood(folder, situation, (payload) => {
      server.answer(giveAnswer(payload));
      return exchange({ clientKey: 'connection:1', secret: 'a secret that opens nothing' });
    });
  });
});
