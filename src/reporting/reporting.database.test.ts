import { MergeReader } from '../store/pull-requests/merge-reader';
import {
  aHash,
  aPerson,
  aRepository,
  aRepositoryUuid,
  aWorkspaceUuid,
  day,
  hour,
  webUuid,
} from '../../test/support/builders';
import { createFixedClock } from '../../test/support/fixed-clock';
import type { TestStores } from '../../test/support/test-database';
import { openWorkspaceStores } from '../../test/support/workspace-stores';
import { saveMerges, type Merge } from '../../test/support/facts/saved-merges';
import type { DeliveryFilter } from './filter/delivery-filter';
import { createReporting, type Reporting } from './reporting';
import { noProgress } from '../../test/support/facts/no-progress';

const now = Date.parse('2026-11-22T12:00:00Z');
const ada = aPerson();
const wholeYear: DeliveryFilter = {
  ...{ from: '2026-01-01', to: '2026-12-31', interval: 'month' },
  ...{ systems: [], teams: [], isRaw: false },
};
const firstPage = { limit: 500, cursor: null };
const anybody = { repositoryUuid: null };

let stores: TestStores;
let reporting: Reporting;

function merge(number: number, mergedAt: string, facts: Partial<Merge> = {}): Merge {
  return { number, mergedAt: Date.parse(`${mergedAt}Z`), ...facts };
}

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite', now - day);
  await stores.repositories.saveAll(aWorkspaceUuid, [
    aRepository(),
    aRepository({ uuid: webUuid, slug: 'web', name: 'Web', fullName: 'acme/web' }),
  ]);
  reporting = createReporting(stores, {
    clock: createFixedClock(now),
    bitbucketUrl: 'https://bitbucket.org/',
    loadProgress: async () => ({ ...noProgress, isImporting: true }),
  });
});

afterEach(() => stores.close());

