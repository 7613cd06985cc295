import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { expectUnderstood, listSituations, readPayload } from '../../../test/support/fakes/golden-payloads';
import { toNotice } from './to-notice';

const folder = path.join(__dirname, 'payloads');
const situations = listSituations(folder);
const envelope = z.object({ event: z.string(), data: z.unknown() });
const descriptor = z.object({ modules: z.object({ webhooks: z.array(z.object({ event: z.string() })) }) });

describe('a notice', () => {
  it.each(situations)('in the envelope of Connect is understood as the file beside it says: %s', async (situation) => {
    await expectUnderstood(folder, situation, (payload) => toNotice(null, payload));
  });

  it.each(situations)('without an envelope is understood as the file beside it says: %s', async (situation) => {
    await expectUnderstood(folder, situation, (payload) => {
      const { event, data } = envelope.parse(payload);
      return toNotice(event, data);
    });
  });

  it('of every event that the descriptor asks for is among the files', () => {
    const text = readFileSync(path.join(__dirname, '../../../atlassian-connect.json'), 'utf8');
    const asked = descriptor.parse(JSON.parse(text)).modules.webhooks.map(({ event }) => event);
    const shown = situations.map((situation) => envelope.parse(readPayload(folder, situation)).event);
    expect(shown).toEqual(expect.arrayContaining(asked));
  });
});
