import {
  aMergedSnapshot,
  anInstant,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  day,
} from '../../../test/support/builders';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';

describe.each(databaseKinds)('In which version people changed last on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const author = { uuid: '{a}', displayName: 'Ada', accountId: null, type: 'user' };
  const see = async (change: Partial<PullRequestSnapshot>) =>
    stores.pullRequests.saveSnapshots(workspace, aRepositoryUuid, [aMergedSnapshot({ author, ...change })]);

  /** Whether it is the present version. */
  async function isNow(): Promise<boolean> {
    const { version, peopleChangedIn } = (await stores.workspaces.get(workspace)) ?? {};
    return version === peopleChangedIn;
  }

  it('is told by somebody new and by whatever else is known of somebody, and by nothing that they do', async () => {
    await see({ number: 1 });
    expect(await isNow()).toBe(true);
    const text = await stores.people.readText(workspace);
    await see({ number: 2, updatedAt: anInstant + 30 * day });
    expect(await isNow()).toBe(false);
    expect(await stores.people.readText(workspace)).toBe(text);
    for (const other of [{ displayName: 'Ada L.' }, { displayName: 'Ada L.', accountId: '5' }]) {
      await see({ number: 3, updatedAt: anInstant + 40 * day, author: { ...author, ...other } });
      expect(await isNow()).toBe(true);
      await see({ number: 4, updatedAt: anInstant + 41 * day, title: JSON.stringify(other) });
    }
  });

  it('is told by teams that are others, whose text holds the members of an earlier one until then', async () => {
    const groups = [{ slug: 'core', name: 'Core', memberUuids: ['{a}', '{b}'] }];
    await stores.teams.replaceGroups(workspace, groups, anInstant);
    expect(await isNow()).toBe(true);
    const text = await stores.teams.readText(workspace, null);
    expect(await stores.teams.readText(workspace, text)).toBe(text);
    await see({ number: 1, author: null });
    await stores.teams.replaceGroups(workspace, groups, anInstant + day);
    expect(await isNow()).toBe(false);
    await stores.teams.saveManual(workspace, { slug: null, name: 'Own', members: [] });
    expect(await isNow()).toBe(true);
  });
});
