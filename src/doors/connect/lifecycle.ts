import { createHash, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Connection } from '../../store/connections/connection';
import type { Transaction } from '../../store/database/transaction';
import type { RequestHead } from '../door';
import { tellConnected } from '../tell-connected';
import type { ClockWatch } from './clock-watch';
import type { ConnectNeeds } from './connect-needs';
import { toClientKey, toInstalledBody, type InstalledBody } from './lifecycle-body';
import { proveInstallKind } from './prove-install-job';
import { getHeaderToken } from './signed-request';
import { toSecretKey } from '../secret-key';
import { verifyToken, type Verdict } from './verify-token';

export type LifecycleEvent = 'installed' | 'uninstalled' | 'enabled' | 'disabled';

export interface LifecycleCall {
  readonly event: LifecycleEvent;
  readonly request: RequestHead;
  /** Parsed JSON, unchecked; `undefined` when there was none. */
  readonly body: unknown;
}

export interface LifecycleAnswer {
  readonly status: 204 | 400 | 401;
  /** A pending install to prove once the answer has left: Bitbucket may honour the secret only then. */
  readonly pendingId?: string;
}

interface LifecycleNeeds extends ConnectNeeds {
  readonly appKey: string;
  readonly watch: ClockWatch;
}

const done: LifecycleAnswer = { status: 204 };
const untrusted: LifecycleAnswer = { status: 401 };
const malformed: LifecycleAnswer = { status: 400 };

/** Whom to believe is told in docs/bitbucket.md, 2; in short: nobody unknown, and the known by the stored secret. */
export async function receiveLifecycle(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const answer = await (call.event === 'installed' ? receiveInstalled(call, needs) : receiveChange(call, needs));
  needs.log.info({ lifecycle: call.event, status: answer.status }, 'lifecycle call');
  return answer;
}

async function receiveInstalled(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const body = toInstalledBody(call.body, needs.appKey);
  if (body === null) return malformed;
  const known = await needs.connections.getByReference('connect', body.clientKey);
  return known === null ? receiveFirstInstall(body, needs) : receiveReinstall({ call, body, known }, needs);
}

/**
 * Whoever has the address can send this, and a token beside it would prove nothing: the key to check it with came
 * in the same body. So it is only written down, beside any others for the same clientKey, until its secret has
 * proved itself at Bitbucket.
 */
async function receiveFirstInstall(body: InstalledBody, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const pendingId = await needs.connections.addPending({
    clientKey: body.clientKey,
    workspace: body.workspace,
    secret: body.sharedSecret,
    receivedAt: needs.clock.now(),
  });
  await needs.events.onWork({ workspace: body.workspace, kind: proveInstallKind, key: pendingId });
  return { status: 204, pendingId };
}

interface Reinstall {
  readonly call: LifecycleCall;
  readonly body: InstalledBody;
  readonly known: Connection;
}

async function receiveReinstall(reinstall: Reinstall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { call, body, known } = reinstall;
  const { credentials, previousCredentials } = known;
  const secrets = previousCredentials === null ? [credentials] : [credentials, previousCredentials];
  const verdict = await verifyCall(call, needs, { known, keys: secrets.map(toSecretKey) });
  if (!verdict.isValid || body.workspace !== known.workspace) return untrusted;
  const isSettled = known.status === 'live' || known.status === 'superseded';
  const isRepeat = isSettled && isSameSecret(body.sharedSecret, credentials);
  if (isRepeat) return done;
  // Signed with the secret before the last: good for saying the last install again, and for nothing else.
  return verdict.keyIndex > 0 ? untrusted : rotate(reinstall, needs);
}

async function rotate({ body, known }: Reinstall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { connections, workspaces, events, clock } = needs;
  const { workspace } = known;
  const isRotated = await events.step(workspace, async (tx) => {
    const liveBefore = await connections.getLive(workspace, tx);
    const change = { kind: 'connect', reference: known.reference, expectedCredentials: known.credentials } as const;
    if (!(await connections.rotate({ ...change, newCredentials: body.sharedSecret, now: clock.now() }, tx)))
      return false;
    const isLive = (await connections.getLive(workspace, tx))?.reference === known.reference;
    if (known.status !== 'live' && isLive) {
      await workspaces.update(workspace, { eraseAt: null }, tx);
      await tellConnected(events, { connection: known, liveBefore }, tx);
    }
    return true;
  });
  return isRotated ? done : answerLostRace(body, needs);
}