describe('a report', () => {
  it('is the JSON of the contract', async () => {
    await saveMerges(stores, aRepositoryUuid, [
      merge(1, '2026-11-02T10:00', { commits: [{ hash: aHash(1), authoredAt: Date.parse('2026-11-02T08:00Z') }] }),
      merge(2, '2026-11-03T10:00', { sourceBranch: 'revert-pr-1', isComplete: false }),
    ]);
    await stores.workspaces.update(aWorkspaceUuid, { importedSince: now - 365 * day, verifiedAt: now - hour });
    const found = (await reporting.open(aWorkspaceUuid, null)).computeAccelerate({
      ...wholeYear,
      from: '2026-11-02',
      to: '2026-11-05',
      interval: 'week',
    });
    const bucket = { start: '2026-11-02', end: '2026-11-05' };
    const leadTime = { value: 7200, p75: 7200, p95: 7200, n: 1, excluded: 0 };
    const recovery = { value: 86_400, mean: 86_400, n: 1, unresolved: 0, excluded: 0 };
    expect(found).toEqual({
      workspace: { uuid: aWorkspaceUuid, slug: 'acme' },
      range: { from: '2026-11-02', to: '2026-11-05', timezone: 'UTC', interval: 'week' },
      deployment_frequency: {
        ...{ value: 0.5, deployments: 2, days: 4, level: 'high' },
        series: [{ ...bucket, value: 0.5, deployments: 2, days: 4 }],
      },
      lead_time_for_changes: { ...leadTime, level: null, series: [{ ...bucket, ...leadTime }] },
      change_failure_rate: {
        value: 0.5,
        failed: 1,
        n: 2,
        level: null,
        series: [{ ...bucket, value: 0.5, failed: 1, n: 2 }],
      },
      time_to_recover: { ...recovery, level: null, series: [{ ...bucket, ...recovery }] },
      rework_rate: { value: 0.5, rework: 1, n: 2, series: [{ ...bucket, value: 0.5, rework: 1, n: 2 }] },
      level: { table: 'dora-2021', overall: 'high' },
      completeness: {
        imported_since: '2025-11-22',
        importing: true,
        incomplete_deployments: 1,
        undated_merges: 0,
        verified_at: '2026-11-22T11:00:00.000Z',
      },
    });
  });

  it('sees every merge, settings and team as soon as they are saved', async () => {
    const count = async (filter = wholeYear) =>
      (await reporting.open(aWorkspaceUuid, null)).computeAccelerate(filter).deployment_frequency.deployments;
    expect(await count()).toBe(0);
    await saveMerges(stores, aRepositoryUuid, [merge(1, '2026-03-31T23:30')]);
    expect(await count()).toBe(1);
    await saveMerges(stores, aRepositoryUuid, [merge(2, '2026-05-02T10:00'), merge(3, '2026-05-03T10:00')]);
    expect(await count()).toBe(3);
    const april = { ...wholeYear, from: '2026-04-01', to: '2026-04-30' };
    expect(await count(april)).toBe(0);
    const settings = await stores.settings.get(aWorkspaceUuid);
    await stores.settings.save(aWorkspaceUuid, { ...settings, timezone: 'Europe/Berlin' });
    expect(await count(april)).toBe(1);
    expect(await count({ ...wholeYear, teams: ['drummers'] })).toBe(0);
    const members = [{ userUuid: ada.uuid, since: null, until: Date.parse('2026-05-03T10:00Z') }];
    await stores.teams.saveManual(aWorkspaceUuid, { slug: null, name: 'Drummers', members });
    expect(await count({ ...wholeYear, teams: ['drummers'] })).toBe(2);
  });

  it('is empty for a workspace that is not known', async () => {
    const found = (await reporting.open('{00000000-0000-4000-8000-000000000000}', null)).computeAccelerate(wholeYear);
    expect(found.deployment_frequency.deployments).toBe(0);
  });

  it('for each system names those without deployments too', async () => {
    await saveMerges(stores, webUuid, [merge(1, '2026-03-31T23:30')]);
    const rows = (await reporting.open(aWorkspaceUuid, null)).computeAcceleratePerSystem(wholeYear);
    expect(rows.map(({ system, report }) => [system.slug, report.deployment_frequency.deployments])).toEqual([
      ['drums', 0],
      ['web', 1],
    ]);
  });

  it('is read once for all who ask at once', async () => {
    await saveMerges(stores, webUuid, [merge(1, '2026-03-31T23:30'), merge(2, '2026-04-30T23:30')]);
    let reads = 0;
    const merges = new MergeReader(stores.database);
    const readPage = merges.readPage.bind(merges);
    const readByKeys = merges.readByKeys.bind(merges);
    merges.readPage = async (...asked) => {
      reads += 1;
      return readPage(...asked);
    };
    merges.readByKeys = async (...asked) => {
      reads += 1;
      return readByKeys(...asked);
    };
    const counted = createReporting(
      { ...stores, merges },
      { clock: createFixedClock(now), bitbucketUrl: 'https://bitbucket.org', loadProgress: async () => noProgress },
    );
    await Promise.all(
      [1, 2, 3].map(async () => (await counted.open(aWorkspaceUuid, null)).computeAccelerate(wholeYear)),
    );
    expect(reads).toBe(2);
    await saveMerges(stores, webUuid, [merge(3, '2026-04-29T23:30')]);
    const after = (await counted.open(aWorkspaceUuid, null)).computeAccelerate(wholeYear);
    expect([reads, after.deployment_frequency.deployments]).toEqual([3, 3]);
  });
});

