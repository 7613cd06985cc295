import { createAskApi, type AskApi } from '../../bitbucket/client/ask-api';
import { RateLimited } from '../../bitbucket/client/errors';
import type { Connection } from '../../store/connections/connection';
import { findAddressProblem } from './checks/address-step';
import { readCredentials, toAuthorization } from './credentials/credentials';
import { readEvents, type HookPlace, type WantedHook } from './hooks/bitbucket-hooks';
import { mendHook, type MendedHook } from './hooks/mend-hook';
import { formatMoment } from './expiry';
import { endPreviousSecret, isSecretPending } from './swap-credentials';
import type { TokenNeeds } from './token-needs';

/** What became of the hooks of a connection, for whoever asked for it. */
export interface HookOutcome {
  readonly result: 'made' | 'repaired' | 'unchanged' | 'not_wanted' | 'not_allowed' | 'unreachable' | 'revoked';
  readonly sentence: string;
  /** What to do next; `null`: nothing. */
  readonly wayOut: string | null;
}

export interface HookCare {
  /** Makes what is missing where nobody made one before; else only what was there is looked after. */
  readonly makes: boolean;
  /** Writes it anew though it looks right: nobody is shown whether Bitbucket has another secret. */
  readonly rewrites?: boolean;
}

const day = 86_400_000;

/** The address of notices of a connection. */
export function toNoticesUrl(
  { baseUrl }: Pick<TokenNeeds, 'baseUrl'>,
  { reference }: Pick<Connection, 'reference'>,
): string {
  return `${baseUrl}/notices/${reference}`;
}

/** Where the hooks of a connection belong: at the workspace, or at each of the repositories that it reaches. */
export function listPlaces({ workspace, repositories }: Pick<Connection, 'workspace' | 'repositories'>): HookPlace[] {
  return (repositories ?? [null]).map((repository) => ({ workspace, repository }));
}

/** Asks with the connection's token, within its budget. */
export function createCountedAsk(needs: TokenNeeds, connection: Connection): AskApi {
  const authorization = toAuthorization(readCredentials(connection.credentials));
  const onTooMany = (retryAfter: string | null) => needs.pauseRequests(connection.workspace, retryAfter);
  const ask = createAskApi({ ...needs, apiUrl: needs.bitbucketApiUrl, authorization, onTooMany });
  return async (question) => {
    try {
      await needs.passRequest(connection.workspace, 'webhooks');
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      return { kind: 'unreachable', reason: `the request limit is used up until ${formatMoment(error.retryAt)}` };
    }
    return ask(question);
  };
}

/** How each hook of a connection should be. */
export async function readWantedHook(needs: TokenNeeds, connection: Connection, ask: AskApi): Promise<WantedHook> {
  const { hookSecret: secret } = readCredentials(connection.credentials);
  const [place = { repository: null }] = listPlaces(connection);
  return { url: toNoticesUrl(needs, connection), secret, events: await readEvents(ask, place) };
}

/** Looks at the hooks of a connection, mends or makes them, and writes down whether Bitbucket calls. */
export async function careForHooks(needs: TokenNeeds, connection: Connection, care: HookCare): Promise<HookOutcome> {
  const problem = findAddressProblem(needs);
  if (problem !== null) {
    await setHearing(needs, connection, 'polling');
    return {
      result: 'not_allowed',
      sentence: 'Bitbucket cannot call BASE_URL, so it is asked what moved.',
      wayOut: 'Set BASE_URL to an https address that can be reached from outside, then start again.',
    };
  }
  const ask = createCountedAsk(needs, connection);
  const wanted = await readWantedHook(needs, connection, ask);
  const known = await needs.stores.webhooks.list(connection.workspace);
  // A hook that may not have the stored secret yet is written anew, right or not.
  const isPending = isSecretPending(readCredentials(connection.credentials));
  const rewrites = isPending || care.rewrites === true;
  const mended: MendedHook[] = [];
  for (const place of listPlaces(connection)) {
    const rows = known.filter(({ repositoryUuid }) => repositoryUuid === place.repository).map(({ uuid }) => uuid);
    const found = await mendHook(ask, { place, wanted, known: rows, makes: care.makes, rewrites });
    await writeDown(needs, connection, found);
    mended.push(found);
  }
  await noteHearing(needs, connection, mended);
  const isTaken = mended.every(({ kind }) => kind === 'made' || kind === 'repaired');
  if (isPending && isTaken) await endPreviousSecret(needs, connection);
  return describeOutcome(mended, await readSlug(needs, connection.workspace));
}

