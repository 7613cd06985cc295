import path from 'node:path';
import { z } from 'zod';
import { expectUnderstood, listSituations } from '../../../test/support/fakes/golden-payloads';
import { toClientKey, toInstalledBody } from './lifecycle-body';

const folder = path.join(__dirname, 'payloads/lifecycle');
const lifecycleBody = z.object({ eventType: z.string() });

describe('the body of a lifecycle call', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    await expectUnderstood(folder, situation, (payload) => {
      const { eventType } = lifecycleBody.parse(payload);
      return eventType === 'installed' ? toInstalledBody(payload, 'drumbeat') : toClientKey(payload, eventType);
    });
  });
});
