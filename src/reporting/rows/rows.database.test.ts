import {
  aCorrection,
  anInstant,
  aRepository,
  aRepositoryUuid,
  aWorkspaceUuid,
  day,
} from '../../../test/support/builders';
import { noProgress } from '../../../test/support/facts/no-progress';
import { saveMerges } from '../../../test/support/facts/saved-merges';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { createReporting, type Reporting } from '../reporting';
import type { RowNumber } from './row-list';

const filter: DeliveryFilter = {
  ...{ from: '2026-02-01', to: '2026-03-31', interval: 'week' },
  ...{ systems: [], teams: [], isRaw: false },
};
const idOf = (number: number) => `${aRepositoryUuid}/pullrequests/${number}`;

describe.each(databaseKinds)('Lists of rows, on %s', (dialect) => {
  let stores: TestStores;
  let reporting: Reporting;

  beforeAll(async () => {
    stores = await openWorkspaceStores(dialect);
    await stores.repositories.saveAll(aWorkspaceUuid, [aRepository()]);
    reporting = createReporting(stores, {
      clock: createFixedClock(anInstant + 5 * day),
      bitbucketUrl: 'https://bitbucket.org',
      loadProgress: async () => noProgress,
    });
    await saveMerges(stores, aRepositoryUuid, [
      { number: 1, mergedAt: anInstant, title: 'ACME-7 Say 100%' },
      { number: 2, mergedAt: anInstant + 1, title: 'Über die Straße' },
      { number: 30, mergedAt: anInstant + 2, title: 'Plain' },
      { number: 4, mergedAt: anInstant + 3, title: 'Under_score' },
    ]);
    await stores.corrections.add(aWorkspaceUuid, aCorrection({ kind: 'leave_out_deployment', subject: idOf(30) }));
  });

  afterAll(() => stores.close());

  const open = async (change: Partial<DeliveryFilter> = {}) =>
    (await reporting.openWhole(aWorkspaceUuid, null)).openDeploymentList({ ...filter, ...change }, null);
  const find = async (text: string) => {
    const list = await open();
    return (await list.readRows((await list.find(text)).places)).map(({ id }) => Number(id.split('/').at(-1)));
  };

  it('hold what is left out too, marked, and count the rest', async () => {
    const list = await open();
    const rows = await list.readRows([0, 1, 2, 3]);
    expect(rows.map(({ id, isLeftOut }) => [id, isLeftOut])).toEqual([
      [idOf(4), false],
      [idOf(30), true],
      [idOf(2), false],
      [idOf(1), false],
    ]);
    expect(rows[1]?.corrections).toMatchObject([{ kind: 'leave_out_deployment' }]);
    expect(list.computeTotals(null)).toMatchObject({ rows: 3, leftOut: 1 });
    const raw = await open({ isRaw: true });
    expect(raw.computeTotals(null)).toMatchObject({ rows: 4, leftOut: 0 });
  });

  it.each([
    ['acme-7', [1]],
    ['100%', [1]],
    ['%', [1]],
    ['_', [4]],
    ['über DIE straße', [2]],
    ['ada EXAMPLE', [4, 30, 2, 1]],
    ['#30', [30]],
    ['30', [30]],
    ["'; DROP TABLE", []],
    ['!\\', []],
    ['plai', [30]],
  ])('are found by %s', async (text, numbers) => {
    expect(await find(text)).toEqual(numbers);
  });

  it('know a number of each row for every order, as the rows say them', async () => {
    const list = await open();
    const rows = await list.readRows([0, 1, 2, 3]);
    const read = (key: RowNumber) => [...list.readNumbers(key)];
    expect(read('time')).toEqual(rows.map(({ item }) => Date.parse(item.time_created)));
    expect(read('commits')).toEqual(rows.map(({ item }) => (item.complete ? item.changes.length : NaN)));
    expect(read('lead')).toEqual(rows.map(({ leadTime }) => (leadTime === null ? NaN : leadTime * 1000)));
    expect(read('author').every(Number.isNaN)).toBe(true);
  });
});
