import type { KeyObject } from 'node:crypto';
import { Router } from 'express';
import { AccessRevoked } from '../../bitbucket/client/errors';
import type { Instant } from '../../domain/instant';
import type { Connection } from '../../store/connections/connection';
import type { Door, RequestHead } from '../door';
import { makeOnce } from '../make-once';
import { isServed } from '../open-connection';
import { toSecretKey } from '../secret-key';
import { readCredentials, toAuthorization } from './credentials/credentials';
import { describeRevoked } from './expiry';
import { getNoticeKey, isSignedWith, readSignature } from './hooks/verify-notice';
import { createLookAfterHook, lookAfterHookKind } from './look-after-hook-job';
import type { TokenNeeds } from './token-needs';

type NoticeVerdict = Awaited<ReturnType<Door['acceptNotice']>>;

/** Workspaces that are connected by a token, whose notices come from webhooks of our own with a secret. */
export function createAccessTokenDoor(needs: TokenNeeds): Door {
  return {
    kind: 'access_token',
    routes: Router(),
    // No frame of Bitbucket's shows pages of this door: who looks comes through our own window.
    identifyCaller: async () => null,
    noticesPath: '/notices/:key',
    acceptNotice: (request, readBody) => acceptNotice(needs, request, readBody),
    authorise: createAuthorise(needs),
    jobs: { [lookAfterHookKind]: createLookAfterHook(needs) },
  };
}

const no = (reason: string): NoticeVerdict => ({ isTrusted: false, reason });

/** Whatever can be told from the head is told before a byte of the body is read. */
async function acceptNotice(
  needs: TokenNeeds,
  request: RequestHead,
  readBody: () => Promise<Buffer>,
): Promise<NoticeVerdict> {
  const { connections } = needs.stores;
  const key = getNoticeKey(request);
  const connection = key === null ? null : await connections.getByReference('access_token', key);
  if (connection === null || !(await isServed(connections, connection))) return no('unknown key');
  const signature = readSignature(request);
  if (typeof signature === 'string') return no(signature);
  const keys = listKeys(getHookKeys(connection), needs.clock.now());
  if (!isSignedWith(keys, await readBody(), signature)) return no('signature');
  return { isTrusted: true, workspace: connection.workspace };
}

interface HookKeys {
  readonly present: KeyObject;
  readonly previous: KeyObject | null;
  /** `null`: the previous one is taken without an end. */
  readonly previousUntil: Instant | null;
}

/** The store gives the same object as long as the connection stays what it is. */
const getHookKeys = makeOnce((connection: Connection): HookKeys => {
  const { hookSecret, previousHookSecret, previousHookSecretUntil } = readCredentials(connection.credentials);
  const previous = previousHookSecret === null ? null : toSecretKey(previousHookSecret);
  return { present: toSecretKey(hookSecret), previous, previousUntil: previousHookSecretUntil };
});

/** With which notices may be signed now. */
function listKeys({ present, previous, previousUntil }: HookKeys, now: Instant): readonly KeyObject[] {
  return previous !== null && (previousUntil === null || now < previousUntil) ? [present, previous] : [present];
}

/** A call that was on its way during a rotation may be refused for the token before: so long the new one is tried again. */
const longestCallMs = 60_000;

interface Given {
  readonly credentials: string;
  /** When they took the place of others; `null`: there were none before. */
  readonly changedAt: Instant | null;
}

/**
 * The header of the row as it is now. One that was refused is given again only while the refusal may be of the token
 * before; after that nothing but another token helps, and whoever asks is parked until there is one.
 */
function createAuthorise({ stores, clock }: TokenNeeds): Door['authorise'] {
  const known = new Map<string, Given>();
  const note = ({ workspace, credentials }: Connection): Given => {
    const before = known.get(workspace);
    if (before?.credentials === credentials) return before;
    const given = { credentials, changedAt: before === undefined ? null : clock.now() };
    known.set(workspace, given);
    return given;
  };
  return async (connection, { fresh }) => {
    const live = fresh ? await stores.connections.getLive(connection.workspace) : null;
    const now = live?.kind === 'access_token' ? live : connection;
    const { changedAt } = note(now);
    const mayBeOfTokenBefore = changedAt !== null && clock.now() < changedAt + longestCallMs;
    if (fresh && !mayBeOfTokenBefore) throw new AccessRevoked(describeRevoked(now, clock.now()));
    return toAuthorization(readCredentials(now.credentials));
  };
}
