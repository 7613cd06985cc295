import { uuidOf } from '../world/random';
import { toAppAddress } from './app-descriptor';
import { isSuccess, type Installation } from './installations';
import { largestNotice, postNotice, toNoticeHeaders, type Delivery, type PostOptions } from './post-notice';
import { signForApp } from './tokens';
import type { Clock, Instant } from '../world/model';

/** One notice as Bitbucket would send it: the body is fixed at the moment it was caused. */
export interface SimulatorNotice {
  readonly workspaceUuid: string;
  readonly eventKey: string;
  /** The same for all attempts, without braces. */
  readonly requestUuid: string;
  readonly at: Instant;
  /** `{ event, data }`, compact. */
  readonly body: string;
}

/**
 * Sends a notice to the app's address for its event. Bodies over 256 KB and events nobody asked for are dropped without
 * a word.
 */
export async function deliverNotice(
  installation: Installation | null,
  notice: SimulatorNotice,
  from: PostOptions & { readonly clock: Clock },
): Promise<Delivery> {
  const url = installation === null ? null : findAddress(installation, notice);
  if (installation === null || url === null) {
    return { status: null, attempts: 0 };
  }
  const { body } = notice;
  const toAttempt = (attempt: number): Record<string, string> =>
    toHeaders(installation, notice, { url, attempt, clock: from.clock });
  return postNotice({ url, body, toHeaders: toAttempt }, from);
}

/** Where a notice goes; `null` when it goes nowhere. */
function findAddress({ descriptor, isInstalled }: Installation, notice: SimulatorNotice): string | null {
  const hook = descriptor.modules.webhooks.find(({ event }) => event === notice.eventKey || event === '*');
  const isSent = isInstalled && hook !== undefined && Buffer.byteLength(notice.body) <= largestNotice;
  return isSent ? toAppAddress(descriptor, hook.url) : null;
}

function toHeaders(
  { clientKey, secret, descriptor }: Installation,
  notice: SimulatorNotice,
  attempt: { readonly url: string; readonly attempt: number; readonly clock: Clock },
): Record<string, string> {
  const request = { method: 'POST', url: attempt.url, baseUrl: descriptor.baseUrl };
  return {
    authorization: `JWT ${signForApp(request, { clientKey, secret: secret ?? '' }, attempt.clock)}`,
    ...toNoticeHeaders(notice, attempt.attempt),
    'x-hook-uuid': uuidOf(`hook ${clientKey} ${notice.eventKey}`).slice(1, -1),
  };
}

/** Whether the app took the notice. */
export function isDelivered({ status }: Delivery): boolean {
  return status !== null && isSuccess(status);
}
