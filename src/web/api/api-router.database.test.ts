import fc from 'fast-check';
import request from 'supertest';
import { deliveryMetricKeys } from '../../domain/metrics/catalogue';
import { noExclusions } from '../../domain/settings/exclusion-rules';
import { aHash, aRepository, aRepositoryUuid, aWorkspaceUuid, webUuid } from '../../../test/support/builders';
import { readCsv } from '../../../test/support/facts/read-csv';
import { saveMerges } from '../../../test/support/facts/saved-merges';
import { findSchemaErrors, startTestApi, type TestApi } from '../../../test/support/web/test-api';
import type { Stores } from '../../store/stores';
import { noWork } from '../../../test/support/pages/no-work';
import type { ImportStatus } from '../../ingestion/progress/import-status';

const problemType = 'application/problem+json; charset=utf-8';
let api: TestApi;
/** Of the import, by tests that say otherwise. */
let problems: ImportStatus['problems'] | null = null;

beforeAll(async () => {
  api = await startTestApi(saveFacts, {
    importStatus: { load: async () => (problems === null ? importStatus : { ...importStatus, problems }) },
  });
});

afterAll(() => api.close());

async function saveFacts(stores: Stores): Promise<void> {
  const web = { uuid: webUuid, slug: 'web', name: '=Web, "the" one', fullName: 'acme/web' };
  await stores.repositories.saveAll(aWorkspaceUuid, [aRepository(), aRepository(web)]);
  const commits = [{ hash: aHash(1), authoredAt: Date.parse('2026-11-02T08:00Z') }];
  await saveMerges(stores, aRepositoryUuid, [
    { number: 1, mergedAt: Date.parse('2026-11-02T10:00Z'), commits, teams: ['core'] },
    { number: 2, mergedAt: Date.parse('2026-11-03T10:00Z'), sourceBranch: 'revert-pr-1', isComplete: false },
  ]);
  await saveMerges(stores, webUuid, [{ number: 1, mergedAt: Date.parse('2026-11-04T10:00Z') }]);
  const members = [{ userUuid: '{33333333-3333-4333-8333-333333333333}', since: null, until: null }];
  await stores.teams.saveManual(aWorkspaceUuid, { slug: null, name: 'Drummers', members });
}

describe('the description', () => {
  it.each([
    ['/metrics/accelerate?from=2026-11-01&team=drummers', 'AccelerateReport'],
    ['/metrics/accelerate?from=2020-01-01&to=2020-01-31', 'AccelerateReport'],
    ['/deployments?limit=1', 'Deployments'],
    ['/incidents', 'Incidents'],
    ['/systems', 'Systems'],
    ['/teams', 'Teams'],
    ['/import', 'Import'],
    ['/settings', 'Settings'],
    ['/nothing', 'Problem'],
    ['/deployments?system=x', 'Problem'],
  ])('is true of %s', async (route, schema) => {
    expect(await findSchemaErrors(api, route, schema)).toBeNull();
  });

  it('names every route there is, and no other', async () => {
    const { paths } = (await api.get('/openapi.json').expect(200)).body as { paths: Record<string, object> };
    for (const [path, operations] of Object.entries(paths)) {
      const method = (['delete', 'put', 'patch'] as const).find((one) => !(one in operations)) ?? 'delete';
      const asked = request(api.app)[method](`/api/v1${path}`);
      const wrong = await asked.set('Authorization', `Bearer ${api.writer}`).expect(405);
      const allowed = Object.keys(operations).flatMap((method) =>
        method === 'get' ? ['GET', 'HEAD'] : method.toUpperCase(),
      );
      expect(wrong.headers['allow']).toBe(allowed.join(', '));
    }
  });
});

