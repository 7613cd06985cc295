import type { Instant } from '../../domain/instant';
import type { Connection } from '../../store/connections/connection';
import { checkToken, refuse, saveChecks } from './check-token';
import { failed, toCheck, type Check } from './checks/check';
import type { Preflight } from './checks/preflight';
import { takeToken, type ConnectRequest, type ConnectResult } from './connect-workspace';
import { createHookSecret, readCredentials } from './credentials/credentials';
import { findTokenConnection, isRefused, refused, type Refused } from './find-connection';
import { careForHooks, type HookOutcome } from './hook-care';
import { endPreviousSecret, isSecretPending, swapCredentials } from './swap-credentials';
import type { TokenNeeds } from './token-needs';

export interface RotateRequest {
  readonly workspaceName: string;
  readonly token: string;
  /** Left out: as it was. */
  readonly email?: string | null;
  /** When the new token ends; left out or `null`: nobody said. */
  readonly expiresAt?: Instant | null;
  readonly onCheck?: (check: Check) => void;
}

/** Another token for a workspace that has one: proved first, then swapped, so that work goes on as if nothing was. */
export async function rotateToken(needs: TokenNeeds, request: RotateRequest): Promise<ConnectResult> {
  const found = await findTokenConnection(needs, request.workspaceName);
  if (isRefused(found)) return { outcome: 'refused', preflight: toPreflight(found), hook: null };
  const { workspace, connection } = found;
  if (connection.status === 'uninstalled' || connection.status === 'superseded') {
    const problem = refused('This workspace is not connected by a token now.', `drumbeat connect ${workspace.slug}`);
    return { outcome: 'refused', preflight: toPreflight(problem), hook: null };
  }
  const asked = toConnectRequest(request, connection);
  const preflight = await checkToken(needs, asked);
  const isForeign = preflight.workspace !== null && preflight.workspace.uuid !== workspace.uuid;
  if (!isForeign) return takeToken(needs, asked, preflight);
  const sentence = `This token is of another workspace, ${preflight.workspace.name}.`;
  const foreign = refuse(preflight, 'workspace', {
    sentence,
    wayOut: `Make one in the settings of ${workspace.name}.`,
  });
  await saveChecks(needs, workspace.uuid, foreign);
  return { outcome: 'refused', preflight: foreign, hook: null };
}

function toConnectRequest(request: RotateRequest, connection: Connection): ConnectRequest {
  const kept = readCredentials(connection.credentials);
  const { workspace: workspaceName, repositories, hearing } = connection;
  return {
    ...{ workspaceName, repositories, token: request.token, isPublic: kept.isPublic },
    email: request.email === undefined ? kept.email : request.email,
    ...{ expiresAt: request.expiresAt ?? null, withHook: hearing === 'notices' },
    ...(request.onCheck === undefined ? {} : { onCheck: request.onCheck }),
  };
}

function toPreflight({ sentence, wayOut }: Refused): Preflight {
  const checks = [toCheck('workspace', failed(sentence, wayOut))];
  return { checks, canConnect: false, workspace: null, repositories: null, canBeCalled: false };
}

export interface HookSecretRotated {
  readonly outcome: 'rotated';
  readonly hook: HookOutcome;
  /** Until when what is signed with the secret before is taken as well; `null`: until Bitbucket has taken the new one. */
  readonly previousUntil: Instant | null;
}

/**
 * Another secret for notices. Both are taken from the moment on in which Bitbucket may sign with either, and the old one
 * for an hour after Bitbucket has taken the new one: no notice is refused, wherever we stop.
 */
export async function rotateHookSecret(
  needs: TokenNeeds,
  { workspaceName }: { readonly workspaceName: string },
): Promise<HookSecretRotated | Refused> {
  const found = await findTokenConnection(needs, workspaceName);
  if (isRefused(found)) return found;
  if (found.connection.status !== 'live') {
    return refused('This workspace is not connected by a token now.', `drumbeat connect ${found.workspace.slug}`);
  }
  const kept = readCredentials(found.connection.credentials);
  // One that Bitbucket may never have taken is put in once more, not replaced: a third could not be told apart.
  const change = isSecretPending(kept)
    ? {}
    : { hookSecret: createHookSecret(), previousHookSecret: kept.hookSecret, previousHookSecretUntil: null };
  const changed = await swapCredentials(needs, found.connection, change);
  if (changed === null) return refused('Somebody else changed this connection at the same time.', 'Try again.');
  const hook = await careForHooks(needs, changed, { makes: false });
  // By hand it is put in by somebody who has to be quick; nobody tells us when.
  const isByHand = hook.result === 'not_allowed' || hook.result === 'not_wanted';
  const previousUntil = isByHand ? await endPreviousSecret(needs, changed) : await readPreviousUntil(needs, changed);
  return { outcome: 'rotated', hook, previousUntil };
}

async function readPreviousUntil(needs: TokenNeeds, { kind, reference }: Connection): Promise<Instant | null> {
  const now = await needs.stores.connections.getByReference(kind, reference);
  return now === null ? null : readCredentials(now.credentials).previousHookSecretUntil;
}
