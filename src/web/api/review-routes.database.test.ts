import { defaultBotPatterns } from '../../domain/reviews/find-bots';
import { aRepositoryUuid, aWorkspaceUuid, webUuid } from '../../../test/support/builders';
import { readCsv } from '../../../test/support/facts/read-csv';
import { ada, bo, cy, saveReviewedWorld } from '../../../test/support/facts/reviewed-world';
import { findSchemaErrors, startTestApi, type TestApi } from '../../../test/support/web/test-api';
import type { OpenWaitsReport } from '../../reporting/answers/open-waits';

const week = 'from=2026-11-02&to=2026-11-08';
const problemType = 'application/problem+json; charset=utf-8';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi(saveReviewedWorld);
});

afterAll(() => api.close());

async function read<T>(route: string, session = api.reader): Promise<T> {
  return (await api.get(route, session).expect(200)).body as T;
}

async function readRows(route: string): Promise<Record<string, string>[]> {
  return readCsv((await api.get(`${route}&format=csv`).expect(200)).text);
}

interface Items {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
}

it.each([
  [`/metrics/reviews?${week}`, 'ReviewsReport'],
  ['/metrics/reviews?from=2020-01-01&to=2020-02-01&interval=day', 'ReviewsReport'],
  ['/metrics/work-in-progress', 'WorkInProgressReport'],
  ['/metrics/waits', 'OpenWaitsReport'],
  [`/pull-requests?${week}`, 'PullRequests'],
  ['/pull-requests?state=open&limit=1', 'PullRequests'],
  ['/pull-requests?state=declined', 'Problem'],
  ['/settings', 'Settings'],
])('the description is true of %s', async (route, schema) => {
  expect(await findSchemaErrors(api, route, schema)).toBeNull();
});

describe('reviews', () => {
  it('answer with the numbers of the contract', async () => {
    expect(await read(`/metrics/reviews?${week}`)).toMatchObject({
      workspace: { uuid: aWorkspaceUuid, slug: 'acme' },
      merged: 4,
      time_to_merge: { value: 43_200, mean: 45_000, n: 4, series: [{ start: '2026-11-02', end: '2026-11-08', n: 4 }] },
      reviews: { value: 0.5, mean: 1.25, p75: 1.75, n: 4 },
      phases: { mean: { coding: 30_600, waiting_for_deployment: 21_600 }, n: 4 },
      completeness: { incomplete_pull_requests: 1, unsized_pull_requests: 1 },
    });
  });

  it('as CSV have a row for the range and each bucket of each metric and phase', async () => {
    const rows = await readRows(`/metrics/reviews?${week}&interval=day`);
    expect(rows).toHaveLength((10 + 8) * (1 + 7));
    expect(rows[8]).toMatchObject({
      ...{ metric: 'time_to_merge', part: 'range', start: '2026-11-02', end: '2026-11-08' },
      ...{ value: '43200', mean: '45000', p75: '54000', n: '4', excluded: '0' },
    });
    expect(rows[9]).toMatchObject({ metric: 'time_to_merge', part: 'day', start: '2026-11-02', value: '', n: '0' });
    expect(rows.find(({ metric }) => metric === 'phase_draft')).toMatchObject({ part: 'range', mean: '10800', n: '4' });
  });

  it('of one repository are all that its session sees', async () => {
    expect(await read(`/metrics/reviews?${week}`, api.ofWeb)).toMatchObject({ merged: 0 });
    await api.get(`/metrics/reviews?system=drums`, api.ofWeb).expect(400);
    expect((await read<Items>('/metrics/work-in-progress', api.ofWeb)).items.map(({ id }) => id)).toEqual([12]);
    expect((await read<Items>('/pull-requests?state=open', api.ofWeb)).items.map(({ id }) => id)).toEqual([12]);
    expect((await read<Items>(`/pull-requests?${week}`, api.ofWeb)).items).toEqual([]);
  });

  it('with raw data know no correction', async () => {
    const correction = {
      ...{ kind: 'leave_out_pull_request' as const, subject: `${aRepositoryUuid}/pullrequests/1`, target: null },
      ...{ reason: 'By mistake', madeBy: null, madeAt: 0 },
    };
    const id = (await api.stores.corrections.add(aWorkspaceUuid, correction)) ?? '';
    const count = async (data: string) => (await read<{ merged: number }>(`/metrics/reviews?${week}${data}`)).merged;
    expect([await count(''), await count('&data=corrected'), await count('&data=raw')]).toEqual([3, 3, 4]);
    expect(await read(`/metrics/accelerate?${week}&data=raw`)).toMatchObject({ change_failure_rate: { n: 2 } });
    expect(await read(`/metrics/accelerate?${week}`)).toMatchObject({ change_failure_rate: { n: 1 } });
    await api.stores.corrections.undo(aWorkspaceUuid, { id, by: null, now: 1 });
    expect(await count('')).toBe(4);
  });
});

