import type { RequestHandler } from 'express';
import type { Log } from '../../machine/log';
import { createAuthoriser, type Authorise } from '../authoriser';
import {
  isOpen,
  type ConnectionRecord,
  type ConnectionRecords,
  type DoorClock,
  type WorkspaceRecords,
} from '../connections';
import { createClockWatch, type ClockWatch, type TokenUse } from './clock-watch';
import { createIdentityQuestions } from './bitbucket-identity';
import { readDescriptor } from './descriptor';
import { createDescriptorRoute } from './descriptor-route';
import { receiveLifecycle, type LifecycleAnswer, type LifecycleCall } from './lifecycle';
import { proveInstall, type ProofResult } from './prove-install';
import { getHeaderToken, getQueryToken, type SignedRequest } from './signed-request';
import { createTokenExchange } from './token-exchange';
import { toSecretKey, verifyToken, type Mistimed } from './verify-token';

/** Who stands at the door. `reason` is for the log, never for the answer. */
export type Identified =
  | { readonly isTrusted: true; readonly workspace: string; readonly clientKey: string }
  | { readonly isTrusted: false; readonly reason: string; readonly mistimed?: Mistimed | null };

/** Bitbucket Connect: how a workspace comes in, is recognised, and is called back. */
export interface ConnectDoor {
  /** As in the descriptor that is served. */
  readonly appKey: string;
  /** Answers GET /atlassian-connect.json. */
  readonly descriptor: RequestHandler;
  /** A page asked with `?jwt=`. */
  identifyPage(request: SignedRequest): Promise<Identified>;
  /** A notice with `Authorization: JWT …`. */
  identifyNotice(request: SignedRequest): Promise<Identified>;
  receiveLifecycle(call: LifecycleCall): Promise<LifecycleAnswer>;
  /** Once per pending install at a time; called again by a job while it says `again`. */
  proveInstall(pendingId: string): Promise<ProofResult>;
  /** Gives the `Authorization` header for calls back. Throws ConnectionRefused or ExchangeUnavailable. */
  authoriserFor(workspace: string): Authorise;
}

export interface ConnectDoorNeeds {
  /** Public address, may have a path. */
  readonly baseUrl: string;
  readonly bitbucketUrl: string;
  readonly bitbucketApiUrl: string;
  /** `null`: the key in atlassian-connect.json. */
  readonly appKey: string | null;
  readonly clock: DoorClock;
  readonly log: Log;
  readonly connections: ConnectionRecords;
  readonly workspaces: WorkspaceRecords;
  /** After an install is proven, and when a connection is live again. */
  readonly onConnected: (workspace: string) => Promise<void>;
  readonly onDisconnected: (workspace: string) => Promise<void>;
  /** Asks for `proveInstall` to be called for the next fifteen minutes while it says `again`. */
  readonly onPending: (pendingId: string) => Promise<void>;
  /** A token of Bitbucket was refused for its times alone. */
  readonly onRefusedByTime?: (use: TokenUse) => void;
}

export function createConnectDoor(needs: ConnectDoorNeeds): ConnectDoor {
  const descriptor = readDescriptor(needs);
  const appKey = descriptor.key;
  const exchange = createTokenExchange({ ...needs, appKey });
  const identity = createIdentityQuestions(needs.bitbucketApiUrl);
  const prove = once((pendingId) => proveInstall(pendingId, { ...needs, exchange, identity }));
  const watch = createClockWatch(needs);
  const authorisers = new Map<string, Authorise>();
  const authoriserOf = (workspace: string): Authorise =>
    createAuthoriser({
      exchange,
      clock: needs.clock,
      findCredentials: async () => needs.connections.getLive(workspace),
    });
  return {
    appKey,
    descriptor: createDescriptorRoute(descriptor, needs.log),
    identifyPage: (request) => identify({ use: 'page', request, token: getQueryToken(request) }, needs, watch),
    identifyNotice: (request) => identify({ use: 'notice', request, token: getHeaderToken(request) }, needs, watch),
    receiveLifecycle: (call) => receiveLifecycle(call, { ...needs, appKey, watch }),
    proveInstall: prove,
    authoriserFor: (workspace) => {
      const authorise = authorisers.get(workspace) ?? authoriserOf(workspace);
      authorisers.set(workspace, authorise);
      return authorise;
    },
  };
}

interface Shown {
  readonly use: TokenUse;
  readonly request: SignedRequest;
  readonly token: string | null;
}

/** The workspace is always that of the connection whose secret fitted, never one that the request names. */
async function identify(
  { use, request, token }: Shown,
  needs: ConnectDoorNeeds,
  watch: ClockWatch,
): Promise<Identified> {
  const found = new Map<string, ConnectionRecord>();
  const verdict = await verifyToken(
    { token, method: request.method, url: request.originalUrl, baseUrl: needs.baseUrl },
    {
      findKeys: async (clientKey) => {
        const connection = await needs.connections.getByClientKey(clientKey);
        if (connection?.clientKey !== clientKey || !isOpen(connection)) return [];
        found.set(clientKey, connection);
        return [toSecretKey(connection.secret)];
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
  if (connection === undefined) return { isTrusted: false, reason: 'unknown clientKey' };
  await watch.noteTrust(use, connection);
  return { isTrusted: true, workspace: connection.workspace, clientKey: verdict.clientKey };
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
