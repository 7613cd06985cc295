import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import { createAsk, type Ask } from './ask';
import type { Simulator } from './simulator';

/** A request that reached the app. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A bare Connect app on loopback, for the simulator's own tests: it takes everything down and answers 204. */
export interface TestApp {
  readonly url: string;
  readonly received: Received[];
  /** Statuses of the next answers to POSTs, first come first served. */
  readonly statuses: number[];
  /** As the last accepted `installed` call gave it. */
  readonly connection: { clientKey: string; secret: string };
  close(): Promise<void>;
}

/** The app key of the test app. */
export const testAppKey = 'test-app';

function describe(url: string): unknown {
  const panel = 'org.bitbucket.repository.overview.informationPanel';
  return {
    key: testAppKey,
    name: 'Test app',
    description: 'Takes everything down',
    baseUrl: `${url}/base`,
    authentication: { type: 'jwt' },
    contexts: ['account'],
    scopes: ['account', 'repository', 'pullrequest'],
    lifecycle: { installed: '/installed', uninstalled: '/uninstalled' },
    modules: {
      profileTabs: [{ key: 'ws', name: { value: 'Page' }, url: '/page?ws={target_user.uuid}&user={user.uuid}' }],
      webPanels: [
        { key: 'p', name: { value: 'Panel' }, location: panel, url: '/panel?r={repository.uuid}&b={branch.name}' },
      ],
      webhooks: [
        { event: 'repo:push', url: '/notices' },
        { event: 'pullrequest:fulfilled', url: '/notices' },
        { event: 'pullrequest:created', url: '/notices' },
      ],
    },
  };
}

export async function startTestApp(): Promise<TestApp> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const connection = { clientKey: '', secret: '' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/atlassian-connect.json') {
        response.end(JSON.stringify(describe(app.url)));
        return;
      }
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ path: request.url ?? '', headers: request.headers, body });
      const status = statuses.shift() ?? 204;
      if (request.url === '/base/installed' && status === 204) {
        const installed = JSON.parse(body) as { clientKey: string; sharedSecret: string };
        Object.assign(connection, { clientKey: installed.clientKey, secret: installed.sharedSecret });
      }
      response.statusCode = status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const app: TestApp = { url: `http://127.0.0.1:${port}`, received, statuses, connection, close };
  return app;
}

/** A token as an app signs it for the token exchange. */
export function signExchange(simulator: Simulator, app: TestApp, claims: Record<string, unknown> = {}): string {
  const iat = Math.floor(simulator.clock.now() / 1000);
  const url = `${simulator.url}/site/oauth2/access_token`;
  const qsh = createQueryStringHash(fromMethodAndUrl('POST', url), false, simulator.url);
  const { clientKey: sub, secret } = app.connection;
  return jwt.sign({ iss: testAppKey, sub, iat, exp: iat + 180, qsh, ...claims }, secret, { algorithm: 'HS256' });
}

export async function exchange(simulator: Simulator, token: string): Promise<{ status: number; accessToken: string }> {
  const response = await fetch(`${simulator.url}/site/oauth2/access_token`, {
    method: 'POST',
    headers: { authorization: `JWT ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=urn:bitbucket:oauth2:jwt',
  });
  const body = (await response.json()) as { access_token?: string };
  return { status: response.status, accessToken: body.access_token ?? '' };
}

/** Installs the app and gives a function that asks the API in its name, redirects not followed. */
export async function connect(simulator: Simulator, app: TestApp, workspace?: string): Promise<Ask> {
  await simulator.install(app.url, workspace);
  const { accessToken } = await exchange(simulator, signExchange(simulator, app));
  return createAsk(simulator, `Bearer ${accessToken}`);
}
