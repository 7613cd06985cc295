import { toHttpDate } from '../present/times';
import { uuidOf } from '../world/random';
import { toAppAddress } from './app-descriptor';
import { isSuccess, type Installation } from './installations';
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

export interface Delivery {
  /** Of the last attempt; `null` when nothing was sent or nothing answered. */
  readonly status: number | null;
  readonly attempts: number;
}

const largestBody = 256 * 1024;
const answerWithinMs = 10_000;
const mostAttempts = 3;

/**
 * Sends a notice to the app's addresses for its event. After a 5xx or silence it is sent again, three times in all.
 * Bodies over 256 KB and events nobody asked for are dropped without a word.
 */
export async function deliverNotice(
  installation: Installation | null,
  notice: SimulatorNotice,
  from: { readonly clock: Clock; readonly retryDelayMs: number },
): Promise<Delivery> {
  const url = installation === null ? null : findAddress(installation, notice);
  if (installation === null || url === null) {
    return { status: null, attempts: 0 };
  }
  let status: number | null = null;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    status = await post(url, toHeaders(installation, notice, { url, attempt, clock: from.clock }), notice.body);
    if (status !== null && status < 500) {
      return { status, attempts: attempt };
    }
    await wait(attempt < mostAttempts ? from.retryDelayMs : 0);
  }
  return { status, attempts: mostAttempts };
}

/** Where a notice goes; `null` when it goes nowhere. */
function findAddress({ descriptor, isInstalled }: Installation, notice: SimulatorNotice): string | null {
  const hook = descriptor.modules.webhooks.find(({ event }) => event === notice.eventKey || event === '*');
  const isSent = isInstalled && hook !== undefined && Buffer.byteLength(notice.body) <= largestBody;
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
    'content-type': 'application/json',
    'user-agent': 'Bitbucket-Webhooks/2.0',
    'x-event-key': notice.eventKey,
    'x-event-time': toHttpDate(notice.at),
    'x-hook-uuid': uuidOf(`hook ${clientKey} ${notice.eventKey}`).slice(1, -1),
    'x-request-uuid': notice.requestUuid,
    'x-attempt-number': String(attempt.attempt),
  };
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null; // No answer in time, or no connection: Bitbucket only knows that it failed.
  }
}

async function wait(milliseconds: number): Promise<void> {
  if (milliseconds > 0) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}

/** Whether the app took the notice. */
export function isDelivered({ status }: Delivery): boolean {
  return status !== null && isSuccess(status);
}