describe('waits', () => {
  const tell = { display_name: 'Ada Example', uuid: ada.uuid };

  it('say of each open pull request what it waits for, whom and since when, and add up', async () => {
    const report = await read<OpenWaitsReport>('/metrics/waits?from=2020-01-01&to=2020-02-01');
    expect(report).toMatchObject({
      ...{ workspace: { uuid: aWorkspaceUuid, slug: 'acme' }, as_of: '2026-11-22T12:00:00.000Z' },
      totals: { open: 3, review: 0, merge: 1, author: 2, old: 0, bot: 0 },
      review_load: { reviews: 0, people: 3, by_reviews: [3, 0, 0, 0, 0, 0] },
    });
    expect(report.items).toMatchObject([
      {
        id: 12,
        waits_for: 'answer',
        whom: [{ uuid: cy.uuid }],
        since: '2026-11-10T12:00:00.000Z',
        seconds: 12 * 86_400,
      },
      { id: 10, waits_for: 'queue', whom: [], author: tell, since: '2026-11-21T12:00:00.000Z', seconds: 86_400 },
      { id: 11, waits_for: 'ready', whom: [{ uuid: bo.uuid }], draft: true, seconds: 6 * 3_600 },
    ]);
    expect(report.items).toMatchObject(Array(3).fill({ usual_seconds: null, usual_of: null, over_usual: null }));
  });

  it('of one repository are all that its session sees', async () => {
    const report = await read<OpenWaitsReport>('/metrics/waits', api.ofWeb);
    expect(report.items.map(({ id }) => id)).toEqual([12]);
    expect(report.totals).toMatchObject({ open: 1, author: 1 });
  });

  it('are safe to open in a spreadsheet', async () => {
    const [row, next] = await readRows('/metrics/waits?');
    expect(row).toMatchObject({
      ...{ title: "'=SUM(1)", waits_for: 'answer', waits_for_whom: `'${cy.displayName ?? ''}`, aside: '' },
      ...{ waiting_since: '2026-11-10T12:00:00.000Z', usual_time: '', usual_of: '', over_usual: '' },
    });
    expect(next).toMatchObject({ id: '10', waits_for: 'queue', waits_for_whom: '', time_waiting: '86400' });
  });
});

