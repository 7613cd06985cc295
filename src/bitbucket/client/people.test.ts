import path from 'node:path';
import { expectUnderstood, listSituations } from '../../../test/support/fakes/golden-payloads';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { person, personFields } from './payload';

const folder = path.join(__dirname, 'payloads/people');

describe('an account', () => {
  it.each(listSituations(folder))('is understood as the file beside it says: %s', async (situation) => {
    await expectUnderstood(folder, situation, (payload) => person.parse(payload));
    await expectUnderstood(folder, situation, (payload) => person.parse(reduceToFields(payload, personFields)));
  });
});
