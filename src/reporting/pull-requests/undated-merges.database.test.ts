import {
  aCorrection,
  anInstant,
  aPerson,
  aRepository,
  aRepositoryUuid,
  aWorkspaceUuid,
  day,
  hour,
  webUuid,
} from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { saveMerges, saveUndatedMerges } from '../../../test/support/facts/saved-merges';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { createReporting, type Reporting } from '../reporting';
import { noProgress } from '../../../test/support/facts/no-progress';

const bo = aPerson({ uuid: '{44444444-4444-4444-8444-444444444444}', displayName: 'Bo' });
const everything: DeliveryFilter = {
  ...{ from: '2026-03-01', to: '2026-03-31', interval: 'week' },
  ...{ systems: [], teams: [], isRaw: false },
};
const firstPage = { limit: 500, cursor: null };

let stores: TestStores;
let reporting: Reporting;

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite');
  await stores.repositories.saveAll(aWorkspaceUuid, [
    aRepository(),
    aRepository({ uuid: webUuid, slug: 'web', name: 'Web', fullName: 'acme/web' }),
  ]);
  reporting = createReporting(stores, {
    clock: createFixedClock(anInstant + 5 * day),
    bitbucketUrl: 'https://bitbucket.org',
    loadProgress: async () => noProgress,
  });
  await saveMerges(stores, aRepositoryUuid, [{ number: 9, mergedAt: anInstant }]);
  await saveUndatedMerges(stores, aRepositoryUuid, [
    { number: 1, teams: ['core'] },
    { number: 2, author: bo, openedAt: anInstant + hour, title: 'Say when' },
  ]);
  await saveUndatedMerges(stores, webUuid, [{ number: 3, author: null }]);
});

afterEach(() => stores.close());

/** In both reports, and the numbers of those that are named. */
async function count(change: Partial<DeliveryFilter> = {}) {
  const filter = { ...everything, ...change };
  const snapshot = await reporting.open(aWorkspaceUuid, null);
  const accelerate = snapshot.computeAccelerate(filter);
  const reviews = snapshot.computeReviews(filter);
  const { items } = snapshot.listUndatedMerges(filter, firstPage);
  expect(reviews.completeness.undated_merges).toBe(accelerate.completeness.undated_merges);
  expect(items).toHaveLength(accelerate.completeness.undated_merges);
  return items.map(({ id }) => id);
}

const saveExclusions = async (change: { people?: string[]; repositories?: string[] }) => {
  const settings = await stores.settings.get(aWorkspaceUuid);
  await stores.settings.save(aWorkspaceUuid, { ...settings, exclusions: { ...settings.exclusions, ...change } });
};

describe('merges without a date', () => {
  it('count in no number, and are counted whatever the range', async () => {
    for (const range of [{}, { from: '2020-01-01', to: '2020-01-31' }]) {
      expect(await count(range)).toEqual([2, 3, 1]);
    }
    const report = (await reporting.open(aWorkspaceUuid, null)).computeAccelerate(everything);
    expect(report.deployment_frequency.deployments).toBe(1);
    expect((await reporting.open(aWorkspaceUuid, null)).computeReviews(everything).merged).toBe(1);
    expect(Object.keys(report.completeness)).toEqual([
      ...['imported_since', 'importing', 'incomplete_deployments', 'undated_merges', 'verified_at'],
    ]);
  });

  it('are named: title, place, author and address', async () => {
    const { items } = (await reporting.open(aWorkspaceUuid, null)).listUndatedMerges(everything, {
      limit: 1,
      cursor: null,
    });
    expect(items).toEqual([
      {
        ...{ id: 2, title: 'Say when', url: 'https://bitbucket.org/acme/drums/pull-requests/2', destination: 'main' },
        ...{ system: { uuid: aRepositoryUuid, slug: 'drums', name: 'Drums' } },
        ...{ author: { uuid: bo.uuid, display_name: 'Bo' }, opened_at: '2026-03-02T13:00:00.000Z' },
      },
    ]);
  });

  it('come page by page, each once', async () => {
    const ids: number[] = [];
    let cursor: string | null = null;
    do {
      const rows = (await reporting.open(aWorkspaceUuid, null)).listUndatedMerges(everything, { limit: 1, cursor });
      ids.push(...rows.items.map(({ id }) => id));
      cursor = rows.next;
    } while (cursor !== null);
    expect(ids).toEqual([2, 3, 1]);
  });

  it('pass the filters of systems and teams as other merges do', async () => {
    expect(await count({ systems: [webUuid] })).toEqual([3]);
    expect(await count({ systems: [aRepositoryUuid], teams: ['core'] })).toEqual([1]);
    expect(await count({ teams: ['nobody'] })).toEqual([]);
    const rows = (await reporting.open(aWorkspaceUuid, null)).computeAcceleratePerSystem(everything);
    expect(rows.map(({ report }) => report.completeness.undated_merges)).toEqual([2, 1]);
  });

  it('are of the teams kept by hand that their author belonged to when they were settled', async () => {
    const settledAt = anInstant + 2 * day;
    const member = { userUuid: bo.uuid, since: settledAt, until: null };
    await stores.teams.saveManual(aWorkspaceUuid, { slug: null, name: 'Late', members: [member] });
    const [slug] = (await reporting.open(aWorkspaceUuid, null)).listTeams().map((team) => team.slug);
    expect(await count({ teams: [slug ?? ''] })).toEqual([2]);
  });

  it('go with the people and repositories that a rule leaves out', async () => {
    await saveExclusions({ people: [bo.uuid] });
    expect(await count()).toEqual([3, 1]);
    await saveExclusions({ repositories: [aRepositoryUuid] });
    expect(await count()).toEqual([3]);
    expect(await count({ isRaw: true })).toEqual([3]);
  });

  it('are left out by a correction, but for raw numbers', async () => {
    await stores.corrections.add(aWorkspaceUuid, aCorrection());
    expect(await count()).toEqual([2, 3]);
    expect(await count({ isRaw: true })).toEqual([2, 3, 1]);
  });

  it('are merges like others as soon as something dates them', async () => {
    expect(await count()).toEqual([2, 3, 1]);
    const times = [{ number: 2, source: 'merge_commit' as const, at: anInstant + day }];
    await stores.pullRequests.saveMergeTimes(aWorkspaceUuid, aRepositoryUuid, times);
    expect(await count()).toEqual([3, 1]);
    expect((await reporting.open(aWorkspaceUuid, null)).computeReviews(everything).merged).toBe(2);
  });

  it('are read once for a version of the workspace', async () => {
    let reads = 0;
    const pullRequests = Object.create(stores.pullRequests) as typeof stores.pullRequests;
    Object.assign(pullRequests, {
      listUndated: async (workspace: string) => {
        reads += 1;
        return stores.pullRequests.listUndated(workspace);
      },
      listMonths: async (workspace: string) => stores.pullRequests.listMonths(workspace),
    });
    reporting = createReporting(
      { ...stores, pullRequests },
      {
        clock: createFixedClock(anInstant),
        bitbucketUrl: 'https://bitbucket.org',
        loadProgress: async () => noProgress,
      },
    );
    expect(await count()).toEqual([2, 3, 1]);
    expect(await count({ systems: [webUuid] })).toEqual([3]);
    expect(reads).toBe(1);
    // A change that is about no dated merge leaves the other facts as they are.
    await saveUndatedMerges(stores, webUuid, [{ number: 4, openedAt: anInstant + 2 * hour }]);
    expect(await count()).toEqual([4, 2, 3, 1]);
    expect(reads).toBe(2);
  });
});
