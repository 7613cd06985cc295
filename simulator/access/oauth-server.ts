import { randomBytes } from 'node:crypto';
import { findAccount } from './static-tokens';
import type { Caller } from '../rest/caller';
import type { Reply } from '../rest/call';
import type { Clock, Instant, World } from '../world/model';

/** What an operator makes in the settings of a workspace, so that people can sign in elsewhere. */
export interface Consumer {
  readonly key: string;
  readonly secret: string;
  /** What every address to come back to must begin with. */
  readonly callback: string;
  readonly scopes: readonly string[];
}

/** A request to sign in that may be answered. */
export interface SignIn {
  readonly consumer: Consumer;
  readonly redirectUri: string;
  readonly state: string | null;
}

interface Code extends SignIn {
  readonly personUuid: string;
  readonly expiresAt: Instant;
}

interface Issued {
  readonly consumer: Consumer;
  readonly personUuid: string;
  readonly expiresAt: Instant;
}

const codeLifetimeMs = 10 * 60_000;

/** Signing in with Bitbucket by OAuth 2.0: authorization codes for one-time use, tokens for two hours. No OpenID. */
export class OauthServer {
  /** Who is logged in at Bitbucket and consents to everything; `null`: a page asks who it is to be. */
  signedIn: string | null = null;
  /** Whom the page offers, by uuid, nickname or name; `null`: every member of every workspace. */
  offered: readonly string[] | null = null;
  /** Seconds that a token is good for. */
  lifetimeSeconds = 7200;
  readonly #consumers = new Map<string, Consumer>();
  readonly #codes = new Map<string, Code>();
  readonly #issued = new Map<string, Issued>();

  constructor(
    private readonly world: World,
    private readonly clock: Clock,
  ) {}

  /** Makes a consumer. Default scopes: those that tell who somebody is and what they may see. */
  register(consumer: { readonly callback: string } & Partial<Consumer>): Consumer {
    const made = {
      key: randomBytes(9).toString('base64url'),
      secret: randomBytes(24).toString('base64url'),
      scopes: ['account', 'repository'],
      ...consumer,
    };
    this.#consumers.set(made.key, made);
    return made;
  }

  /** Reads a request to sign in; a text says why there is nobody to send back. */
  readSignIn(query: URLSearchParams): SignIn | string {
    const consumer = this.#consumers.get(query.get('client_id') ?? '');
    if (consumer === undefined) return 'Invalid client_id: there is no such OAuth consumer.';
    if (query.get('response_type') !== 'code') return 'Invalid response_type: only code is supported.';
    const redirectUri = query.get('redirect_uri') ?? consumer.callback;
    if (!redirectUri.startsWith(consumer.callback)) return 'Invalid redirect_uri: it is not under the callback URL.';
    return { consumer, redirectUri, state: query.get('state') };
  }

  /** The address to send a person back to, with a code for the consumer. @throws where nobody is called so. */
  grant(signIn: SignIn, person: string): string {
    const code = randomBytes(12).toString('base64url');
    const personUuid = findAccount(this.world, person).uuid;
    this.#codes.set(code, { ...signIn, personUuid, expiresAt: this.clock.now() + codeLifetimeMs });
    return toAddress(signIn, { code });
  }

  /** The address to send somebody back to who does not consent. */
  deny(signIn: SignIn): string {
    return toAddress(signIn, { error: 'access_denied', error_description: 'The user denied access.' });
  }

  /** `POST /site/oauth2/access_token` with a code; a refused code is used up all the same. */
  redeem(authorization: string, form: URLSearchParams): Reply {
    const consumer = this.#findConsumer(authorization);
    if (consumer === null) return refuse(401, 'invalid_client', 'Invalid OAuth client credentials');
    if (form.get('grant_type') !== 'authorization_code') {
      return refuse(400, 'unsupported_grant_type', 'Unsupported grant type');
    }
    const code = this.#useUp(form.get('code'));
    if (code?.consumer !== consumer || code.expiresAt <= this.clock.now()) {
      return refuse(400, 'invalid_grant', 'The specified code is not valid.');
    }
    const isSameAddress = code.redirectUri === (form.get('redirect_uri') ?? consumer.callback);
    return isSameAddress
      ? this.#issue(code)
      : refuse(400, 'invalid_grant', 'The redirect_uri is not the one of the authorization.');
  }

  #useUp(code: string | null): Code | null {
    const found = this.#codes.get(code ?? '') ?? null;
    this.#codes.delete(code ?? '');
    return found;
  }

  /** Key and secret come percent-encoded, as OAuth 2.0 wants them. */
  #findConsumer(authorization: string): Consumer | null {
    const [scheme, text = ''] = authorization.split(' ');
    if (scheme !== 'Basic') return null;
    const [key = '', secret = ''] = Buffer.from(text, 'base64').toString('utf8').split(':').map(decodeSafely);
    const found = this.#consumers.get(key);
    return found?.secret === secret ? found : null;
  }

  #issue({ consumer, personUuid }: Code): Reply {
    const token = randomBytes(32).toString('base64url');
    this.#issued.set(token, { consumer, personUuid, expiresAt: this.clock.now() + this.lifetimeSeconds * 1000 });
    const scopes = consumer.scopes.join(' ');
    const body = {
      access_token: token,
      ...{ scopes, scope: scopes },
      expires_in: this.lifetimeSeconds,
      refresh_token: randomBytes(12).toString('base64url'),
      token_type: 'bearer',
    };
    return { status: 200, body, headers: { 'cache-control': 'no-store' } };
  }

  /** The person whose token this is, while it is good. */
  find(authorization: string): Caller | null {
    const [scheme, token = ''] = authorization.split(' ');
    const issued = scheme === 'Bearer' ? this.#issued.get(token) : undefined;
    if (issued === undefined || issued.expiresAt <= this.clock.now()) return null;
    const { consumer, personUuid } = issued;
    return { kind: 'oauth', id: consumer.key, personUuid, scopes: consumer.scopes, requestsPerHour: null };
  }
}

function toAddress({ redirectUri, state }: SignIn, answer: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}

function refuse(status: number, error: string, description: string): Reply {
  return { status, body: { error_description: description, error } };
}

/** A broken percent sign stays what it is. */
function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