describe('the metrics', () => {
  it('answer like the contract says', async () => {
    const body: unknown = (
      await api.get('/metrics/accelerate?from=2026-11-01&to=2026-11-08&interval=month').expect(200)
    ).body;
    expect(body).toMatchObject({
      range: { from: '2026-11-01', to: '2026-11-08', timezone: 'UTC', interval: 'month' },
      deployment_frequency: { value: 3 / 8, deployments: 3, days: 8, level: 'high' },
      change_failure_rate: { failed: 1, n: 3 },
      completeness: { incomplete_deployments: 1 },
    });
  });

  it('of one repository are all that its session sees', async () => {
    const body: unknown = (await api.get('/metrics/accelerate?from=2026-11-01', api.ofWeb).expect(200)).body;
    expect(body).toMatchObject({ deployment_frequency: { deployments: 1 } });
    const foreign = await api.get('/metrics/accelerate?system=drums', api.ofWeb).expect(400);
    const unknown = await api.get('/metrics/accelerate?system=dream', api.ofWeb).expect(400);
    expect(foreign.text.replace(/drums/g, 'dream').replace(/"request_id":".*?"/, '')).toBe(
      unknown.text.replace(/"request_id":".*?"/, ''),
    );
    expect((await api.get('/systems', api.ofWeb)).body).toEqual({
      items: [expect.objectContaining({ uuid: webUuid })],
    });
  });

  it('as CSV have a row for the range and each bucket of each metric', async () => {
    const answer = await api.get('/metrics/accelerate?from=2026-11-01&to=2026-11-08&format=csv').expect(200);
    const rows = readCsv(answer.text);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(rows).toHaveLength(deliveryMetricKeys.length * 3);
    expect(rows[0]).toMatchObject({ metric: 'deployment_frequency', part: 'range', value: '0.375', level: 'high' });
    expect(rows[4]).toMatchObject({
      metric: 'lead_time_for_changes',
      part: 'week',
      start: '2026-11-01',
      value: '',
      n: '0',
    });
    expect(rows.map(({ metric, part, level, note }) => ({ metric, part, level, note }))).toContainEqual({
      ...{ metric: 'change_failure_rate', part: 'range', level: '', note: 'too few to tell' },
    });
    expect(rows.filter(({ note }) => note !== '').every(({ part }) => part === 'range')).toBe(true);
  });
});

