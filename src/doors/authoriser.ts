import type { AccessToken, ExchangeToken } from './connect/token-exchange';
import type { DoorClock } from './connections';
import { ConnectionRefused } from './errors';

/** The `Authorization` header for a call to Bitbucket. `fresh`: the last one was refused, get another. */
export type Authorise = (options: { readonly fresh: boolean }) => Promise<string>;

interface Credentials {
  readonly clientKey: string;
  readonly secret: string;
}

/** A token is replaced this long before its end, so that none runs out on the way; a short one serves most of its life. */
const marginMs = 60_000;
const marginShare = 0.1;

/**
 * Keeps the access token of one workspace until shortly before its end. Callers at the same moment share one
 * exchange. A changed secret or clientKey ends the kept token: it belongs to an install that is no more.
 * Throws ConnectionRefused (also without a connection) or ExchangeUnavailable.
 */
export function createAuthoriser(needs: {
  readonly findCredentials: () => Promise<Credentials | null>;
  readonly exchange: ExchangeToken;
  readonly clock: DoorClock;
}): Authorise {
  let kept: Kept | null = null;
  let underWay: { readonly of: Credentials; readonly token: Promise<Kept> } | null = null;
  const exchange = async (of: Credentials): Promise<Kept> => {
    const askedAt = needs.clock.now();
    const got = await needs.exchange(of);
    const margin = Math.min(marginMs, (got.expiresAt - askedAt) * marginShare);
    kept = { of, ...got, usableUntil: got.expiresAt - margin };
    return kept;
  };
  const exchangeOnce = (of: Credentials): Promise<Kept> => {
    if (underWay !== null && isSame(underWay.of, of)) return underWay.token;
    const token = exchange(of);
    const mine = { of, token };
    const clear = () => {
      if (underWay === mine) underWay = null;
    };
    underWay = mine;
    token.then(clear, clear);
    return token;
  };
  return async ({ fresh }) => {
    const credentials = await needs.findCredentials();
    if (credentials === null) throw new ConnectionRefused('the workspace is not connected');
    const isUsable = !fresh && kept !== null && isSame(kept.of, credentials) && needs.clock.now() < kept.usableUntil;
    return isUsable && kept !== null ? kept.header : (await exchangeOnce(credentials)).header;
  };
}

interface Kept extends AccessToken {
  readonly of: Credentials;
  readonly usableUntil: number;
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.clientKey === other.clientKey && one.secret === other.secret;
}
