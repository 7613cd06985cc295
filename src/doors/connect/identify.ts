import type { KeyObject } from 'node:crypto';
import type { Connection } from '../../store/connections/connection';
import type { Reinstall } from '../../store/connections/reinstall-store';
import type { RequestHead } from '../door';
import { makeOnce } from '../make-once';
import { isServed } from '../open-connection';
import { toSecretKey } from '../secret-key';
import type { ClockWatch } from './clock-watch';
import type { ConnectNeeds, TokenUse } from './connect-needs';
import { verifyToken, type Mistimed, type Verdict } from './verify-token';

export interface Shown {
  readonly use: TokenUse;
  readonly request: RequestHead;
  readonly token: string | null;
}

export type Identified =
  | { readonly isTrusted: true; readonly workspace: string }
  | { readonly isTrusted: false; readonly reason: string; readonly mistimed: Mistimed | null };

const hour = 3_600_000;

/** The store gives the same object as long as the connection stays what it is. */
const getKeys = makeOnce(({ credentials, previousCredentials }: Connection) => ({
  present: toSecretKey(credentials),
  previous: previousCredentials === null ? null : toSecretKey(previousCredentials),
}));

/** The workspace is always that of the connection whose secret fitted, never one that the request names. */
export async function identify(shown: Shown, needs: ConnectNeeds, watch: ClockWatch): Promise<Identified> {
  let found: Connection | null = null;
  const verdict = await verify(shown, needs, async (clientKey) => {
    const connection = await needs.connections.getByReference('connect', clientKey);
    if (connection?.reference !== clientKey || !(await isServed(needs.connections, connection))) return [];
    found = connection;
    return listKeys(connection, shown.use, needs.clock.now());
  });
  if (!verdict.isValid) {
    const { reason, mistimed } = verdict;
    if (mistimed !== null) await watch.noteRefusal(shown.use, mistimed);
    return { isTrusted: false, reason, mistimed };
  }
  const connection = found as Connection | null;
  if (connection === null) return { isTrusted: false, reason: 'unknown clientKey', mistimed: null };
  await watch.noteTrust(shown.use, connection);
  return { isTrusted: true, workspace: connection.workspace };
}

/**
 * The reinstall whose secret signed this, where it still has to prove itself; `null`: none. Such an install came signed
 * with the secret before, but what is signed vouches for no body: it may not open anything yet.
 */
export async function findReinstall(shown: Shown, needs: ConnectNeeds): Promise<Reinstall | null> {
  let reinstalls: readonly Reinstall[] = [];
  const verdict = await verify(shown, needs, async (reference) => {
    reinstalls = await needs.reinstalls.list({ reference });
    return reinstalls.map(({ secret }) => toSecretKey(secret));
  });
  return verdict.isValid ? (reinstalls[verdict.keyIndex] ?? null) : null;
}

function verify(
  { request, token }: Shown,
  { baseUrl, clock }: ConnectNeeds,
  findKeys: (clientKey: string) => Promise<readonly KeyObject[]>,
): Promise<Verdict> {
  const { method, originalUrl: url } = request;
  return verifyToken({ token, method, url, baseUrl }, { findKeys, now: () => clock.now() });
}

/**
 * A notice may have been signed just before the secret changed, and Bitbucket never repeats one that was refused: for as
 * long as a token of then is good, the secret before is good for that.
 */
function listKeys(connection: Connection, use: TokenUse, now: number): readonly KeyObject[] {
  const { present, previous } = getKeys(connection);
  const isOnItsWay = use === 'notice' && connection.givenAt !== null && now < connection.givenAt + hour;
  return previous !== null && isOnItsWay ? [present, previous] : [present];
}