/** Someone replaced the secret between our reading and our writing: fine if it was this very install, twice at once. */
async function answerLostRace(body: InstalledBody, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const now = await needs.connections.getByReference('connect', body.clientKey);
  return now !== null && isSameSecret(now.credentials, body.sharedSecret) ? done : untrusted;
}

async function receiveChange(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const clientKey = toClientKey(call.body, call.event);
  if (clientKey === null) return malformed;
  const known = await needs.connections.getByReference('connect', clientKey);
  const keys = known === null ? [] : [toSecretKey(known.credentials)];
  const verdict = await verifyCall(call, needs, { known, keys });
  if (!verdict.isValid || known === null) return untrusted;
  return call.event === 'uninstalled' ? uninstall(known, needs) : setEnabled(call.event === 'enabled', known, needs);
}

/**
 * The secret stays: Bitbucket signs the first install after this with it. Said again it is done again, in case we
 * stopped half way; a workspace that is connected otherwise by now keeps its data.
 */
async function uninstall(known: Connection, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { connections, events, clock } = needs;
  const { workspace } = known;
  await events.step(workspace, async (tx) => {
    const present = await connections.getByReference('connect', known.reference, tx);
    if (present?.status !== 'uninstalled') {
      await connections.setStatus(known, 'uninstalled', { now: clock.now(), tx });
    }
    const status = (await connections.getStanding(workspace, tx))?.status ?? 'uninstalled';
    if (status === 'uninstalled') await events.onDisconnected(workspace, tx);
    await planProofsAgain(workspace, needs, tx);
  });
  return done;
}

/** All work of the workspace has ended with it; but one may be coming back already, under another name even. */
async function planProofsAgain(
  workspace: string,
  { connections, events }: LifecycleNeeds,
  tx: Transaction,
): Promise<void> {
  for (const { id } of await connections.listPending(tx, workspace)) {
    await events.onWork({ workspace, kind: proveInstallKind, key: id }, tx);
  }
}

/**
 * An enabled one is the live one: the one that Bitbucket spoke of last; unless the workspace has moved to another door.
 */
async function setEnabled(isEnabled: boolean, known: Connection, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { connections, events, clock } = needs;
  const { workspace, reference } = known;
  const now = clock.now();
  return events.step(workspace, async (tx) => {
    const status = (await connections.getByReference('connect', reference, tx))?.status ?? 'uninstalled';
    if (status === 'uninstalled') return untrusted;
    if (!isEnabled) {
      if (status !== 'disabled') await connections.setStatus(known, 'disabled', { now, tx });
      return done;
    }
    if (status === 'live') await events.onStillConnected(workspace, tx);
    if (status === 'live' || status === 'superseded') return done;
    const enabled = await connections.enable(known, { now, tx });
    if (enabled === 'live') await events.onConnected(workspace, tx);
    return done;
  });
}

/** Keys are given only for the clientKey of the body, so the token of one workspace cannot speak for another. */
async function verifyCall(
  call: LifecycleCall,
  needs: LifecycleNeeds,
  expected: { readonly known: Connection | null; readonly keys: readonly KeyObject[] },
): Promise<Verdict> {
  const { known, keys } = expected;
  const { method, originalUrl: url } = call.request;
  const verdict = await verifyToken(
    { token: getHeaderToken(call.request), method, url, baseUrl: needs.baseUrl },
    {
      findKeys: async (clientKey) => (clientKey === known?.reference ? keys : []),
      now: () => needs.clock.now(),
    },
  );
  if (!verdict.isValid && verdict.mistimed !== null) await needs.watch.noteRefusal('lifecycle', verdict.mistimed);
  if (verdict.isValid && known !== null) await needs.watch.noteTrust('lifecycle', known);
  return verdict;
}

/** In constant time, whatever the lengths. */
function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(one), digest(other));
}
