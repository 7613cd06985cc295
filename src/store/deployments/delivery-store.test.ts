import {
  aDeliveryDay,
  aMergedPullRequest,
  anIncident,
  anInstant,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  day,
  deploymentsOf,
} from '../../../test/support/builders';
import { saveMerges } from '../../../test/support/facts/saved-merges';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { compareDeliveries } from './compare-deliveries';

const later = 40 * day;
const changes = [
  { changeId: 'a', createdAt: anInstant },
  { changeId: 'b', createdAt: anInstant + 1 },
];
const [first] = deploymentsOf([aMergedPullRequest({ changes, teams: ['core', 'web'] })]);
if (first === undefined) throw new Error('A merge into the default branch is a deployment.');
const moved = { ...first, createdAt: first.createdAt + later, changes: changes.slice(1), teams: ['core'] };

const theDay = aDeliveryDay();
const muchLater = { ...theDay, day: theDay.day + 40 };

describe.each(databaseKinds)('Rows of deployments and incidents on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const differ = async (counted: Parameters<typeof compareDeliveries>[1]) =>
    compareDeliveries(await stores.deliveries.read(workspace), counted, workspace);

  it('are those of the day that was written last', async () => {
    const counted = { deployments: [first], incidents: [anIncident()] };
    await stores.deliveries.replaceDay(workspace, { ...theDay, ...counted });
    await stores.deliveries.replaceDay(workspace, { ...theDay, ...counted });
    expect(await differ(counted)).toEqual([]);
    expect(await stores.deliveries.listDigests(workspace)).toEqual(new Map([[theDay.day, theDay.digests]]));
    const unlinked = { deployments: [first], incidents: [anIncident({ deployId: null })] };
    expect(await differ(unlinked)).toEqual([{ table: 'incidents', missing: 1, wrong: 1 }]);
    await stores.deliveries.replaceDay(workspace, theDay);
    expect(await differ({ deployments: [], incidents: [] })).toEqual([]);
    expect(await stores.deliveries.listDigests(workspace)).toEqual(new Map());
  });

  it.each([
    ['the old day', [theDay, { ...muchLater, deployments: [moved] }]],
    ['the new day', [{ ...muchLater, deployments: [moved] }, theDay]],
  ])('follow a deployment into another day when %s is written first', async (_, days) => {
    await stores.deliveries.replaceDay(workspace, { ...theDay, deployments: [first] });
    for (const one of days) await stores.deliveries.replaceDay(workspace, one);
    expect(await differ({ deployments: [moved], incidents: [] })).toEqual([]);
  });

  it('may be others on the days of what changed since, where it is now and where it is written', async () => {
    await saveMerges(stores, aRepositoryUuid, [{ number: 1, mergedAt: first.createdAt + later }]);
    await stores.deliveries.replaceDay(workspace, { ...theDay, deployments: [first] });
    const version = (await stores.workspaces.get(workspace))?.version ?? 0;
    expect(await stores.deliveries.listChangedDays(workspace, 0, 1)).toEqual(new Set([theDay.day, muchLater.day]));
    expect(await stores.deliveries.listChangedDays(workspace, 0, 0)).toBeNull();
    expect(await stores.deliveries.listChangedDays(workspace, version, 0)).toEqual(new Set());
  });

  it('are outdated while they are of another version, but for an import that is under way', async () => {
    expect(await stores.deliveries.listOutdated()).toEqual([workspace]);
    await stores.deliveries.noteRecording(workspace, { version: 0, basis: '' });
    expect(await stores.deliveries.listOutdated()).toEqual([]);
    await stores.workspaces.bumpVersion(workspace);
    expect(await stores.deliveries.listOutdated()).toEqual([workspace]);
    expect(await stores.deliveries.getVersion(workspace)).toBe(0);
  });

  it('do not bring a workspace back that was erased meanwhile', async () => {
    await stores.erasure.erase(workspace);
    await stores.deliveries.replaceDay(workspace, { ...theDay, deployments: [first] });
    await stores.deliveries.noteRecording(workspace, { version: 3, basis: '' });
    expect(await stores.deliveries.getVersion(workspace)).toBeNull();
    expect(await stores.deliveries.read(workspace)).toEqual({ deployments: [], changes: [], teams: [], incidents: [] });
  });
});