describe('lists', () => {
  it('lead from page to page', async () => {
    const first = (await api.get('/deployments?limit=2').expect(200)).body as { items: object[]; next: string };
    const second = (await api.get(`/deployments?limit=2&cursor=${first.next}`).expect(200)).body as typeof first;
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null]);
  });

  it('as CSV are the same rows, safe to open in a spreadsheet, and name the next page', async () => {
    const answer = await api.get('/deployments?limit=2').set('Accept', 'text/csv').expect(200);
    const rows = readCsv(answer.text);
    expect(rows.map((row) => row['deploy_id'])).toEqual([
      `${webUuid}/pullrequests/1`,
      `${aRepositoryUuid}/pullrequests/2`,
    ]);
    expect(rows[0]).toMatchObject({
      system_name: `'=Web, "the" one`,
      time_created: '2026-11-04T10:00:00.000Z',
      teams: 'drummers',
    });
    expect(answer.text).toContain('\r\n');
    expect(answer.headers['link']).toMatch(/^<\/api\/v1\/deployments\?limit=2&cursor=[\w-]+>; rel="next"$/);
  });

  it.each(['/incidents', '/systems', '/teams'])('of %s can be had as CSV, too', async (route) => {
    const answer = await api.get(`${route}?format=csv`).expect(200);
    const { items } = (await api.get(route).expect(200)).body as { items: object[] };
    expect(readCsv(answer.text)).toHaveLength(items.length);
  });

  it.each([
    'limit=0',
    'limit=501',
    'limit=1e2',
    'limit=5&limit=5',
    'cursor=',
    'cursor=eyJ9',
    'cursor=W10',
    'format=xml',
    'from=2026-11-31',
    'to=today',
    'interval=Week',
    'system={}',
    'team=%00',
    'system=__proto__',
    'from=%ff',
    'data=both',
  ])('refuse %s and name it', async (query) => {
    const body: unknown = (await api.get(`/deployments?${query}`).expect(400).expect('Content-Type', problemType)).body;
    expect(body).toMatchObject({ status: 400, errors: [{ name: query.split('=')[0] }] });
  });

  it('answer whatever is asked with rows or with words about it', async () => {
    const names = fc.constantFrom(
      'from',
      'to',
      'interval',
      'system',
      'team',
      'limit',
      'cursor',
      'format',
      'state',
      'data',
    );
    const values = fc.oneof(
      fc.constantFrom(
        '2026-11-01',
        '1970-01-01',
        '2999-12-31',
        'day',
        'month',
        'web',
        '1',
        'json',
        'csv',
        '%',
        '%00',
        '%ff',
      ),
      fc.string().map(encodeURIComponent),
      fc.string({ unit: fc.constantFrom('%', '&', '=', '{', '}', '[', ']', '.', '_', 'a', '1', '-') }),
    );
    const routes = fc.constantFrom(
      '/deployments',
      '/incidents',
      '/metrics/accelerate',
      '/systems',
      '/teams',
      '/import',
      '/metrics/reviews',
      '/metrics/work-in-progress',
      '/metrics/waits',
      '/metrics/what-changed',
      '/pull-requests',
    );
    await fc.assert(
      fc.asyncProperty(routes, fc.array(fc.tuple(names, values), { maxLength: 5 }), async (route, query) => {
        const answer = await api.get(`${route}?${query.map(([name, value]) => `${name}=${value}`).join('&')}`);
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
  });

  it('answer HEAD like GET, without the rows', async () => {
    await request(api.app).head('/api/v1/deployments').set('Authorization', `Bearer ${api.reader}`).expect(200);
  });
});

describe('settings', () => {
  afterEach(async () => {
    await api
      .patch({
        timezone: 'UTC',
        levels: 'dora-2021',
        incident_rules: { revert: true, branch_prefixes: ['hotfix'], title_prefixes: [] },
      })
      .expect(200);
  });

  it('change what is named, for all history at once', async () => {
    await api.patch({ levels: 'dora-2024', incident_rules: { revert: false } }).expect(200);
    expect((await api.get('/settings')).body).toEqual({
      timezone: 'UTC',
      levels: 'dora-2024',
      incident_rules: { revert: false, branch_prefixes: ['hotfix'], title_prefixes: [] },
      exclusions: noExclusions,
      viewers_without_rights: 'everybody',
    });
    const body: unknown = (await api.get('/metrics/accelerate?from=2026-11-01')).body;
    expect(body).toMatchObject({ change_failure_rate: { failed: 0, level: null }, level: { table: 'dora-2024' } });
  });

  it.each([
    [{ timezone: 'Mars/Olympus' }, 'timezone'],
    [{ timezone: '+02:00' }, 'timezone'],
    [{ levels: 'dora-1999' }, 'levels'],
    [{ colour: 'red' }, 'colour'],
    [{ incident_rules: { revert: 'yes' } }, 'incident_rules.revert'],
    [{ incident_rules: { branch_prefixes: ['a b'] } }, 'incident_rules.branch_prefixes.0'],
    [{ incident_rules: { branch_prefixes: ['ok', 'x'] } }, 'incident_rules.branch_prefixes.1'],
    [{ incident_rules: { title_prefixes: ['line\nbreak'] } }, 'incident_rules.title_prefixes.0'],
    [
      { incident_rules: { title_prefixes: Array.from({ length: 51 }, (_, index) => `p${index}`) } },
      'incident_rules.title_prefixes',
    ],
    [{ incident_rules: { more: 1 } }, 'incident_rules.more'],
    [['timezone'], 'body'],
  ])('refuse %j and name the field', async (change, name) => {
    const body: unknown = (await api.patch(change).expect(400).expect('Content-Type', problemType)).body;
    expect(body).toMatchObject({ errors: [{ name, message: expect.any(String) as string }] });
  });

  it('are not changed by who may only read', async () => {
    await api.patch({ timezone: 'Asia/Tokyo' }, api.reader).expect(403).expect('Content-Type', problemType);
    await api.patch({ timezone: 'Asia/Tokyo' }, api.ofWeb).expect(403);
    expect((await api.get('/settings')).body).toMatchObject({ timezone: 'UTC' });
  });

  it('are not changed by what is no JSON', async () => {
    const plain = request(api.app).patch('/api/v1/settings').set('Authorization', `Bearer ${api.writer}`);
    await plain.type('text/plain').send('timezone=UTC').expect(400);
    const deep = request(api.app).patch('/api/v1/settings').set('Authorization', `Bearer ${api.writer}`);
    const answer = await deep
      .type('json')
      .send(`{"timezone":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
      .expect(400);
    expect(answer.body).toMatchObject({ detail: 'The body is nested more than 100 levels deep.' });
    const broken = request(api.app).patch('/api/v1/settings').set('Authorization', `Bearer ${api.writer}`);
    await broken.type('json').send('{').expect(400).expect('Content-Type', problemType);
  });
});

describe('the API', () => {
  it('renews a session, and no token', async () => {
    const renewed = await request(api.app)
      .post('/api/v1/session')
      .set('Authorization', `Bearer ${api.ofWeb}`)
      .expect(200);
    const { session, expires_at } = renewed.body as { session: string; expires_at: string };
    expect(expires_at).toBe('2026-11-22T12:15:00.000Z');
    expect((await api.get('/systems', session)).body).toMatchObject({ items: [{ uuid: webUuid }] });
    const { token } = await api.stores.apiTokens.create({
      workspace: aWorkspaceUuid,
      name: 'ci',
      scope: 'read',
      now: 0,
    });
    await request(api.app).post('/api/v1/session').set('Authorization', `Bearer ${token}`).expect(403);
  });

  it('tells a session of one repository nothing of the import of others', async () => {
    const body: unknown = (await api.get('/import', api.ofWeb).expect(200)).body;
    expect(body).toMatchObject({
      repositories: { total: 1, done: 1, failed: 0 },
      problems: [],
      items: [{ slug: 'web' }],
    });
  });

  it('lists the first of sixty thousand problems and counts the others, of one repository all the same', async () => {
    problems = Array.from({ length: 60_000 }, (_, index) => ({
      repository: index % 500 === 499 ? 'web' : `repository-${index}`,
      message: 'Bitbucket refuses it.',
    }));
    const reply = await api.get('/import').expect(200);
    const told = (reply.body as ImportStatus).problems;
    expect([told.length, told[0]?.repository]).toEqual([101, 'repository-0']);
    expect(told[100]?.message).toMatch(/^59,900 more problems are not listed\./u);
    expect(reply.text.length).toBeLessThan(20_000);
    const ofWeb = ((await api.get('/import', api.ofWeb)).body as ImportStatus).problems;
    expect(ofWeb.slice(0, 100).map(({ repository }) => repository)).toEqual(Array.from({ length: 100 }, () => 'web'));
    expect(ofWeb[100]?.message).toMatch(/^20 more/u);
    problems = null;
  });

  it('names the first of very many wrong values, and counts the others', async () => {
    const change = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, 0]));
    const reply = await api.patch(change).expect(400);
    expect((reply.body as { errors: unknown[] }).errors).toHaveLength(100);
    expect(reply.text).toContain('2900 more values cannot be used either.');
  });

  it('answers what is not there with a 404 problem and the id of the request', async () => {
    const answer = await api.get('/deployments/1').expect(404).expect('Content-Type', problemType);
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      request_id: answer.headers['x-request-id'],
    });
  });
});

const importStatus: ImportStatus = {
  state: 'running',
  repositories: { total: 2, done: 1, failed: 1 },
  pull_requests: { total: 3, done: 3 },
  requests: {
    used: 5,
    limit: 1000,
    window_ends_at: '2026-11-22T13:00:00.000Z',
    by_purpose: { commits: 2 },
    per_pull_request: null,
  },
  eta_seconds: null,
  problems: [{ repository: 'drums', message: 'Not found.' }],
  sizes: { total: 3, done: 0 },
  items: [
    {
      uuid: aRepositoryUuid,
      slug: 'drums',
      name: 'Drums',
      state: 'failed',
      pull_requests: { total: null, done: 0 },
      message: 'Not found.',
    },
    { uuid: webUuid, slug: 'web', name: 'Web', state: 'done', pull_requests: { total: 1, done: 1 }, message: null },
  ],
  notices: { waiting: 0, unreadable: 0 },
  groups: { read_at: null, problem: null },
  connection: 'live',
  clock_ahead_seconds: null,
  work: noWork,
};
