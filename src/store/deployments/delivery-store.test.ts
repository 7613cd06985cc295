import {
  aDeliveryMonth,
  aMergedPullRequest,
  anIncident,
  anInstant,
  aWorkspaceUuid as workspace,
  day,
  deploymentsOf,
} from '../../../test/support/builders';
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

const march = aDeliveryMonth();
const april = {
  ...march,
  month: new Date(anInstant + later).toISOString().slice(0, 7),
  startAt: march.endAt,
  endAt: march.endAt + 30 * day,
};

describe.each(databaseKinds)('Rows of deployments and incidents on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const differ = async (counted: Parameters<typeof compareDeliveries>[1]) =>
    compareDeliveries(await stores.deliveries.read(workspace), counted, workspace);

  it('are those of the month that was written last', async () => {
    const counted = { deployments: [first], incidents: [anIncident()] };
    await stores.deliveries.replaceMonth(workspace, { ...march, ...counted });
    await stores.deliveries.replaceMonth(workspace, { ...march, ...counted });
    expect(await differ(counted)).toEqual([]);
    expect(await stores.deliveries.listDigests(workspace)).toEqual(new Map([[march.month, march.digest]]));
    const unlinked = { deployments: [first], incidents: [anIncident({ deployId: null })] };
    expect(await differ(unlinked)).toEqual([{ table: 'incidents', missing: 1, wrong: 1 }]);
    await stores.deliveries.replaceMonth(workspace, march);
    expect(await differ({ deployments: [], incidents: [] })).toEqual([]);
    expect(await stores.deliveries.listDigests(workspace)).toEqual(new Map());
  });

  it.each([
    ['the old month', [march, { ...april, deployments: [moved] }]],
    ['the new month', [{ ...april, deployments: [moved] }, march]],
  ])('follow a deployment into another month when %s is written first', async (_, months) => {
    await stores.deliveries.replaceMonth(workspace, { ...march, deployments: [first] });
    for (const month of months) await stores.deliveries.replaceMonth(workspace, month);
    expect(await differ({ deployments: [moved], incidents: [] })).toEqual([]);
  });

  it('are outdated while they are of another version, but for an import that is under way', async () => {
    expect(await stores.deliveries.listOutdated()).toEqual([workspace]);
    await stores.deliveries.noteVersion(workspace, 0);
    expect(await stores.deliveries.listOutdated()).toEqual([]);
    await stores.workspaces.bumpVersion(workspace);
    expect(await stores.deliveries.listOutdated()).toEqual([workspace]);
    expect(await stores.deliveries.getVersion(workspace)).toBe(0);
  });

  it('do not bring a workspace back that was erased meanwhile', async () => {
    await stores.erasure.erase(workspace);
    await stores.deliveries.replaceMonth(workspace, { ...march, deployments: [first] });
    await stores.deliveries.noteVersion(workspace, 3);
    expect(await stores.deliveries.getVersion(workspace)).toBeNull();
    expect(await stores.deliveries.read(workspace)).toEqual({ deployments: [], changes: [], teams: [], incidents: [] });
  });
});
