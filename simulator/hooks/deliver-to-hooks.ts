import { createHmac } from 'node:crypto';
import { largestNotice, postNotice, toNoticeHeaders, type Delivery, type PostOptions } from '../connect/post-notice';
import { uuidOf } from '../world/random';
import type { SimulatorNotice } from '../connect/deliver-notice';
import type { Hook, Workspace } from '../world/model';

/** What became of a notice at one hook. */
export interface HookDelivery extends Delivery {
  readonly hookUuid: string;
  /** The same for all attempts, another for every hook; without braces. */
  readonly requestUuid: string;
}

interface Wrapped {
  readonly data: { readonly repository?: { readonly uuid?: string } };
}

/** Sends a notice to every active hook of its workspace and repository that is to be told of its event. */
export async function deliverToHooks(
  workspace: Workspace | null,
  notice: SimulatorNotice,
  options: PostOptions,
): Promise<HookDelivery[]> {
  const hooks = workspace?.hooks.all ?? [];
  if (hooks.length === 0) return [];
  const { data } = JSON.parse(notice.body) as Wrapped;
  const repositoryUuid = data.repository?.uuid ?? null;
  const isTold = (hook: Hook): boolean =>
    hook.isActive &&
    hook.events.includes(notice.eventKey) &&
    (hook.repositoryUuid === null || hook.repositoryUuid === repositoryUuid);
  // The payload itself: only apps get it wrapped.
  const body = JSON.stringify(data);
  const deliveries: HookDelivery[] = [];
  for (const hook of hooks.filter(isTold)) {
    deliveries.push(await deliverToHook(hook, { ...notice, body }, options));
  }
  return deliveries;
}

async function deliverToHook(hook: Hook, notice: SimulatorNotice, options: PostOptions): Promise<HookDelivery> {
  const requestUuid = uuidOf(`delivery ${notice.requestUuid} ${hook.uuid}`).slice(1, -1);
  const known = { hookUuid: hook.uuid, requestUuid };
  const { body } = notice;
  if (Buffer.byteLength(body) > largestNotice) {
    return { ...known, status: null, attempts: 0 };
  }
  const toHeaders = (attempt: number): Record<string, string> => ({
    ...toNoticeHeaders({ ...notice, requestUuid }, attempt),
    'x-hook-uuid': hook.uuid.slice(1, -1),
    ...(hook.secret === null ? {} : { 'x-hub-signature': signBody(hook.secret, body) }),
  });
  return { ...known, ...(await postNotice({ url: hook.url, body, toHeaders }, options)) };
}

/** `sha256=` and the HMAC-SHA256 of the raw bytes in hexadecimal digits. */
export function signBody(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
}
