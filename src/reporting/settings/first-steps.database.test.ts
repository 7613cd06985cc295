import { createImportStatus } from '../../ingestion/progress/import-status';
import { aPerson, aWorkspaceUuid as workspace, anInstant } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { createReporting } from '../reporting';
import type { FirstSteps } from './first-steps';

const [ada, ben] = [aPerson().uuid, '{bbbbbbbb-0000-4000-8000-000000000002}'];
let stores: TestStores;
let findSteps: () => Promise<FirstSteps>;

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite');
  const clock = createFixedClock(anInstant);
  const usage = async () => ({ ...(await stores.requests.usage(workspace, anInstant)), limit: 1000 });
  const status = createImportStatus({ stores, clock, usage });
  const reporting = createReporting(stores, {
    clock,
    bitbucketUrl: 'https://bitbucket.org',
    loadProgress: status.loadProgress,
  });
  findSteps = async () => (await reporting.open(workspace, null)).findFirstSteps();
});
afterEach(() => stores.close());

describe('The first steps', () => {
  const none = {
    ...{ isConnected: false, isImported: false, hasLiveNotice: false, hasTeams: false },
    hasSavedSettings: false,
  };
  const connect = () =>
    stores.connections.saveNew({
      workspace,
      kind: 'connect',
      reference: 'k',
      credentials: 's',
      installedAt: anInstant,
    });
  const receive = async (deliveryId: string, receivedAt: number, state: 'done' | 'unreadable') => {
    const notice = { workspace, deliveryId, bodyHash: 'h', eventKey: null, body: '{}', receivedAt };
    await stores.notices.keepAll([notice]);
    await stores.notices.markAll(workspace, [{ deliveryId, bodyHash: 'h', state, problem: null }]);
  };

  it('tick themselves off one by one', async () => {
    expect(await findSteps()).toEqual(none);
    await connect();
    expect(await findSteps()).toEqual({ ...none, isConnected: true });
    await stores.workspaces.update(workspace, { importedSince: 1, verifiedAt: anInstant });
    expect(await findSteps()).toEqual({ ...none, isConnected: true, isImported: true });
    await receive('d', anInstant + 1, 'done');
    await stores.teams.replaceGroups(workspace, [{ slug: 'core', name: 'Core', memberUuids: [ada, ben] }], anInstant);
    await stores.settings.save(workspace, await stores.settings.get(workspace));
    expect(Object.values(await findSteps())).toEqual([true, true, true, true, true]);
  });

  it('are not done by a notice that nobody understood or of an earlier connection, nor by a group of one', async () => {
    await connect();
    await receive('a', anInstant - 1, 'done');
    await receive('b', anInstant + 1, 'unreadable');
    await stores.teams.replaceGroups(workspace, [{ slug: 'one', name: 'One', memberUuids: [ada] }], anInstant);
    expect(await findSteps()).toEqual({ ...none, isConnected: true });
    await stores.teams.saveManual(workspace, { slug: null, name: 'By hand', members: [] });
    expect(await findSteps()).toMatchObject({ hasTeams: true, hasLiveNotice: false });
  });
});