describe('pull requests', () => {
  it('that are merged lead from page to page, as CSV too', async () => {
    const first = await read<Items>(`/pull-requests?${week}&limit=3`);
    const second = await api.get(`/pull-requests?${week}&limit=3&cursor=${first.next ?? ''}`).set('Accept', 'text/csv');
    expect(first.items.map(({ id }) => id)).toEqual([4, 3, 2]);
    expect(readCsv(second.text)).toEqual([
      expect.objectContaining({
        ...{ id: '1', system_slug: 'drums', author_name: 'Ada Example', state: 'MERGED', draft: 'false' },
        ...{ time_to_open: '7200', last_approval_to_merge: '57600', lines_changed: '15', comments: '2', reviews: '4' },
      }),
    ]);
    expect(second.headers['link']).toBeUndefined();
  });

  it('that are open are newest first in the list and oldest first in the work in progress', async () => {
    const listed = await read<Items>('/pull-requests?state=open');
    const report = await read<Items>('/metrics/work-in-progress');
    expect(listed.items.map(({ id }) => id)).toEqual([11, 10, 12]);
    expect(report).toMatchObject({ open: 1, reviewed: 1, approved: 1, drafts: 1 });
    expect(report.items).toEqual(listed.items.toReversed());
  });

  it('are safe to open in a spreadsheet', async () => {
    const [row, next] = await readRows('/metrics/work-in-progress?');
    expect(row).toMatchObject({
      ...{ title: "'=SUM(1)", author_name: `'${cy.displayName ?? ''}`, system_name: `'=Web, "the" one` },
      ...{ phase: 'reviewed', time_stale: String(12 * 86_400), merged_at: '', lines_changed: '', queued: 'false' },
    });
    expect(next).toMatchObject({ id: '10', phase: 'approved', queued: 'true', draft: 'false' });
  });

  it.each(['state=all', 'state=', 'state=open&state=open', 'limit=0', 'cursor=x', 'data=1', 'team=x', 'format=xml'])(
    'refuse %s and name it',
    async (query) => {
      const body: unknown = (await api.get(`/pull-requests?${query}`).expect(400).expect('Content-Type', problemType))
        .body;
      expect(body).toMatchObject({ errors: [{ name: query.split('=')[0] }] });
    },
  );
});

describe('what is left out', () => {
  afterEach(async () => {
    await api.patch({ exclusions: { people: [], bots: defaultBotPatterns, repositories: [] } }).expect(200);
  });

  it('is a setting that acts on all history at once', async () => {
    const bare = bo.uuid.slice(1, -1).toUpperCase();
    const changed = await api.patch({ exclusions: { people: [bare, bo.uuid], bots: ['x*', 'X*'] } }).expect(200);
    const exclusions = { people: [bo.uuid], bots: ['X*'], repositories: [] };
    expect(changed.body).toMatchObject({ exclusions, timezone: 'UTC' });
    expect(await read('/settings')).toMatchObject({ exclusions });
    expect(await read(`/metrics/reviews?${week}`)).toMatchObject({ merged: 3, reviews: { mean: 1 / 3 } });
    await api.patch({ exclusions: { repositories: [aRepositoryUuid] } }).expect(200);
    expect(await read('/settings')).toMatchObject({ exclusions: { ...exclusions, repositories: [aRepositoryUuid] } });
    expect(await read(`/metrics/accelerate?${week}`)).toMatchObject({ deployment_frequency: { deployments: 0 } });
  });

  it.each([
    [{ people: ['{00000000-0000-4000-8000-000000000000}'] }, 'exclusions.people.0'],
    [{ repositories: [webUuid, 'drums'] }, 'exclusions.repositories.1'],
    [{ bots: ['*'] }, 'exclusions.bots.0'],
    [{ bots: ['ok', 'line\nbreak'] }, 'exclusions.bots.1'],
    [{ bots: Array.from({ length: 51 }, (_, index) => `b${index}`) }, 'exclusions.bots'],
    [{ bots: 'x' }, 'exclusions.bots'],
    [{ teams: [] }, 'exclusions.teams'],
  ])('refuses %j and names the value', async (exclusions, name) => {
    const body: unknown = (await api.patch({ exclusions }).expect(400).expect('Content-Type', problemType)).body;
    expect(body).toMatchObject({ errors: [{ name, message: expect.any(String) as string }] });
  });

  it('is not changed by who may only read', async () => {
    await api.patch({ exclusions: { people: [bo.uuid] } }, api.reader).expect(403);
    expect(await read('/settings')).toMatchObject({ exclusions: { people: [] } });
  });
});
