import { AccessRevoked } from '../bitbucket/client/errors';
import { openTestStores, type TestStores } from '../../test/support/test-database';
import { createAuthorisers } from './authorisers';
import type { Door } from './door';

const workspace = '{11111111-1111-4111-8111-111111111111}';

let stores: TestStores;
beforeEach(async () => {
  stores = await openTestStores('sqlite');
});
afterEach(() => stores.close());

const doorOf = (kind: Door['kind']): Pick<Door, 'kind' | 'authorise'> => ({
  kind,
  authorise: async ({ credentials }, { fresh }) => `${kind} ${credentials}${fresh ? ' fresh' : ''}`,
});

const connect = (kind: Door['kind']) =>
  stores.connections.saveNew({ workspace, kind, reference: `its ${kind}`, credentials: 'secret', installedAt: 1 });

test('the door of the live connection gives the header, and after a move the other one does', async () => {
  const authorise = createAuthorisers([doorOf('connect'), doorOf('access_token')], stores.connections)(workspace);
  await connect('connect');
  expect(await authorise({ fresh: false })).toBe('connect secret');
  await connect('access_token');
  expect(await authorise({ fresh: true })).toBe('access_token secret fresh');
});

test('without a live connection, or a door for it, access is revoked', async () => {
  const authorise = createAuthorisers([doorOf('connect')], stores.connections)(workspace);
  await expect(authorise({ fresh: false })).rejects.toThrow(AccessRevoked);
  await connect('forge');
  await expect(authorise({ fresh: false })).rejects.toThrow(AccessRevoked);
});
