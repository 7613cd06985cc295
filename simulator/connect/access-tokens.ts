import { randomBytes } from 'node:crypto';
import { isSignedByApp, readSubject } from './tokens';
import type { Caller } from '../rest/caller';
import type { Clock, Instant, Workspace } from '../world/model';
import type { Installations } from './installations';

const grantType = 'urn:bitbucket:oauth2:jwt';

export interface TokenReply {
  readonly status: number;
  readonly body: unknown;
  readonly workspace: Workspace | null;
}

/** `POST /site/oauth2/access_token`: an app's signed token for an access token of its workspace. */
export class AccessTokens {
  readonly #issued = new Map<string, { workspace: Workspace; scopes: readonly string[]; expiresAt: Instant }>();
  /** Seconds; documentation says one hour, practice two. */
  lifetimeSeconds = 7200;

  constructor(
    private readonly installations: Installations,
    private readonly from: { readonly appKey: string; readonly base: string; readonly clock: Clock },
  ) {}

  exchange(authorization: string, url: string, form: URLSearchParams): TokenReply {
    const [scheme, token = ''] = authorization.split(' ');
    if (scheme !== 'JWT' || form.get('grant_type') !== grantType) {
      return refuse('Unsupported grant type or authorization scheme', 'unsupported_grant_type');
    }
    const installation = this.installations.findLive(readSubject(token));
    if (installation === null || !this.#isSigned(token, url, installation.secret)) {
      return refuse('The JWT is not valid for this app and workspace', 'invalid_grant');
    }
    return this.#issue(installation.workspace, installation.descriptor.scopes);
  }

  #isSigned(token: string, url: string, secret: string | null): boolean {
    const { appKey, clock, base } = this.from;
    const request = { method: 'POST', url, baseUrl: base };
    return secret !== null && isSignedByApp(token, request, { appKey, secret, clock });
  }

  #issue(workspace: Workspace, scopes: readonly string[]): TokenReply {
    const accessToken = randomBytes(32).toString('base64url');
    const expiresAt = this.from.clock.now() + this.lifetimeSeconds * 1000;
    this.#issued.set(accessToken, { workspace, scopes, expiresAt });
    const body = {
      scopes: scopes.join(' '),
      access_token: accessToken,
      expires_in: this.lifetimeSeconds,
      token_type: 'bearer',
      state: 'jwt',
    };
    return { status: 200, workspace, body };
  }

  /** The app in the workspace whose token this is, while it is good and the app is installed. */
  find(authorization: string): Caller | null {
    const [scheme, token = ''] = authorization.split(' ');
    const issued = scheme === 'Bearer' ? this.#issued.get(token) : undefined;
    if (issued === undefined || issued.expiresAt <= this.from.clock.now()) {
      return null;
    }
    const { uuid: workspaceUuid, name } = issued.workspace;
    if (this.installations.get(workspaceUuid)?.isInstalled !== true) {
      return null;
    }
    const { scopes } = issued;
    const reach = { kind: 'workspace' } as const;
    return { kind: 'app', id: workspaceUuid, workspaceUuid, reach, name, scopes, requestsPerHour: null };
  }

  /** Ends every token at once, as Bitbucket sometimes does before their time. */
  revokeAll(): void {
    this.#issued.clear();
  }
}

function refuse(description: string, error: string): TokenReply {
  return { status: 400, workspace: null, body: { error_description: description, error } };
}