async function readSlug({ stores }: TokenNeeds, workspace: string): Promise<string> {
  return (await stores.workspaces.get(workspace))?.slug ?? workspace;
}

async function writeDown({ stores, clock }: TokenNeeds, connection: Connection, mended: MendedHook): Promise<void> {
  const { workspace, reference } = connection;
  const now = clock.now();
  const before = new Map((await stores.webhooks.list(workspace)).map((row) => [row.uuid, row]));
  for (const uuid of mended.gone) await stores.webhooks.delete({ workspace, uuid });
  for (const uuid of mended.left) {
    await stores.webhooks.noteProblem({ workspace, uuid }, mended.problem);
  }
  if (mended.uuid === null) return;
  await stores.webhooks.save({
    ...{ workspace, uuid: mended.uuid, reference, repositoryUuid: mended.place.repository },
    ...{ madeAt: before.get(mended.uuid)?.madeAt ?? now, checkedAt: now, problem: mended.problem },
  });
}

/** Bitbucket calls when each place has a hook that works; one that nobody may look at works as long as it is heard of. */
async function noteHearing(needs: TokenNeeds, connection: Connection, mended: MendedHook[]): Promise<void> {
  const { stores, clock } = needs;
  if (mended.some(({ calls }) => calls === 'unknown')) {
    if (mended.some(({ kind }) => kind === 'unreachable' || kind === 'revoked')) return;
    const heardAt = await stores.notices.lastReceivedAt(connection.workspace);
    if (connection.hearing === 'notices' && heardAt !== null && heardAt > clock.now() - day) return;
  }
  await setHearing(needs, connection, mended.every(({ calls }) => calls === 'yes') ? 'notices' : 'polling');
}

async function setHearing(
  { stores, events }: TokenNeeds,
  connection: Connection,
  hearing: Connection['hearing'],
): Promise<void> {
  await events.step(connection.workspace, async (tx) => {
    await stores.connections.noteTerms(connection, { hearing }, tx);
    if (hearing !== connection.hearing) await events.onHearingChanged(connection.workspace, tx);
  });
}

/** What is said of each; of several places the one that comes first decides. */
const words: readonly (readonly [MendedHook['kind'], (slug: string, problem: string) => HookOutcome])[] = [
  ['revoked', (slug) => ({ result: 'revoked', sentence: refusedToken, wayOut: `drumbeat rotate ${slug}` })],
  [
    'unreachable',
    (slug, problem) => ({
      result: 'unreachable',
      sentence: `Bitbucket did not answer properly (${problem}).`,
      wayOut: `drumbeat hook ${slug}`,
    }),
  ],
  [
    'not_allowed',
    (slug, problem) => ({
      result: 'not_allowed',
      sentence: problem,
      wayOut: `Ask a workspace owner to run what this prints: drumbeat hook ${slug} --print`,
    }),
  ],
  ['none', (slug) => ({ result: 'not_wanted', sentence: noHook, wayOut: `drumbeat hook ${slug}` })],
  ['repaired', () => ({ result: 'repaired', sentence: 'The webhook was put right.', wayOut: null })],
  ['made', () => ({ result: 'made', sentence: 'Bitbucket calls from now on when something happens.', wayOut: null })],
  ['unchanged', () => ({ result: 'unchanged', sentence: 'The webhook is as it should be.', wayOut: null })],
];
const refusedToken = 'Bitbucket does not accept the token.';
const noHook = 'There is no webhook; Bitbucket is asked what moved.';

function describeOutcome(mended: readonly MendedHook[], slug: string): HookOutcome {
  for (const [kind, say] of words) {
    const found = mended.find((one) => one.kind === kind);
    if (found !== undefined) return say(slug, found.problem ?? '');
  }
  return { result: 'not_wanted', sentence: noHook, wayOut: `drumbeat hook ${slug}` };
}
