import { aHash, aRepository, aRepositoryUuid, aWorkspaceUuid, hour, webUuid } from '../../../test/support/builders';
import { readCsv } from '../../../test/support/facts/read-csv';
import { savePullRequest } from '../../../test/support/facts/saved-pull-requests';
import { findSchemaErrors, startTestApi, type TestApi } from '../../../test/support/web/test-api';
import type { WhatChangedReport } from '../../reporting/answers/what-changed';
import type { Stores } from '../../store/stores';

const november = 'from=2026-11-08&to=2026-11-14';
const openedAt = Date.parse('2026-11-09T10:00:00Z');
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi(saveTwoWeeks);
});

afterAll(() => api.close());

/**
 * Six of Drums in either week, of which the first has no commits; the others begin two hours before their opening. They
 * wait for their merge for 10 hours in the first week and for 4 in the second.
 */
async function saveTwoWeeks(stores: Stores): Promise<void> {
  await stores.repositories.saveAll(aWorkspaceUuid, [aRepository(), aRepository({ uuid: webUuid, slug: 'web' })]);
  await stores.workspaces.update(aWorkspaceUuid, { importedSince: Date.parse('2026-10-01T00:00:00Z') });
  for (const [week, hours] of [
    [0, 10],
    [1, 4],
  ] as const) {
    for (let index = 0; index < 6; index += 1) {
      const at = openedAt - (1 - week) * 7 * 24 * hour;
      const number = week * 10 + index + 1;
      const commits = index === 0 ? [] : [{ hash: aHash(number), authoredAt: at - 2 * hour }];
      await savePullRequest(stores, aRepositoryUuid, { number, openedAt: at, mergedAt: at + hours * hour, commits });
    }
  }
}

async function read(query: string, session = api.reader): Promise<WhatChangedReport> {
  return (await api.get(`/metrics/what-changed?${query}`, session).expect(200)).body as WhatChangedReport;
}

it.each([`/metrics/what-changed?${november}`, '/metrics/what-changed?from=2020-01-01&to=2020-01-02'])(
  'the description is true of %s',
  async (route) => {
    expect(await findSchemaErrors(api, route, 'WhatChangedReport')).toBeNull();
  },
);

it('answers with the difference and its parts against the period before', async () => {
  const found = await read(november);
  expect(found).toMatchObject({
    ...{ of: 'deployments', compared: { from: '2026-11-01', to: '2026-11-07' }, difference: -6 * 3_600 },
    now: { n: 5, left_out: 1, mean: 6 * 3_600, median: 6 * 3_600 },
    before: { n: 5, left_out: 1, mean: 12 * 3_600 },
    movement: 'lower',
    systems: [{ system: { slug: 'drums' }, now: { n: 5 }, before: { n: 5 }, part: -6 * 3_600 }],
  });
  expect(found.phases.filter(({ part }) => part !== 0)).toEqual([
    { phase: 'waiting_for_first_review', now: 4 * 3_600, before: 10 * 3_600, part: -6 * 3_600 },
  ]);
});

it('compares with the period that is asked for, of which one end is enough', async () => {
  const explicit = await read(`${november}&of=merged&compare_from=2026-11-02&compare_to=2026-11-02`);
  expect(explicit).toMatchObject({
    of: 'merged',
    compared: { from: '2026-11-02', to: '2026-11-02' },
    difference: -21_600,
  });
  expect((await read(`${november}&compare_from=2026-10-20`)).compared).toEqual({
    from: '2026-10-20',
    to: '2026-10-26',
  });
  expect((await read(`${november}&compare_to=2026-10-20`)).compared).toEqual({ from: '2026-10-14', to: '2026-10-20' });
});

it('has no parts where there are too few, before the history begins, and of what may not be seen', async () => {
  const few = await read('from=2026-11-01&to=2026-11-07');
  expect(few).toMatchObject({ difference: null, movement: 'too few to tell', before: { n: 0, mean: null } });
  const unknown = await read(`${november}&compare_from=2026-09-01&compare_to=2026-11-07`);
  expect(unknown).toMatchObject({ difference: null, movement: null, systems: [{ part: null }], before: { n: 5 } });
  expect(await read(november, api.ofWeb)).toMatchObject({ now: { n: 0, left_out: 0 }, systems: [] });
});

it.each([
  ['of=reviews', 'of'],
  ['compare_from=yesterday', 'compare_from'],
  ['compare_to=2026-02-30', 'compare_to'],
  ['compare_from=2026-11-03&compare_to=2026-11-02', 'compare_from'],
  ['compare_from=1970-01-01&compare_to=2999-12-31', 'compare_from'],
])('names what it refuses: %s', async (query, name) => {
  const answer = await api.get(`/metrics/what-changed?${query}`).expect(400);
  expect(answer.body).toMatchObject({ errors: [{ name }] });
});

it('as CSV has a row for all, each phase and each repository, whose differences add up', async () => {
  const rows = readCsv((await api.get(`/metrics/what-changed?${november}&format=csv`).expect(200)).text);
  expect(rows.map(({ part }) => part)).toEqual(['all', ...Array<string>(8).fill('phase'), 'system']);
  expect(rows[0]).toMatchObject({ mean: '21600', mean_before: '43200', difference: '-21600', n: '5', left_out: '1' });
  const sum = rows.filter(({ part }) => part === 'phase').reduce((all, row) => all + Number(row['difference']), 0);
  expect(sum).toBe(-21_600);
});
