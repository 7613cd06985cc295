import { createHash, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Log } from '../../machine/log';
import type { ConnectionRecord, ConnectionRecords, DoorClock, WorkspaceRecords } from '../connections';
import type { ClockWatch } from './clock-watch';
import { toClientKey, toInstalledBody, type InstalledBody } from './lifecycle-body';
import { getHeaderToken, type SignedRequest } from './signed-request';
import { toSecretKey, verifyToken, type Verdict } from './verify-token';

export type LifecycleEvent = 'installed' | 'uninstalled' | 'enabled' | 'disabled';

export interface LifecycleCall {
  readonly event: LifecycleEvent;
  readonly request: SignedRequest;
  /** Parsed JSON, unchecked; `undefined` when there was none. */
  readonly body: unknown;
}

export interface LifecycleAnswer {
  readonly status: 204 | 400 | 401;
  /** A pending install to prove once the answer has left: Bitbucket may honour the secret only then. */
  readonly pendingId?: string;
}

export interface LifecycleNeeds {
  readonly appKey: string;
  readonly baseUrl: string;
  readonly clock: DoorClock;
  readonly log: Log;
  readonly connections: ConnectionRecords;
  readonly workspaces: WorkspaceRecords;
  readonly watch: ClockWatch;
  readonly onConnected: (workspace: string) => Promise<void>;
  readonly onDisconnected: (workspace: string) => Promise<void>;
  /** Schedules the attempts of the next fifteen minutes. */
  readonly onPending: (pendingId: string) => Promise<void>;
}

const done: LifecycleAnswer = { status: 204 };
const untrusted: LifecycleAnswer = { status: 401 };
const malformed: LifecycleAnswer = { status: 400 };

/** Whom to believe is told in bitbucket.md, "Trust"; in short: nobody unknown, and the known by the stored secret. */
export async function receiveLifecycle(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const answer = await (call.event === 'installed' ? receiveInstalled(call, needs) : receiveChange(call, needs));
  needs.log.info({ lifecycle: call.event, status: answer.status }, 'lifecycle call');
  return answer;
}

async function receiveInstalled(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const body = toInstalledBody(call.body, needs.appKey);
  if (body === null) return malformed;
  const known = await needs.connections.getByClientKey(body.clientKey);
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
  await needs.onPending(pendingId);
  return { status: 204, pendingId };
}

interface Reinstall {
  readonly call: LifecycleCall;
  readonly body: InstalledBody;
  readonly known: ConnectionRecord;
}

async function receiveReinstall(reinstall: Reinstall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { call, body, known } = reinstall;
  const secrets = known.previousSecret === null ? [known.secret] : [known.secret, known.previousSecret];
  const verdict = await verifyCall(call, needs, { known, keys: secrets.map(toSecretKey) });
  if (!verdict.isValid || body.workspace !== known.workspace) return untrusted;
  const isRepeat = known.status === 'live' && isSameSecret(body.sharedSecret, known.secret);
  if (isRepeat) return done;
  // Signed with the secret before the last: good for saying the last install again, and for nothing else.
  return verdict.keyIndex > 0 ? untrusted : rotate(reinstall, needs);
}

async function rotate(reinstall: Reinstall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { body, known } = reinstall;
  const isRotated = await needs.connections.rotate({
    clientKey: known.clientKey,
    expectedSecret: known.secret,
    newSecret: body.sharedSecret,
    now: needs.clock.now(),
  });
  if (!isRotated) return answerLostRace(body, needs);
  if (known.status !== 'live') {
    await needs.workspaces.update(known.workspace, { eraseAt: null });
    await needs.onConnected(known.workspace);
  }
  return done;
}

/** Someone replaced the secret between our reading and our writing: fine if it was this very install, twice at once. */
async function answerLostRace(body: InstalledBody, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const now = await needs.connections.getByClientKey(body.clientKey);
  return now !== null && isSameSecret(now.secret, body.sharedSecret) ? done : untrusted;
}

/** A workspace has one live connection: the one that Bitbucket spoke of last. */
async function retireOther(known: ConnectionRecord, needs: LifecycleNeeds): Promise<void> {
  const latest = await needs.connections.getLive(known.workspace);
  if (latest === null || latest.clientKey === known.clientKey) return;
  await needs.connections.setStatus(latest.clientKey, 'uninstalled', { now: needs.clock.now() });
}

async function receiveChange(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const clientKey = toClientKey(call.body, call.event);
  if (clientKey === null) return malformed;
  const known = await needs.connections.getByClientKey(clientKey);
  const keys = known === null ? [] : [toSecretKey(known.secret)];
  const verdict = await verifyCall(call, needs, { known, keys });
  if (!verdict.isValid || known === null) return untrusted;
  return call.event === 'uninstalled' ? uninstall(known, needs) : setEnabled(call.event === 'enabled', known, needs);
}

/**
 * The secret stays: Bitbucket signs the first install after this with it. Said again it is done again, in case we
 * stopped half way; a workspace that is connected otherwise by now keeps its data.
 */
async function uninstall(known: ConnectionRecord, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  if (known.status !== 'uninstalled') {
    await needs.connections.setStatus(known.clientKey, 'uninstalled', { now: needs.clock.now() });
  }
  const latest = await needs.connections.get(known.workspace);
  if (latest === null || latest.status === 'uninstalled') await needs.onDisconnected(known.workspace);
  return done;
}

async function setEnabled(
  isEnabled: boolean,
  known: ConnectionRecord,
  needs: LifecycleNeeds,
): Promise<LifecycleAnswer> {
  if (known.status === 'uninstalled') return untrusted;
  const wanted = isEnabled ? 'live' : 'disabled';
  if (known.status === wanted) return done;
  if (isEnabled) await retireOther(known, needs);
  await needs.connections.setStatus(known.clientKey, wanted, { now: needs.clock.now() });
  if (isEnabled) await needs.onConnected(known.workspace);
  return done;
}

/** Keys are given only for the clientKey of the body, so the token of one workspace cannot speak for another. */
async function verifyCall(
  call: LifecycleCall,
  needs: LifecycleNeeds,
  expected: { readonly known: ConnectionRecord | null; readonly keys: readonly KeyObject[] },
): Promise<Verdict> {
  const { known, keys } = expected;
  const { method, originalUrl: url } = call.request;
  const verdict = await verifyToken(
    { token: getHeaderToken(call.request), method, url, baseUrl: needs.baseUrl },
    {
      findKeys: async (clientKey) => (clientKey === known?.clientKey ? keys : []),
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