describe('rows', () => {
  beforeEach(async () => {
    await saveMerges(stores, aRepositoryUuid, [
      ...[1, 2, 3, 10].map((number) => merge(number, '2026-11-02T10:00', { teams: ['core'] })),
      merge(4, '2026-11-03T10:00', { sourceBranch: 'revert-pr-2', commits: [{ hash: aHash(4), authoredAt: 0 }] }),
      merge(5, '2026-11-04T10:00', { sourceBranch: 'hotfix', commits: [{ hash: aHash(5), authoredAt: 0 }] }),
    ]);
  });

  it('come newest first, then the greater id as text, page by page, each once', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const rows = await (await reporting.open(aWorkspaceUuid, null)).listDeployments(wholeYear, { limit: 2, cursor });
      ids.push(...rows.items.map(({ deploy_id }) => deploy_id.slice(deploy_id.lastIndexOf('/') + 1)));
      cursor = rows.next;
    } while (cursor !== null);
    expect(ids).toEqual(['5', '4', '3', '2', '10', '1']);
  });

  it('come all at a stream as they come in one page, however many are read at once', async () => {
    const more = Array.from({ length: 120 }, (_, index) => merge(20 + index, `2026-10-${10 + (index % 9)}T10:00`));
    await saveMerges(stores, aRepositoryUuid, more);
    const snapshot = await reporting.open(aWorkspaceUuid, null);
    const all = { limit: 500, cursor: null };
    const expectAlike = async (
      stream: AsyncIterable<readonly object[]>,
      rows: Promise<{ items: readonly object[] }>,
    ) => {
      const streamed: object[] = [];
      for await (const items of stream) streamed.push(...items);
      expect(streamed).toEqual((await rows).items);
      return streamed.length;
    };
    expect(
      await Promise.all([
        expectAlike(snapshot.streamDeployments(wholeYear), snapshot.listDeployments(wholeYear, all)),
        expectAlike(snapshot.streamMergedPullRequests(wholeYear), snapshot.listMergedPullRequests(wholeYear, all)),
        expectAlike(
          snapshot.streamNamedDeployments('fix', wholeYear),
          snapshot.listNamedDeployments('fix', wholeYear, all),
        ),
      ]),
    ).toEqual([126, 126, 2]);
  });

  it('of deployments carry their changes, teams and address', async () => {
    const { items, next } = await (await reporting.open(aWorkspaceUuid, null)).listDeployments(wholeYear, firstPage);
    expect(next).toBeNull();
    expect(items[1]).toEqual({
      deploy_id: `${aRepositoryUuid}/pullrequests/4`,
      system: { uuid: aRepositoryUuid, slug: 'drums', name: 'Drums' },
      time_created: '2026-11-03T10:00:00.000Z',
      changes: [{ change_id: aHash(4), time_created: '1970-01-01T00:00:00.000Z' }],
      teams: [],
      teams_as_of: 'merge',
      source: 'pull_request',
      complete: true,
      url: 'https://bitbucket.org/acme/drums/pull-requests/4',
    });
    expect(items[2]?.teams).toEqual(['core']);
  });

  it('of incidents name what they are blamed on, and nothing where nothing was', async () => {
    const since1970 = { ...wholeYear, from: '1970-01-01' };
    const { items } = (await reporting.open(aWorkspaceUuid, null)).listIncidents(since1970, firstPage);
    expect(items).toEqual([
      {
        incident_id: `${aRepositoryUuid}/pullrequests/4`,
        system: { uuid: aRepositoryUuid, slug: 'drums', name: 'Drums' },
        time_created: '2026-11-02T10:00:00.000Z',
        time_resolved: '2026-11-03T10:00:00.000Z',
        source: 'revert',
        deploy_id: `${aRepositoryUuid}/pullrequests/2`,
        fix_deploy_id: `${aRepositoryUuid}/pullrequests/4`,
        url: 'https://bitbucket.org/acme/drums/pull-requests/4',
      },
      expect.objectContaining({ source: 'naming_convention', deploy_id: null }),
    ]);
    const ofTeam = (await reporting.open(aWorkspaceUuid, null)).listIncidents(
      { ...since1970, teams: ['core'] },
      firstPage,
    );
    expect(ofTeam.items).toHaveLength(1);
  });

  it('are none for a range that ends before it begins, and for a cursor that is none of ours', async () => {
    const backwards = { ...wholeYear, from: '2027-01-01' };
    expect(await (await reporting.open(aWorkspaceUuid, null)).listDeployments(backwards, firstPage)).toEqual({
      items: [],
      next: null,
    });
    const odd = await (
      await reporting.open(aWorkspaceUuid, null)
    ).listDeployments(wholeYear, { limit: 5, cursor: 'odd' });
    expect(odd).toEqual({ items: [], next: null });
  });
});

