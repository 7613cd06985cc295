import type { Instant } from '../../domain/instant';
import { pickTelling } from '../../domain/connections/live-connection';
import type { Connection } from '../../store/connections/connection';
import type { Transaction } from '../../store/database/transaction';
import { checkToken, refuse, saveChecks, type CheckRequest } from './check-token';
import type { Preflight } from './checks/preflight';
import type { NamedWorkspace } from './checks/read-answers';
import {
  createCredentials,
  createNoticeKey,
  fingerprintToken,
  readCredentials,
  writeCredentials,
  type TokenCredentials,
} from './credentials/credentials';
import { careForHooks, type HookOutcome } from './hook-care';
import { toHookCare } from './look-after-hook-job';
import type { TokenNeeds } from './token-needs';

export interface ConnectRequest extends CheckRequest {
  /** When the token ends; `null`: never, or nobody said. */
  readonly expiresAt: Instant | null;
  readonly withHook: boolean;
  /** The environment gave it, not somebody at the command line. */
  readonly isFromEnvironment?: boolean;
}

export interface ConnectResult {
  readonly outcome: 'connected' | 'rotated' | 'refused';
  readonly preflight: Preflight;
  /** `null`: it did not come to that. */
  readonly hook: HookOutcome | null;
}

type Connected = Preflight & { readonly workspace: NamedWorkspace };

/** Proves the token, then connects the workspace with it; one that has a token already gets this one in its place. */
export async function connectWorkspace(needs: TokenNeeds, request: ConnectRequest): Promise<ConnectResult> {
  const preflight = await checkToken(needs, request);
  return takeToken(needs, request, preflight);
}

/** The second half, for whoever has made the check. */
export async function takeToken(
  needs: TokenNeeds,
  request: ConnectRequest,
  checked: Preflight,
): Promise<ConnectResult> {
  const preflight = checked.canConnect ? await refuseNamesake(needs, checked) : checked;
  const refused: ConnectResult = { outcome: 'refused', preflight, hook: null };
  if (!isConnectable(preflight)) {
    await saveChecks(needs, request.workspaceName, preflight);
    return refused;
  }
  const { connection, isRotated } = await takeIn(needs, request, preflight);
  await saveChecks(needs, request.workspaceName, preflight);
  const hook = request.withHook ? await makeHook(needs, connection, preflight) : notWanted(preflight.workspace);
  return { outcome: isRotated ? 'rotated' : 'connected', preflight, hook };
}

function isConnectable(preflight: Preflight): preflight is Connected {
  return preflight.canConnect && preflight.workspace !== null;
}

/** A short name that was given up by one workspace and taken by another must not join their histories. */
async function refuseNamesake(needs: TokenNeeds, preflight: Preflight): Promise<Preflight> {
  const { stores } = needs;
  const { workspace } = preflight;
  const namesakes = (await stores.workspaces.list()).filter(
    ({ uuid, slug }) => slug === workspace?.slug && uuid !== workspace.uuid,
  );
  for (const { uuid, slug } of namesakes) {
    const telling = pickTelling(await stores.connections.list(uuid));
    if (telling?.status !== 'live' && telling?.status !== 'revoked') continue;
    return refuse(preflight, 'workspace', {
      sentence: `Drumbeat knows ${slug} as another workspace (${uuid}): the short name belongs to somebody else now.`,
      wayOut: `If the one you know was renamed, connect it once by its new name; else run drumbeat disconnect ${uuid} first.`,
    });
  }
  return preflight;
}

/** The workspace, its connection and the work that follows from it are one step: all there, or nothing. */
async function takeIn(needs: TokenNeeds, request: ConnectRequest, preflight: Connected) {
  const { uuid } = preflight.workspace;
  const taken = await needs.events.step(uuid, async (tx) => {
    const before = await needs.stores.connections.list(uuid, tx);
    const connection = await store(needs, { request, preflight, before }, tx);
    return { connection, isRotated: await tell(needs, { before, connection }, tx) };
  });
  needs.log.info({ workspace: uuid, isRotated: taken.isRotated }, 'a workspace is connected by a token');
  return taken;
}

interface ToStore {
  readonly request: ConnectRequest;
  readonly preflight: Connected;
  /** The connections of the workspace as they are until the step ends. */
  readonly before: readonly Connection[];
}

/** The workspace, and its connection, live in the place of whatever it supersedes. */
async function store(needs: TokenNeeds, { request, preflight, before }: ToStore, tx: Transaction): Promise<Connection> {
  const { connections, workspaces } = needs.stores;
  const { workspace, repositories } = preflight;
  const { uuid, slug, name } = workspace;
  const now = needs.clock.now();
  const isLive = before.some(({ status }) => status === 'live');
  if (isLive) await workspaces.update(uuid, { slug, name }, tx);
  else await workspaces.save({ uuid, slug, name, connectedAt: now }, tx);
  const terms = { repositories, givenAt: now, expiresAt: request.expiresAt };
  const mine = pickTelling(before.filter(({ kind }) => kind === 'access_token'));
  if (mine === null) {
    const credentials = writeCredentials(toCredentials(createCredentials(request), request));
    const made = { workspace: uuid, kind: 'access_token', reference: createNoticeKey(), credentials } as const;
    return connections.saveNew({ ...made, ...terms, installedAt: now, hearing: 'polling' }, tx);
  }
  const change = {
    ...{ kind: mine.kind, reference: mine.reference, expectedCredentials: mine.credentials },
    newCredentials: writeCredentials(toCredentials(readCredentials(mine.credentials), request)),
    // The hooks of one that had ended are gone.
    terms: mine.status === 'live' ? terms : { ...terms, hearing: 'polling' as const },
    ...{ now, takesOver: true },
  };
  await connections.rotate(change, tx);
  return (await connections.getByReference(mine.kind, mine.reference, tx)) ?? mine;
}

function toCredentials(kept: TokenCredentials, request: ConnectRequest): TokenCredentials {
  const { token, email, isPublic = false, isFromEnvironment = false } = request;
  const fromEnvironment = isFromEnvironment ? fingerprintToken(request) : kept.fromEnvironment;
  return { ...kept, token, email, isPublic: isPublic || kept.isPublic, fromEnvironment };
}

/** Tells the others what it was: a new workspace, one from another door, or another token; that alone is a rotation. */
async function tell(
  { events }: TokenNeeds,
  { before, connection }: { readonly before: readonly Connection[]; readonly connection: Connection },
  tx: Transaction,
): Promise<boolean> {
  const { workspace } = connection;
  const live = before.find(({ status }) => status === 'live');
  const isRotated = live?.kind === 'access_token';
  const isSame = isRotated && String(live.repositories) === String(connection.repositories);
  if (live === undefined) await events.onConnected(workspace, tx);
  else await (isSame ? events.onAccessRestored(workspace, tx) : events.onMoved(workspace, tx));
  await events.onWork(toHookCare(workspace), tx);
  return isRotated;
}

async function makeHook(needs: TokenNeeds, connection: Connection, preflight: Connected): Promise<HookOutcome> {
  const outcome = await careForHooks(needs, connection, { makes: true });
  needs.log.info({ workspace: preflight.workspace.uuid, result: outcome.result }, 'the webhook of a connection');
  return outcome;
}

function notWanted({ slug }: NamedWorkspace): HookOutcome {
  const sentence = 'No webhook was made; Bitbucket is asked what moved.';
  return { result: 'not_wanted', sentence, wayOut: `drumbeat hook ${slug}` };
}
