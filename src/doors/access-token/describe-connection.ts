import { pickTelling } from '../../domain/connections/live-connection';
import type { Instant } from '../../domain/instant';
import type { Connection, ConnectionKind, ConnectionStatus } from '../../store/connections/connection';
import type { Webhook } from '../../store/connections/webhook-store';
import { getTokenForm, readCredentials, type TokenForm } from './credentials/credentials';
import { describeExpiry, formatMoment, type Expiry } from './expiry';
import type { KnownWorkspace, TokenNeeds } from './token-needs';

/** A state in words, with what to do about it; `null`: nothing. */
export interface Words {
  readonly sentence: string;
  readonly wayOut: string | null;
}

/** How a workspace is connected, for `drumbeat status` and for pages. No secret is in it. */
export interface ConnectionDescription {
  readonly workspace: { readonly uuid: string; readonly slug: string; readonly name: string };
  readonly kind: ConnectionKind;
  readonly status: ConnectionStatus;
  /** `null`: not by a token. */
  readonly tokenForm: TokenForm | null;
  /** How many it reaches; `null`: all of the workspace. */
  readonly repositories: number | null;
  readonly givenAt: Instant | null;
  readonly expiry: Expiry | null;
  readonly hearing: Connection['hearing'];
  /** Of the webhook; `null` for what the platform brings by itself. */
  readonly hook: (Words & { readonly isTrouble: boolean }) | null;
  readonly lastNoticeAt: Instant | null;
  /** Up to when it was compared with Bitbucket. */
  readonly verifiedAt: Instant | null;
  /** Why it does not work; `null`: it does. */
  readonly problem: Words | null;
}

const day = 86_400_000;
/** A notice takes a moment, and clocks differ. */
const grace = 10 * 60_000;

/** `null`: it was never connected. */
export async function describeConnection(needs: TokenNeeds, uuid: string): Promise<ConnectionDescription | null> {
  const workspace = await needs.stores.workspaces.get(uuid);
  const connection = pickTelling(await needs.stores.connections.list(uuid));
  return workspace === null || connection === null ? null : describe(needs, workspace, connection);
}

/** Of every workspace that is connected or was, in the order of their short names. */
export async function describeConnections(needs: TokenNeeds): Promise<ConnectionDescription[]> {
  const workspaces = (await needs.stores.workspaces.list()).toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const all = await Promise.all(workspaces.map(({ uuid }) => describeConnection(needs, uuid)));
  return all.filter((one) => one !== null);
}

async function describe(
  needs: TokenNeeds,
  workspace: KnownWorkspace,
  connection: Connection,
): Promise<ConnectionDescription> {
  const { uuid, slug, name, verifiedAt } = workspace;
  const { kind, status, repositories, givenAt, hearing } = connection;
  const isToken = kind === 'access_token';
  const now = needs.clock.now();
  const lastNoticeAt = await needs.stores.notices.lastReceivedAt(uuid);
  return {
    workspace: { uuid, slug, name },
    ...{ kind, status, givenAt: isToken ? givenAt : null, hearing, lastNoticeAt, verifiedAt },
    repositories: repositories?.length ?? null,
    tokenForm: isToken ? getTokenForm(readCredentials(connection.credentials)) : null,
    expiry: isToken ? describeExpiry(connection, { now, slug }) : null,
    hook: isToken && status === 'live' ? await describeHook(needs, { slug, connection, lastNoticeAt }) : null,
    problem: describeProblem(connection, slug),
  };
}

function describeProblem({ status, problem, kind }: Connection, slug: string): Words | null {
  const isToken = kind === 'access_token';
  if (problem !== null) return { sentence: problem, wayOut: isToken ? `drumbeat rotate ${slug}` : null };
  if (status !== 'uninstalled') return null;
  return { sentence: 'This workspace is disconnected.', wayOut: isToken ? `drumbeat connect ${slug}` : null };
}

interface HookState {
  readonly slug: string;
  readonly connection: Connection;
  readonly lastNoticeAt: Instant | null;
}

async function describeHook(needs: TokenNeeds, state: HookState): Promise<ConnectionDescription['hook']> {
  const { slug, connection, lastNoticeAt } = state;
  const hooks = await needs.stores.webhooks.list(connection.workspace);
  const wayOut = `drumbeat hook ${slug}`;
  const problem = hooks.find((hook) => hook.problem !== null)?.problem ?? null;
  if (problem !== null) return { isTrouble: true, sentence: problem, wayOut };
  if (connection.hearing === 'polling') {
    const isHeard = lastNoticeAt !== null && lastNoticeAt > needs.clock.now() - day;
    const sentence = isHeard
      ? 'Bitbucket calls, but the token may not look at the webhook; changes are looked for as well.'
      : 'There is no webhook; Bitbucket is asked what moved.';
    return { isTrouble: false, sentence, wayOut: `${wayOut} --print` };
  }
  const silence = await findSilence(needs, { hooks, workspace: connection.workspace, lastNoticeAt });
  if (silence === null) return { isTrouble: false, sentence: 'Bitbucket calls when something happens.', wayOut: null };
  return { isTrouble: true, sentence: silence, wayOut };
}

interface Heard {
  readonly workspace: string;
  readonly hooks: readonly Webhook[];
  readonly lastNoticeAt: Instant | null;
}

/**
 * Nothing was heard for a day although something changed: the newest change of a pull request that is known, by whatever
 * way, came well after the last notice. `null`: nothing speaks for that.
 */
async function findSilence(needs: TokenNeeds, { workspace, hooks, lastNoticeAt }: Heard): Promise<string | null> {
  const since = lastNoticeAt ?? Math.min(...hooks.map(({ madeAt }) => madeAt));
  if (!Number.isFinite(since) || since > needs.clock.now() - day) return null;
  const changedAt = await needs.stores.pullRequests.newestChangeAt(workspace);
  if (changedAt === null || changedAt < since + grace) return null;
  const called =
    lastNoticeAt === null ? 'Bitbucket has not called yet' : `Bitbucket has not called since ${formatMoment(since)}`;
  return `${called}, although a pull request changed on ${formatMoment(changedAt)}; changes are found hourly.`;
}