describe('a filter', () => {
  const parse = async (query: Record<string, string[]>, scope: { repositoryUuid: string | null } = anybody) =>
    (await reporting.open(aWorkspaceUuid, null)).parseFilter(query, scope);

  it('asks for the last 90 days to today, in weeks, where nothing is said', async () => {
    expect(await parse({})).toEqual({
      filter: { from: '2026-08-25', to: '2026-11-22', interval: 'week', systems: [], teams: [], isRaw: false },
    });
  });

  it.each([aRepositoryUuid, aRepositoryUuid.slice(1, -1), aRepositoryUuid.toUpperCase(), 'drums'])(
    'knows a system as %s',
    async (value) => {
      expect(await parse({ system: [value, value] })).toMatchObject({ filter: { systems: [aRepositoryUuid] } });
    },
  );

  it.each([
    [{ from: ['2026-02-30'] }, '"2026-02-30" is no date from 1970-01-01 to 2999-12-31, written YYYY-MM-DD.'],
    [{ to: ['1969-12-31'] }, '"1969-12-31" is no date from 1970-01-01 to 2999-12-31, written YYYY-MM-DD.'],
    [{ from: [''] }, '"" is no date from 1970-01-01 to 2999-12-31, written YYYY-MM-DD.'],
    [{ from: ['2026-12-01'] }, '"2026-12-01" lies after the end of the range, 2026-11-22.'],
    [{ from: ['2026-01-01', '2026-01-02'] }, '"from" can be given once, not 2 times.'],
    [{ interval: ['year'] }, '"year" is none of day, week, month.'],
    [
      { from: ['2010-01-01'], interval: ['day'] },
      '"day" cuts 6170 days into more than 4000 parts; choose a longer interval.',
    ],
    [{ from: ['1970-01-01'], to: ['2999-12-31'] }, '"1970-01-01" makes a range of 376200 days; 36525 is the most.'],
    [{ data: ['all'] }, '"all" is none of raw, corrected.'],
    [{ system: ['nope'] }, 'There is no system "nope".'],
    [
      { system: ['{00000000-0000-4000-8000-000000000000}'] },
      'There is no system "{00000000-0000-4000-8000-000000000000}".',
    ],
    [{ system: ['{{}}'] }, 'There is no system "{{}}".'],
    [{ team: ['Core'] }, 'There is no team "Core".'],
  ])('%j is refused in words', async (query, message) => {
    expect(await parse(query)).toEqual({ problems: [expect.objectContaining({ message })] });
  });

  it('names every value that is wrong at once', async () => {
    const found = await parse({ from: ['x'], to: ['y'], system: ['a', 'b'], team: ['c'] });
    expect('problems' in found && found.problems.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'to=y',
      'from=x',
      'system=a',
      'system=b',
      'team=c',
    ]);
  });

  it('of one repository never leaves it, and calls every other unknown', async () => {
    const own = { repositoryUuid: webUuid };
    expect(await parse({}, own)).toMatchObject({ filter: { systems: [webUuid] } });
    expect(await parse({ system: ['web'] }, own)).toMatchObject({ filter: { systems: [webUuid] } });
    expect(await parse({ system: ['drums'] }, own)).toMatchObject({
      problems: [{ message: 'There is no system "drums".' }],
    });
  });

  it('knows a deleted team by the facts it has, and a repository that is gone only by its deployments', async () => {
    await stores.repositories.markGone(aWorkspaceUuid, webUuid, now);
    expect(await parse({ system: ['web'] })).toHaveProperty('problems');
    await saveMerges(stores, webUuid, [merge(1, '2026-11-02T10:00', { teams: ['core'] })]);
    expect(await parse({ system: ['web'] })).toHaveProperty('filter');
    const slug = await stores.teams.saveManual(aWorkspaceUuid, { slug: null, name: 'Old', members: [] });
    await stores.teams.deleteManual(aWorkspaceUuid, slug, Number.MAX_SAFE_INTEGER);
    expect(await parse({ team: ['old'] })).toHaveProperty('filter');
    expect((await reporting.open(aWorkspaceUuid, null)).listTeams()).toEqual([
      { slug: 'old', name: 'Old', source: 'manual', members: 0, deleted: true },
    ]);
  });
});
