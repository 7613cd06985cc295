import type { Connection } from '../../store/connections/connection';
import { findTokenConnection, isRefused, refused, type Refused, type TokenConnection } from './find-connection';
import { createCountedAsk, listPlaces, toNoticesUrl } from './hook-care';
import { deleteHook, listHooks, type HookPlace } from './hooks/bitbucket-hooks';
import type { TokenNeeds } from './token-needs';

export interface Left {
  readonly outcome: 'disconnected' | 'moved_back';
  readonly sentence: string;
  /** What is left to do by hand; `null`: nothing. */
  readonly wayOut: string | null;
}

export interface LeaveRequest {
  readonly workspaceName: string;
  /** The workspace goes back to the Connect app that it came from, and nothing is closed. */
  readonly backToConnect: boolean;
}

/** As an uninstall: the hook is deleted, the pages close, the data stay for a while. Said again it is done again. */
export async function leaveWorkspace(needs: TokenNeeds, request: LeaveRequest): Promise<Left | Refused> {
  const found = await findTokenConnection(needs, request.workspaceName);
  if (isRefused(found)) return found;
  return request.backToConnect ? goBack(needs, found) : disconnect(needs, found);
}

/** Where the workspace goes on through another door, its token and its hook alone are given up. */
async function disconnect(needs: TokenNeeds, { workspace, connection }: TokenConnection): Promise<Left | Refused> {
  const { connections } = needs.stores;
  const isClean = await takeHooksAway(needs, connection);
  const goesOn = await needs.events.step(workspace.uuid, async (tx) => {
    const now = await connections.getByReference(connection.kind, connection.reference, tx);
    if (now?.status !== 'uninstalled') {
      await connections.setStatus(connection, 'uninstalled', { now: needs.clock.now(), tx });
    }
    const status = (await connections.getStanding(workspace.uuid, tx))?.status ?? 'uninstalled';
    if (status === 'uninstalled') await needs.events.onDisconnected(workspace.uuid, tx);
    return status === 'live';
  });
  needs.log.info({ workspace: workspace.uuid, goesOn }, 'a workspace is disconnected');
  const sentence = goesOn
    ? `The token of ${workspace.name} is given up; the workspace stays connected through the Connect app.`
    : `${workspace.name} is disconnected.`;
  return { outcome: 'disconnected', sentence, wayOut: describeRest(isClean) };
}

/** The other connection first: from then on Bitbucket's calls through it are those of a live one. */
async function goBack(needs: TokenNeeds, { workspace, connection }: TokenConnection): Promise<Left | Refused> {
  const { connections } = needs.stores;
  const live = await needs.events.step(workspace.uuid, async (tx) => {
    const isBack = await connections.giveBack(connection, { now: needs.clock.now(), tx });
    if (isBack) await needs.events.onMoved(workspace.uuid, tx);
    return connections.getLive(workspace.uuid, tx);
  });
  if (live === null || live.kind === 'access_token') {
    return refused(
      `${workspace.name} did not come from the Connect app, or that was uninstalled.`,
      `drumbeat disconnect ${workspace.slug} closes it.`,
    );
  }
  const isClean = await takeHooksAway(needs, connection);
  needs.log.info({ workspace: workspace.uuid }, 'a workspace went back to Connect');
  const sentence = `${workspace.name} is connected through the Connect app again.`;
  return { outcome: 'moved_back', sentence, wayOut: describeRest(isClean) };
}

function describeRest(isClean: boolean): string | null {
  return isClean
    ? null
    : 'Bitbucket did not let the webhook be deleted: delete it by hand in its settings. Its calls are refused.';
}

/** Every hook that calls our address, known or not; `false`: one may be left. */
async function takeHooksAway(needs: TokenNeeds, connection: Connection): Promise<boolean> {
  const { webhooks } = needs.stores;
  const { workspace } = connection;
  let isClean = true;
  for (const place of listPlaces(connection)) isClean = (await clear(needs, connection, place)) && isClean;
  if (!isClean) return (await webhooks.list(workspace)).length === 0;
  for (const { uuid } of await webhooks.list(workspace)) await webhooks.delete({ workspace, uuid });
  return true;
}

async function clear(needs: TokenNeeds, connection: Connection, place: HookPlace): Promise<boolean> {
  const ask = createCountedAsk(needs, connection);
  const list = await listHooks(ask, place);
  if (list.kind !== 'done') return list.kind === 'gone';
  const known = new Set((await needs.stores.webhooks.list(connection.workspace)).map(({ uuid }) => uuid));
  const url = toNoticesUrl(needs, connection);
  const ours = list.value.filter((hook) => hook.url === url || known.has(hook.uuid));
  let isClean = true;
  for (const { uuid } of ours) {
    const isDeleted = (await deleteHook(ask, { ...place, uuid })).kind === 'done';
    if (isDeleted) await needs.stores.webhooks.delete({ workspace: connection.workspace, uuid });
    isClean = isClean && isDeleted;
  }
  return isClean;
}
