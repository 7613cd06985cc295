import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../../src/domain/clock';
import { uuidOf } from './git-world';
import { Refusal } from './paging';
import type { Quirks } from './quirks';
import { RestApi } from './rest-api';
import type { SmallWorld } from './small-world';

/** What was asked of the API and what was answered. */
export interface Asking {
  readonly path: string;
  readonly status: number;
  readonly at: number;
}

/** A Bitbucket of our own making, written from the documents alone. */
export class StandIn {
  readonly api: RestApi;
  readonly asked: Asking[] = [];
  exchanges = 0;
  url = '';
  clientKey: string;
  secret = 'the secret number 1';
  /** The secret that Bitbucket takes; `null`: none yet. */
  honoured: string | null = null;
  #tokens = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.receive(request, response));

  constructor(
    readonly world: SmallWorld,
    readonly quirks: Quirks,
    readonly clock: Clock,
  ) {
    this.api = new RestApi(world, quirks, () => this.url);
    const { clientKey } = quirks.installBody;
    this.clientKey = typeof clientKey === 'string' ? clientKey : `ari:cloud:bitbucket::app/${world.uuid}/drumbeat`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    try {
      const body = this.answer(request, url, Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } catch (error) {
      const { status, text, headers } = error instanceof Refusal ? error : new Refusal(500, String(error));
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(text);
    }
    if (url.pathname !== '/site/oauth2/access_token') {
      this.asked.push({ path: request.url ?? '', status: response.statusCode, at: this.clock.now() });
    }
  }

  private answer(request: IncomingMessage, url: URL, body: string): unknown {
    if (url.pathname === '/site/oauth2/access_token') return this.exchange(request, body);
    const count = this.asked.length;
    if (this.quirks.refused.includes(count)) throw new Refusal(429, 'Rate limit', { 'retry-after': this.comeAgain() });
    if (request.method !== 'GET' || this.quirks.unauthorised.includes(count) || !this.isAuthorised(request)) {
      throw new Refusal(401, '');
    }
    return this.api.answer(url.pathname, url.searchParams);
  }

  private isAuthorised({ headers }: IncomingMessage): boolean {
    const token = /^Bearer (.+)$/u.exec(headers.authorization ?? '')?.[1] ?? '';
    return (this.#tokens.get(token) ?? 0) > this.clock.now();
  }

  private comeAgain(): string {
    return this.quirks.retryAfter === 'seconds' ? '1' : new Date(this.clock.now() + 2000).toUTCString();
  }

  private exchange(request: IncomingMessage, body: string): unknown {
    const isAsked = new URLSearchParams(body).get('grant_type') === 'urn:bitbucket:oauth2:jwt';
    if (!isAsked || !this.isOurs(request.headers.authorization ?? '')) throw new Refusal(401, 'no');
    this.exchanges += 1;
    const access = `token-${this.exchanges}`;
    const { expiresIn } = this.quirks;
    this.#tokens.set(access, this.clock.now() + (expiresIn ?? 3600) * 1000);
    return { access_token: access, token_type: 'bearer', ...(expiresIn === null ? {} : { expires_in: expiresIn }) };
  }

  private isOurs(header: string): boolean {
    const qsh = createQueryStringHash(fromMethodAndUrl('POST', '/site/oauth2/access_token'));
    try {
      const key = this.honoured ?? 'nothing is honoured';
      const clockTimestamp = Math.floor(this.clock.now() / 1000);
      const claims = jwt.verify(header.replace(/^JWT /u, ''), key, { algorithms: ['HS256'], clockTimestamp });
      return typeof claims === 'object' && claims['qsh'] === qsh && claims.sub === this.clientKey;
    } catch {
      return false;
    }
  }

  sign(method: string, url: string, claims: Record<string, unknown> = {}): string {
    const now = Math.floor(this.clock.now() / 1000);
    const qsh = createQueryStringHash(fromMethodAndUrl(method, url));
    const { clientKey } = this;
    return jwt.sign({ iss: clientKey, aud: clientKey, iat: now, exp: now + 3600, qsh, ...claims }, this.secret);
  }

  /** Calls a lifecycle address of the app; all but the very first are signed, with the secret before. */
  async callLifecycle(address: string, event: string, secret: string = this.secret): Promise<number> {
    const authorization = `JWT ${this.sign('POST', new URL(address).pathname)}`;
    const isSigned = this.honoured !== null;
    const isInstall = event === 'installed';
    if (isInstall) this.honoured = this.quirks.isSecretLate ? this.honoured && 'none for now' : secret;
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(isSigned ? { authorization } : {}) },
      body: JSON.stringify(this.writeLifecycle(event, secret)),
    });
    if (isInstall && answer.ok) await this.honour(secret);
    return answer.status;
  }

  /** What is signed with a new secret is believed at once, what it signs only in a moment. */
  private async honour(secret: string): Promise<void> {
    this.secret = secret;
    if (this.quirks.isSecretLate) await sleep(300);
    this.honoured = secret;
  }

  private writeLifecycle(event: string, sharedSecret: string): unknown {
    const owner = {
      type: 'team',
      uuid: this.api.present.uuid(this.world.uuid),
      display_name: 'Small World',
      links: {},
    };
    const actor = { type: 'user', uuid: uuidOf('ada').slice(1, -1), display_name: 'ada' };
    return {
      ...{ key: 'drumbeat', eventType: event, clientKey: this.clientKey, publicKey: 'x', productType: 'bitbucket' },
      ...{ baseUrl: 'https://bitbucket.org', baseApiUrl: 'https://evil.example', principal: owner, user: owner },
      ...(event === 'installed' ? { sharedSecret, actor, oauthClientId: 'x', consumer: { key: 'k' } } : {}),
      ...this.quirks.installBody,
    };
  }
}
