import { createHash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { toNetwork } from '../../machine/to-network';
import type { Connection } from '../../store/connections/connection';
import type { Reinstall, ReinstallName } from '../../store/connections/reinstall-store';
import type { Transaction } from '../../store/database/transaction';
import type { RequestHead } from '../door';
import type { ClockWatch } from './clock-watch';
import type { ConnectNeeds } from './connect-needs';
import { toClientKey, toInstalledBody, type InstalledBody } from './lifecycle-body';
import type { ProofResult } from './prove-install';
import { planReinstalls, proveReinstallKind } from './prove-reinstall';
import { getHeaderToken } from './signed-request';
import { toSecretKey } from '../secret-key';
import { verifyToken, type Verdict } from './verify-token';

export type LifecycleEvent = 'installed' | 'uninstalled' | 'enabled' | 'disabled';

export interface LifecycleCall {
  readonly event: LifecycleEvent;
  readonly request: RequestHead;
  /** Parsed JSON, unchecked; `undefined` when there was none. */
  readonly body: unknown;
  /** Of whoever calls; `''` where nobody knows. */
  readonly address?: string;
}

export interface LifecycleAnswer {
  /** `503`: it cannot be told now whether to believe it. */
  readonly status: 204 | 400 | 401 | 503;
  /** A new secret to prove once the answer has left: Bitbucket may honour it only then. */
  readonly reinstall?: ReinstallName;
}

interface LifecycleNeeds extends ConnectNeeds {
  readonly appKey: string;
  readonly watch: ClockWatch;
  readonly proveReinstall: (name: ReinstallName) => Promise<ProofResult>;
  /** That the line of those who wait to be proved is longer. */
  readonly callForProof: () => Promise<void>;
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
  return known === null ? receiveFirstInstall(call, body, needs) : receiveReinstall({ call, body, known }, needs);
}

/**
 * Whoever has the address can send this, and a token beside it would prove nothing: the key to check it with came
 * in the same body. So it is only written down, beside any others for the same clientKey, until its secret has
 * proved itself at Bitbucket.
 */
async function receiveFirstInstall(
  { address = '' }: LifecycleCall,
  body: InstalledBody,
  needs: LifecycleNeeds,
): Promise<LifecycleAnswer> {
  await needs.connections.addPending({
    clientKey: body.clientKey,
    workspace: body.workspace,
    secret: body.sharedSecret,
    receivedAt: needs.clock.now(),
    origin: toNetwork(address),
  });
  await needs.callForProof();
  return done;
}

interface LaterInstall {
  readonly call: LifecycleCall;
  readonly body: InstalledBody;
  readonly known: Connection;
}

/** Signed with its secret, or with one that a signed install brought: only the secret in force proves itself. */
async function receiveReinstall({ call, body, known }: LaterInstall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const reinstalls = await needs.reinstalls.list({ reference: known.reference });
  const secrets = [known.credentials, ...reinstalls.map(({ secret }) => secret)];
  const former = known.previousCredentials === null ? [] : [known.previousCredentials];
  const verdict = await verifyCall(call, needs, { known, keys: [...secrets, ...former].map(toSecretKey) });
  if (!verdict.isValid || body.workspace !== known.workspace) return untrusted;
  const isSettled = known.status === 'live' || known.status === 'superseded';
  if (isSettled && isSameSecret(body.sharedSecret, known.credentials)) return sayAgain(known, needs);
  // Signed with the secret before the last: good for saying the last install again, and for nothing else.
  return verdict.keyIndex >= secrets.length ? untrusted : putDownReinstall(body, known, needs);
}

/** We may have answered and stumbled, an earlier version at least: what is missing is put down. */
async function sayAgain(known: Connection, { events }: LifecycleNeeds): Promise<LifecycleAnswer> {
  await events.step(known.workspace, (tx) => events.onStillConnected(known.workspace, tx));
  return done;
}

/** What is signed vouches for no body, so the new secret has to prove itself; until then it changes nothing. */
async function putDownReinstall(
  body: InstalledBody,
  { workspace, reference }: Connection,
  { events, reinstalls, clock }: LifecycleNeeds,
): Promise<LifecycleAnswer> {
  const id = await events.step(workspace, async (tx) => {
    const received = { workspace, reference, secret: body.sharedSecret, receivedAt: clock.now() };
    const key = await reinstalls.add(received, tx);
    await events.onWork({ workspace, kind: proveReinstallKind, key }, tx);
    return key;
  });
  return { status: 204, reinstall: { workspace, id } };
}

async function receiveChange(call: LifecycleCall, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const clientKey = toClientKey(call.body, call.event);
  if (clientKey === null) return malformed;
  const known = await needs.connections.getByReference('connect', clientKey);
  const reinstalls = known === null ? [] : await needs.reinstalls.list({ reference: known.reference });
  const secrets = known === null ? [] : [known.credentials, ...reinstalls.map(({ secret }) => secret)];
  const verdict = await verifyCall(call, needs, { known, keys: secrets.map(toSecretKey) });
  if (!verdict.isValid || known === null) return untrusted;
  const signer = reinstalls[verdict.keyIndex - 1];
  return signer === undefined ? change(call.event, known, needs) : changeOnceProven(call.event, signer, needs);
}

/** Bitbucket signs with the new secret, so our answer has arrived: it is proved then and there. */
async function changeOnceProven(
  event: LifecycleEvent,
  signer: Reinstall,
  needs: LifecycleNeeds,
): Promise<LifecycleAnswer> {
  if ((await needs.proveReinstall(signer)) === 'again') return { status: 503 };
  const known = await needs.connections.getByReference('connect', signer.reference);
  return known !== null && isSameSecret(known.credentials, signer.secret) ? change(event, known, needs) : untrusted;
}

function change(event: LifecycleEvent, known: Connection, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  return event === 'uninstalled' ? uninstall(known, needs) : setEnabled(event === 'enabled', known, needs);
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
    await planReinstalls(workspace, needs, tx);
  });
  return done;
}

/**
 * An enabled one is the live one: the one that Bitbucket spoke of last; unless the workspace has moved to another door.
 */
function setEnabled(isEnabled: boolean, known: Connection, needs: LifecycleNeeds): Promise<LifecycleAnswer> {
  const { connections, events, clock } = needs;
  return events.step(known.workspace, async (tx) => {
    const present = await connections.getByReference('connect', known.reference, tx);
    if (present === null || present.status === 'uninstalled') return untrusted;
    if (isEnabled) {
      await enable(present, needs, tx);
    } else if (present.status !== 'disabled') {
      await connections.setStatus(present, 'disabled', { now: clock.now(), tx });
    }
    return done;
  });
}

async function enable(present: Connection, needs: LifecycleNeeds, tx: Transaction): Promise<void> {
  const { connections, events, clock } = needs;
  const { status, workspace } = present;
  if (status === 'live') await events.onStillConnected(workspace, tx);
  if (status === 'live' || status === 'superseded') return;
  const enabled = await connections.enable(present, { now: clock.now(), tx });
  if (enabled === 'live') await events.onConnected(workspace, tx);
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
