import { toHttpDate } from '../present/times';
import type { Instant } from '../world/model';

export interface Delivery {
  /** Of the last attempt; `null` when nothing was sent or nothing answered. */
  readonly status: number | null;
  readonly attempts: number;
}

export interface PostOptions {
  readonly retryDelayMs: number;
  /** How long an answer is waited for. */
  readonly answerWithinMs: number;
}

/** Larger bodies are dropped without a word. */
export const largestNotice = 256 * 1024;
const mostAttempts = 3;

/** What every delivery says of itself, whoever it goes to. */
export function toNoticeHeaders(
  notice: { readonly eventKey: string; readonly at: Instant; readonly requestUuid: string },
  attempt: number,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Bitbucket-Webhooks/2.0',
    'x-event-key': notice.eventKey,
    'x-event-time': toHttpDate(notice.at),
    'x-request-uuid': notice.requestUuid,
    'x-attempt-number': String(attempt),
  };
}

/** Sends a body, and again after a 5xx or silence, three times in all. */
export async function postNotice(
  sent: {
    readonly url: string;
    readonly body: string;
    readonly toHeaders: (attempt: number) => Record<string, string>;
  },
  options: PostOptions,
): Promise<Delivery> {
  let status: number | null = null;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    status = await postOnce(sent.url, { headers: sent.toHeaders(attempt), body: sent.body }, options.answerWithinMs);
    if (status !== null && status < 500) {
      return { status, attempts: attempt };
    }
    await wait(attempt < mostAttempts ? options.retryDelayMs : 0);
  }
  return { status, attempts: mostAttempts };
}

async function postOnce(
  url: string,
  { headers, body }: { readonly headers: Record<string, string>; readonly body: string },
  answerWithinMs: number,
): Promise<number | null> {
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
