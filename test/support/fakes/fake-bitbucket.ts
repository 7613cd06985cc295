import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { hashByHand } from '../signed-requests';

export interface FakeInstall {
  readonly clientKey: string;
  readonly secret: string;
  readonly workspace: string;
  readonly slug: string;
}

/** Bitbucket as the Connect door needs it: the token exchange and who a token is. */
export interface FakeBitbucket {
  readonly url: string;
  /** `METHOD path` of every request, in order. */
  readonly asked: string[];
  /** Installs whose secrets it honours, by clientKey. */
  readonly installs: Map<string, FakeInstall>;
  /** How it says whose a token is. */
  says: 'user' | 'only-workspace' | 'several-workspaces' | 'nothing';
  /** Answers the next exchanges with these statuses instead. */
  readonly failures: number[];
  expiresIn: number;
  close(): Promise<void>;
}

export async function startFakeBitbucket(appKey: string): Promise<FakeBitbucket> {
  const tokens = new Map<string, FakeInstall>();
  const fake: Omit<FakeBitbucket, 'url' | 'close'> = {
    asked: [],
    installs: new Map(),
    says: 'user',
    failures: [],
    expiresIn: 7_200,
  };
  const server = createServer((request, response) => {
    fake.asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    request.resume();
    answer(request, response);
  });
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/site/oauth2/access_token') exchange(request, response);
    else tell(request, response);
  };
  const exchange = (request: IncomingMessage, response: ServerResponse) => {
    const failure = fake.failures.shift();
    const install = failure === undefined ? findInstall(request, { fake, appKey }) : null;
    if (install === null) {
      give(response, failure ?? 400, { error: 'invalid_grant' });
      return;
    }
    const token = `access-${tokens.size.toString()}-${install.slug}`;
    tokens.set(token, install);
    give(response, 200, { access_token: token, expires_in: fake.expiresIn, token_type: 'bearer' });
  };
  const tell = (request: IncomingMessage, response: ServerResponse) => {
    const install = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /u, ''));
    give(response, install === undefined ? 401 : 200, install === undefined ? {} : describe(request, install, fake));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function findInstall(
  request: IncomingMessage,
  { fake, appKey }: { fake: Pick<FakeBitbucket, 'installs'>; appKey: string },
): FakeInstall | null {
  const token = /^JWT (.+)$/u.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const sub = (jwt.decode(token) as { sub?: string } | null)?.sub;
  const install = sub === undefined ? undefined : fake.installs.get(sub);
  return install !== undefined && isSignedByUs(token, install.secret, appKey) ? install : null;
}

function isSignedByUs(token: string, secret: string, appKey: string): boolean {
  try {
    const claims = jwt.verify(token, secret, { algorithms: ['HS256'], issuer: appKey, ignoreExpiration: true });
    if (typeof claims === 'string') return false;
    const { exp = 0, iat = 0 } = claims;
    const qsh = hashByHand({ method: 'POST', url: '/site/oauth2/access_token' });
    return claims['qsh'] === qsh && exp > iat && exp - iat <= 180;
  } catch {
    return false;
  }
}

/** A workspace can be read by anyone who knows its UUID, as public ones can. */
function describe(request: IncomingMessage, install: FakeInstall, { says }: Pick<FakeBitbucket, 'says'>): unknown {
  const own = { workspace: { uuid: install.workspace, slug: install.slug } };
  const other = { workspace: { uuid: '{99999999-9999-4999-8999-999999999999}', slug: 'other' } };
  if (request.url === '/2.0/user') {
    return says === 'user' ? { uuid: install.workspace, type: 'team' } : { type: 'app_user' };
  }
  if (request.url === '/2.0/user/workspaces') {
    if (says === 'nothing') return {};
    return { values: says === 'several-workspaces' ? [own, other] : [own] };
  }
  const uuid = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
  return { uuid, slug: install.slug, name: `The ${install.slug} workspace` };
}

function give(response: ServerResponse, status: number, body: unknown): void {
  // By the machine's clock, which is not that of tests.
  response.sendDate = false;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
