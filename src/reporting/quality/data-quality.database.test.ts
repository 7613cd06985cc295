import { aRepositoryUuid, aWorkspaceUuid, webUuid } from '../../../test/support/builders';
import { openReviewedReporting } from '../../../test/support/facts/reviewed-reporting';
import { november, reviewedNow } from '../../../test/support/facts/reviewed-world';
import { savePullRequest } from '../../../test/support/facts/saved-pull-requests';
import type { TestStores } from '../../../test/support/test-database';
import type { DeliveryFilter } from '../filter/delivery-filter';
import type { Reporting } from '../reporting';

const allPages = { limit: 500, cursor: null };

const week: DeliveryFilter = {
  ...{ from: '2026-11-02', to: '2026-11-08', interval: 'week' },
  ...{ systems: [], teams: [], isRaw: false },
};

let stores: TestStores;
let reporting: Reporting;

beforeEach(async () => {
  ({ stores, reporting } = await openReviewedReporting());
  // Of two merges the commits are not known.
  for (const number of [21, 22]) {
    const day = number - 16;
    await savePullRequest(stores, aRepositoryUuid, {
      ...{ number, openedAt: november(day, '08:00'), mergedAt: november(day, '09:00') },
    });
  }
  await stores.database.write('UPDATE pull_requests SET teams_as_of = $1 WHERE number = 22', ['import']);
});

afterEach(() => stores.close());

/** The same counted from the rows that the API lists. */
async function countRows(filter: DeliveryFilter, visible: readonly string[] | null) {
  const snapshot = await reporting.open(aWorkspaceUuid, visible);
  const { items } = await snapshot.listDeployments(filter, allPages);
  const merged = (await snapshot.listMergedPullRequests(filter, allPages)).items;
  const systems = [...new Set(items.map(({ system }) => system.uuid))];
  return {
    deployments: items.length,
    unknown: items.filter(({ complete }) => !complete).length,
    ofImport: items.filter(({ teams_as_of: asOf }) => asOf === 'import').length,
    merged: merged.length,
    unsized: merged.filter(({ lines_changed: lines }) => lines === null).length,
    systems: systems.map((uuid) => [uuid, items.filter(({ system }) => system.uuid === uuid).length]).toSorted(),
  };
}

describe('how sure the numbers are', () => {
  it.each([
    ['all', week, null],
    ['one repository', { ...week, systems: [webUuid] }, null],
    ['a team', { ...week, teams: ['drummers'] }, null],
    ['nothing', { ...week, from: '2020-01-01', to: '2020-01-02' }, null],
    ['what a viewer may see', week, [aRepositoryUuid]],
  ] as const)('is counted of the rows that the API lists: %s', async (_name, filter, visible) => {
    const report = await (await reporting.open(aWorkspaceUuid, visible)).computeDataQuality(filter);
    const { commits } = report;
    expect({
      deployments: report.deployments,
      unknown: report.deployments - commits.known,
      ofImport: report.teams.as_of_import,
      merged: report.merged,
      unsized: report.sizes.unknown,
      systems: report.systems.map(({ uuid, deployments }) => [uuid, deployments]).toSorted(),
    }).toEqual(await countRows(filter, visible));
    expect(commits.known + commits.not_listed + commits.refused + commits.not_read_yet).toBe(report.deployments);
    expect(report.systems.reduce((sum, { unknown_commits: unknown }) => sum + unknown, 0)).toBe(
      report.deployments - commits.known,
    );
  });

  it('names why commits are not known, and counts what was repaired for those who see all', async () => {
    await stores.readingProblems.note(aWorkspaceUuid, {
      ...{ repositoryUuid: aRepositoryUuid, number: 21, what: 'pull_request' },
      ...{ problem: 'Bitbucket answers 500.', since: reviewedNow },
    });
    await stores.database.transaction((tx) => stores.repairs.add(aWorkspaceUuid, { now: reviewedNow, count: 3 }, tx));
    const seen = await reporting.open(aWorkspaceUuid, null);
    expect(await seen.computeDataQuality(week)).toMatchObject({
      ...{ deployments: 4, commits: { known: 2, refused: 1, not_listed: 1, not_read_yet: 0 } },
      ...{ teams: { as_of_merge: 3, as_of_import: 1 }, repaired_in_30_days: 3 },
    });
    const limited = await reporting.open(aWorkspaceUuid, [aRepositoryUuid]);
    expect((await limited.computeDataQuality(week)).repaired_in_30_days).toBeNull();
  });
});
