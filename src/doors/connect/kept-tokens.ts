import type { Clock } from '../../domain/clock';
import type { Connection } from '../../store/connections/connection';
import type { AccessToken, ExchangeToken } from './token-exchange';

type Install = Pick<Connection, 'reference' | 'credentials'>;

/** A token is replaced this long before its end, so that none runs out on the way; a short one serves most of its life. */
const marginMs = 60_000;
const marginShare = 0.1;

/** The header for a call of one workspace; `fresh`: the last one was refused, get another. */
export type GiveHeader = (install: Install, options: { readonly fresh: boolean }) => Promise<string>;

/**
 * Keeps the access token of one workspace until shortly before its end. Callers at the same moment share one
 * exchange. A changed secret or clientKey ends the kept token: it belongs to an install that is no more.
 * @throws AccessRevoked, BitbucketUnavailable
 */
export function createKeptToken(needs: { readonly exchange: ExchangeToken; readonly clock: Clock }): GiveHeader {
  let kept: Kept | null = null;
  let underWay: { readonly of: Install; readonly token: Promise<Kept> } | null = null;
  const exchange = async (of: Install): Promise<Kept> => {
    const askedAt = needs.clock.now();
    const got = await needs.exchange({ clientKey: of.reference, secret: of.credentials });
    const margin = Math.min(marginMs, (got.expiresAt - askedAt) * marginShare);
    kept = { of, ...got, usableUntil: got.expiresAt - margin };
    return kept;
  };
  const exchangeOnce = (of: Install): Promise<Kept> => {
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
  return async (install, { fresh }) => {
    const isUsable = !fresh && kept !== null && isSame(kept.of, install) && needs.clock.now() < kept.usableUntil;
    return isUsable && kept !== null ? kept.header : (await exchangeOnce(install)).header;
  };
}

interface Kept extends AccessToken {
  readonly of: Install;
  readonly usableUntil: number;
}

function isSame(one: Install, other: Install): boolean {
  return one.reference === other.reference && one.credentials === other.credentials;
}
