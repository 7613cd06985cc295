import { isDeepStrictEqual } from 'node:util';
import request from 'supertest';
import { createReporting } from '../reporting/reporting';
import { openViewedWeb, theAdministrator, viewers, type ViewedWeb } from '../../test/support/viewers/viewed-web';
import { createWebApp, type WebApp } from './web-app';
import { numbersPages } from './pages-router';
import { pagePaths } from './routing/paths';

let viewed: ViewedWeb;
beforeAll(async () => {
  viewed = await openViewedWeb();
});
afterAll(() => viewed.close());

const overview = pagePaths.workspace;
interface Asked {
  readonly session: string;
  readonly address?: string;
  readonly etag: string;
}

const ask = (app: WebApp | WebApp['express'], { session, address = overview, etag }: Asked) =>
  request(app)
    .get(address)
    .set({ Authorization: `Bearer ${session}`, 'If-None-Match': etag });
const readEtag = async (session: string): Promise<string> => {
  const { headers } = await ask(viewed.app, { session, etag: '"none"' }).expect(200);
  return headers['etag'] ?? '';
};

/** All headers but those that are of one answer alone. */
function pickHeaders({ headers }: request.Response) {
  const { date, 'x-request-id': id, ...others } = headers as Record<string, string>;
  expect([date, id]).not.toContain(undefined);
  return others;
}

describe('A page that is asked for again', () => {
  it.each([theAdministrator, ...viewers])('is answered to $name ($isSignedIn) as Express would', async (viewer) => {
    const session = await viewed.issue(viewer);
    for (const page of numbersPages) {
      const address = pagePaths[page];
      const first = await ask(viewed.app, { session, address, etag: '"none"' });
      const etag = first.headers['etag'] ?? '"none"';
      const [plain, whole] = [
        await ask(viewed.app, { session, address, etag }),
        await ask(viewed.app.express, { session, address, etag }),
      ];
      expect(plain.status).toBe(first.status === 200 ? 304 : first.status);
      expect(whole.status).toBe(plain.status);
      const isSame = plain.status !== 304 || isDeepStrictEqual(pickHeaders(plain), pickHeaders(whole));
      expect([page, isSame]).toEqual([page, true]);
    }
  });

  it('is refused as ever, whatever it names as known', async () => {
    const session = await viewed.issue(theAdministrator);
    const etag = await readEtag(session);
    await ask(viewed.app, { session: 'nobody', etag }).expect(401);
    await request(viewed.app).get(overview).set('If-None-Match', etag).expect(401);
    await ask(viewed.app, {
      session,
      address: `${overview}?workspace={00000000-0000-4000-8000-000000000000}`,
      etag,
    }).expect(404);
    await ask(viewed.app, { session, address: `${overview}?from=never`, etag }).expect(400);
    await ask(viewed.app, { session, address: '/pages/nowhere', etag }).expect(404);
    const other = await viewed.issue(viewers[0] ?? theAdministrator);
    await ask(viewed.app, { session: other, etag }).expect(200);
  });

  it('is counted among the pages', async () => {
    const session = await viewed.issue(theAdministrator);
    await ask(viewed.app, { session, etag: await readEtag(session) }).expect(304);
    const { text } = await request(viewed.app).get('/metrics');
    expect(text).toMatch(/http_request_duration_seconds_count\{kind="page",status="3xx"\} [1-9]/u);
  });

  it('is answered by the pages where what is kept cannot be looked at', async () => {
    const session = await viewed.issue(theAdministrator);
    const failing = createReporting(viewed.web.stores, {
      clock: viewed.web.clock,
      bitbucketUrl: 'https://bitbucket.org',
      loadProgress: async () => Promise.reject(new Error('The disk is gone.')),
    });
    const app = createWebApp({ ...viewed.web.needs, reporting: failing });
    const answer = await ask(app, { session, etag: '"1234567890123456789012.x"' }).expect(500);
    expect(answer.headers['content-type']).toContain('text/html');
  });

  it('ends with its session', async () => {
    const session = await viewed.issue(theAdministrator);
    const etag = await readEtag(session);
    viewed.web.clock.advance(16 * 60_000);
    await ask(viewed.app, { session, etag }).expect(401);
  });
});
