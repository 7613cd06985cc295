import type { ReinstallName } from '../../store/connections/reinstall-store';
import type { Caller, CallerVerdict, Door, RequestHead } from '../door';
import { createClockWatch, type ClockWatch } from './clock-watch';
import { createIdentityQuestions } from './bitbucket-identity';
import type { ConnectNeeds } from './connect-needs';
import { connectPaths } from './connect-paths';
import { createConnectRoutes } from './connect-routes';
import { readDescriptor } from './descriptor';
import { createDescriptorRoute } from './descriptor-route';
import { findReinstall, identify, type Identified, type Shown } from './identify';
import { createKeptToken, type GiveHeader } from './kept-tokens';
import { receiveLifecycle, type LifecycleAnswer, type LifecycleCall } from './lifecycle';
import { toUuid } from './lifecycle-body';
import { proveInstall, type ProofResult } from './prove-install';
import { createCallForProof, createProveInstall, proveInstallKind } from './prove-install-job';
import { createProveReinstall, proveReinstall, proveReinstallKind } from './prove-reinstall';
import { getHeaderToken, getQuery, getQueryToken } from './signed-request';
import { createTokenExchange } from './token-exchange';

/** Bitbucket Connect: pages and notices are signed with a secret that Bitbucket gave at the install. */
export interface ConnectDoor extends Door {
  /** As in the descriptor that is served. */
  readonly appKey: string;
  receiveLifecycle(call: LifecycleCall): Promise<LifecycleAnswer>;
  /** Once per pending install at a time; a job calls it, one a second, and again while it says `again`. */
  proveInstall(pendingId: string): Promise<ProofResult>;
  /** The same of a new secret of a known connection. */
  proveReinstall(name: ReinstallName): Promise<ProofResult>;
}

/** `appKey`: `null` for the key in atlassian-connect.json. */
export function createConnectDoor(needs: ConnectNeeds & { readonly appKey: string | null }): ConnectDoor {
  const descriptor = readDescriptor(needs);
  const appKey = descriptor.key;
  const exchange = createTokenExchange({ ...needs, appKey });
  const identity = createIdentityQuestions(needs.bitbucketApiUrl, needs.signal);
  const proofNeeds = { ...needs, exchange, identity };
  const prove = once((pendingId: string) => proveInstall(pendingId, proofNeeds), String);
  const proveNew = once(
    (name: ReinstallName) => proveReinstall(name, proofNeeds),
    ({ id }) => id,
  );
  const watch = createClockWatch(needs);
  const callForProof = createCallForProof(needs);
  const receive = (call: LifecycleCall) =>
    receiveLifecycle(call, { ...needs, appKey, watch, callForProof, proveReinstall: proveNew });
  return {
    kind: 'connect',
    appKey,
    routes: createConnectRoutes({
      descriptor: createDescriptorRoute(descriptor, needs.log),
      receiveLifecycle: receive,
      proveReinstall: proveNew,
      log: needs.log,
    }),
    identifyCaller: (request) => identifyCaller(request, { ...needs, proveReinstall: proveNew }, watch),
    noticesPath: connectPaths.notices,
    acceptNotice: (request) => acceptNotice(request, needs, watch),
    authorise: createHeaders(() => createKeptToken({ exchange, clock: needs.clock })),
    jobs: {
      [proveInstallKind]: createProveInstall({ ...needs, prove }),
      [proveReinstallKind]: createProveReinstall({ ...needs, prove: proveNew }),
    },
    receiveLifecycle: receive,
    proveInstall: prove,
    proveReinstall: proveNew,
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

type Identifying = ConnectNeeds & { readonly proveReinstall: ConnectDoor['proveReinstall'] };

/** What is signed with a new secret has it proved then and there: nobody looks at a page before it has been asked for. */
async function identifyProven(shown: Shown, needs: Identifying, watch: ClockWatch): Promise<Identified> {
  const identified = await identify(shown, needs, watch);
  if (identified.isTrusted || identified.mistimed !== null) return identified;
  const reinstall = await findReinstall(shown, needs);
  if (reinstall === null || (await needs.proveReinstall(reinstall)) === 'again') return identified;
  return identify(shown, needs, watch);
}

/** A page asked with `?jwt=`. Bitbucket signs the whole address, and decides who may see which of its places. */
async function identifyCaller(
  request: RequestHead,
  needs: Identifying,
  watch: ClockWatch,
): Promise<CallerVerdict | null> {
  const query = getQuery(request.originalUrl);
  if (!query.has('jwt')) return null;
  const shown = { use: 'page', request, token: getQueryToken(request) } as const;
  const identified = await identifyProven(shown, needs, watch);
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

/** One that is signed with a new secret is kept, and believed once that has proved itself: nobody sends it again. */
async function acceptNotice(
  request: RequestHead,
  needs: ConnectNeeds,
  watch: ClockWatch,
): ReturnType<Door['acceptNotice']> {
  const shown = { use: 'notice', request, token: getHeaderToken(request) } as const;
  const identified = await identify(shown, needs, watch);
  if (identified.isTrusted || identified.mistimed !== null) return identified;
  const reinstall = await findReinstall(shown, needs);
  return reinstall === null ? identified : { isTrusted: true, workspace: reinstall.workspace, awaits: reinstall.id };
}

/** The same question asked while it is being answered gets the same answer. */
function once<Asked>(
  prove: (asked: Asked) => Promise<ProofResult>,
  toName: (asked: Asked) => string,
): (asked: Asked) => Promise<ProofResult> {
  const underWay = new Map<string, Promise<ProofResult>>();
  return (asked) => {
    const name = toName(asked);
    const answer = underWay.get(name) ?? prove(asked).finally(() => underWay.delete(name));
    underWay.set(name, answer);
    return answer;
  };
}
