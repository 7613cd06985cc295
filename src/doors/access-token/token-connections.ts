import type { Connection } from '../../store/connections/connection';
import { checkToken, type CheckRequest } from './check-token';
import type { Preflight } from './checks/preflight';
import { connectWorkspace, type ConnectRequest, type ConnectResult } from './connect-workspace';
import { describeConnection, describeConnections, type ConnectionDescription } from './describe-connection';
import { findTokenConnection, isRefused, refused, type Refused } from './find-connection';
import { careForHooks, createCountedAsk, listPlaces, readWantedHook, type HookOutcome } from './hook-care';
import { printHook, type PrintedHook } from './hooks/print-hook';
import { leaveWorkspace, type LeaveRequest, type Left } from './leave-workspace';
import { rotateHookSecret, rotateToken, type HookSecretRotated, type RotateRequest } from './rotate-secrets';
import type { TokenNeeds } from './token-needs';

interface Named {
  /** Short name, or UUID with braces. */
  readonly workspaceName: string;
}

/**
 * What an operator does with workspaces that are connected by a token. Whatever is refused is said in words and leaves
 * everything as it was; nothing that comes back, is logged or thrown holds a secret, but for `printHook`, whose point is one.
 */
export interface TokenConnections {
  check(request: CheckRequest): Promise<Preflight>;
  connect(request: ConnectRequest): Promise<ConnectResult>;
  rotate(request: RotateRequest): Promise<ConnectResult>;
  rotateHookSecret(request: Named): Promise<HookSecretRotated | Refused>;
  /** Makes the webhook, or puts it right. */
  makeHook(request: Named): Promise<HookOutcome | Refused>;
  /** What an owner needs to make it by hand: the secret is in it. */
  printHook(request: Named): Promise<PrintedHook | Refused>;
  disconnect(request: LeaveRequest): Promise<Left | Refused>;
  /** Of every workspace, whichever way it came in. */
  status(): Promise<ConnectionDescription[]>;
  /** Of one, by its UUID; `null`: it was never connected. */
  describe(workspace: string): Promise<ConnectionDescription | null>;
}

export function createTokenConnections(needs: TokenNeeds): TokenConnections {
  return {
    check: (request) => checkToken(needs, request),
    connect: (request) => connectWorkspace(needs, request),
    rotate: (request) => rotateToken(needs, request),
    rotateHookSecret: (request) => rotateHookSecret(needs, request),
    makeHook: async ({ workspaceName }) => {
      const found = await findLive(needs, workspaceName);
      return isRefused(found) ? found : makeHook(needs, found.connection);
    },
    printHook: async ({ workspaceName }) => {
      const found = await findLive(needs, workspaceName);
      if (isRefused(found)) return found;
      const ask = createCountedAsk(needs, found.connection);
      const wanted = await readWantedHook(needs, found.connection, ask);
      return printHook(wanted, listPlaces(found.connection), needs.bitbucketApiUrl);
    },
    disconnect: (request) => leaveWorkspace(needs, request),
    status: () => describeConnections(needs),
    describe: (workspace) => describeConnection(needs, workspace),
  };
}

/** Where Bitbucket has fallen silent it is written anew: its secret may have been changed there, and is never shown. */
async function makeHook(needs: TokenNeeds, connection: Connection): Promise<HookOutcome> {
  const described = await describeConnection(needs, connection.workspace);
  return careForHooks(needs, connection, { makes: true, rewrites: described?.hook?.isTrouble === true });
}

async function findLive(needs: TokenNeeds, name: string) {
  const found = await findTokenConnection(needs, name);
  if (isRefused(found) || found.connection.status === 'live') return found;
  return refused('This workspace is not connected by a token now.', `drumbeat connect ${found.workspace.slug}`);
}
