import { randomBytes } from 'node:crypto';
import type { Caller } from '../rest/caller';
import type { Clock, Instant } from '../world/model';

export interface TokenOptions {
  /** Default: all that the product asks for. */
  readonly scopes?: readonly string[];
  /** Default: never. */
  readonly expiresAt?: Instant | null;
  /** Scaled limits are a token's own. Default: what the simulator allows everybody. */
  readonly requestsPerHour?: number | null;
  /** An access token's name, which its pseudo-user has as well. */
  readonly name?: string;
}

type KnownCaller = Exclude<Caller, { readonly kind: 'anonymous' }>;

const overlapMs = 30 * 60_000;

/** A token that somebody made on Bitbucket's pages. Everything about it may be changed at any time. */
export class StaticToken {
  secret: string;
  expiresAt: Instant | null;
  scopes: readonly string[];
  requestsPerHour: number | null;
  isRevoked = false;
  #former: { readonly secret: string; readonly until: Instant }[] = [];

  constructor(
    private readonly owner: KnownCaller,
    /** Of the person whose API token it is; `null` for access tokens. */
    readonly email: string | null,
    private readonly from: TokenOptions & { readonly clock: Clock },
  ) {
    this.secret = makeSecret(email);
    this.expiresAt = from.expiresAt ?? null;
    this.scopes = owner.scopes;
    this.requestsPerHour = owner.requestsPerHour;
  }

  /** What a request carries: `Basic` for API tokens, `Bearer` for access tokens. */
  get authorization(): string {
    const { email, secret } = this;
    return email === null ? `Bearer ${secret}` : `Basic ${Buffer.from(`${email}:${secret}`).toString('base64')}`;
  }

  get caller(): KnownCaller {
    return { ...this.owner, scopes: this.scopes, requestsPerHour: this.requestsPerHour };
  }

  /** Gives it a fresh secret, which is returned; the one before stays good for half an hour. */
  rotate(): string {
    this.#former.push({ secret: this.secret, until: this.from.clock.now() + overlapMs });
    this.secret = makeSecret(this.email);
    return this.secret;
  }

  /** Ends it at once, with all its secrets. */
  revoke(): void {
    this.isRevoked = true;
  }

  /** Whether it is still good under this secret. */
  accepts(secret: string): boolean {
    const now = this.from.clock.now();
    if (this.isRevoked || (this.expiresAt !== null && this.expiresAt <= now)) return false;
    return secret === this.secret || this.#former.some((one) => one.secret === secret && now < one.until);
  }
}

/** Access tokens and the API tokens of people begin as Bitbucket's do. */
function makeSecret(email: string | null): string {
  return `${email === null ? 'ATCTT3x' : 'ATATT3x'}${randomBytes(24).toString('base64url')}`;
}
