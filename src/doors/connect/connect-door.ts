import type { Connection } from '../../store/connections/connection';
import type { Caller, CallerVerdict, Door, RequestHead } from '../door';
import { makeOnce } from '../make-once';
import { isServed } from '../open-connection';
import { toSecretKey } from '../secret-key';
import { createClockWatch, type ClockWatch } from './clock-watch';
import { createIdentityQuestions } from './bitbucket-identity';
import type { ConnectNeeds, TokenUse } from './connect-needs';
import { connectPaths } from './connect-paths';
import { createConnectRoutes } from './connect-routes';
import { readDescriptor } from './descriptor';
import { createDescriptorRoute } from './descriptor-route';
import { createKeptToken, type GiveHeader } from './kept-tokens';
import { receiveLifecycle, type LifecycleAnswer, type LifecycleCall } from './lifecycle';
import { toUuid } from './lifecycle-body';
import { proveInstall, type ProofResult } from './prove-install';
import { createProveInstall, proveInstallKind } from './prove-install-job';
import { getHeaderToken, getQuery, getQueryToken } from './signed-request';
import { createTokenExchange } from './token-exchange';
import { verifyToken, type Mistimed } from './verify-token';

type Identified =
  | { readonly isTrusted: true; readonly workspace: string }
  | { readonly isTrusted: false; readonly reason: string; readonly mistimed: Mistimed | null };

/** Bitbucket Connect: pages and notices are signed with a secret that Bitbucket gave at the install. */
export interface ConnectDoor extends Door {
  /** As in the descriptor that is served. */
  readonly appKey: string;
  receiveLifecycle(call: LifecycleCall): Promise<LifecycleAnswer>;
  /** Once per pending install at a time; called again by a job while it says `again`. */
  proveInstall(pendingId: string): Promise<ProofResult>;
}

/** `appKey`: `null` for the key in atlassian-connect.json. */
export function createConnectDoor(needs: ConnectNeeds & { readonly appKey: string | null }): ConnectDoor {
  const descriptor = readDescriptor(needs);
  const appKey = descriptor.key;
  const exchange = createTokenExchange({ ...needs, appKey });
  const identity = createIdentityQuestions(needs.bitbucketApiUrl);
  const prove = once((pendingId) => proveInstall(pendingId, { ...needs, exchange, identity }));
  const watch = createClockWatch(needs);
  const receive = (call: LifecycleCall) => receiveLifecycle(call, { ...needs, appKey, watch });
  return {
    kind: 'connect',
    appKey,
    routes: createConnectRoutes({
      descriptor: createDescriptorRoute(descriptor, needs.log),
      receiveLifecycle: receive,
      proveInstall: prove,
      log: needs.log,
    }),
    identifyCaller: (request) => identifyCaller(request, needs, watch),
    noticesPath: connectPaths.notices,
    acceptNotice: (request) => identify({ use: 'notice', request, token: getHeaderToken(request) }, needs, watch),
    authorise: createHeaders(() => createKeptToken({ exchange, clock: needs.clock })),
    jobs: { [proveInstallKind]: createProveInstall({ ...needs, prove }) },
    receiveLifecycle: receive,
    proveInstall: prove,
  };
}

function createHeaders(createToken: () => GiveHeader): Door['authorise'] {
  const tokens = new Map<string, GiveHeader>();
  return (connection, options) => {
    const token = tokens.get(connection.workspace) ?? createToken();
    tokens.set(connection.workspace, token);
    return token(connection, options);
  };
}

/** A page asked with `?jwt=`. Bitbucket signs the whole address, and decides who may see which of its places. */
async function identifyCaller(
  request: RequestHead,
  needs: ConnectNeeds,
  watch: ClockWatch,
): Promise<CallerVerdict | null> {
  const query = getQuery(request.originalUrl);
  if (!query.has('jwt')) return null;
  const identified = await identify({ use: 'page', request, token: getQueryToken(request) }, needs, watch);
  if (!identified.isTrusted) {
    const { reason, mistimed } = identified;
    return { isTrusted: false, reason, doClocksDiffer: mistimed?.hasEnded === false };
  }
  const [user, ...more] = query.getAll('user');
  const userUuid = user === undefined || more.length > 0 ? null : toUuid(user);
  const { workspace } = identified;
  const caller: Caller = { workspace, userUuid, role: null, viewer: userUuid, signIn: null };
  return { isTrusted: true, caller };
}

interface Shown {
  readonly use: TokenUse;
  readonly request: RequestHead;
  readonly token: string | null;
}

/** The store gives the same object as long as the connection stays what it is. */
const getKey = makeOnce((connection: Connection) => toSecretKey(connection.credentials));

/** The workspace is always that of the connection whose secret fitted, never one that the request names. */
async function identify({ use, request, token }: Shown, needs: ConnectNeeds, watch: ClockWatch): Promise<Identified> {
  const found = new Map<string, Connection>();
  const verdict = await verifyToken(
    { token, method: request.method, url: request.originalUrl, baseUrl: needs.baseUrl },
    {
      findKeys: async (clientKey) => {
        const connection = await needs.connections.getByReference('connect', clientKey);
        if (connection?.reference !== clientKey || !(await isServed(needs.connections, connection))) return [];
        found.set(clientKey, connection);
        return [getKey(connection)];
      },
      now: () => needs.clock.now(),
    },
  );
  if (!verdict.isValid) {
    const { reason, mistimed } = verdict;
    if (mistimed !== null) await watch.noteRefusal(use, mistimed);
    return { isTrusted: false, reason, mistimed };
  }
  const connection = found.get(verdict.clientKey);
  if (connection === undefined) return { isTrusted: false, reason: 'unknown clientKey', mistimed: null };
  await watch.noteTrust(use, connection);
  return { isTrusted: true, workspace: connection.workspace };
}

/** The same question asked while it is being answered gets the same answer. */
function once(prove: (id: string) => Promise<ProofResult>): (id: string) => Promise<ProofResult> {
  const underWay = new Map<string, Promise<ProofResult>>();
  return (id) => {
    const asked = underWay.get(id) ?? prove(id).finally(() => underWay.delete(id));
    underWay.set(id, asked);
    return asked;
  };
}
