import { request, type Dispatcher } from 'undici';
import { ExchangeUnavailable } from './errors';

/** A reply whose body was JSON, or `null` when it was not. */
export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
  /** When the answer left, by the other's clock; `null` when it did not say. */
  readonly sentAt: number | null;
}

export interface JsonQuestion {
  readonly method: 'GET' | 'POST';
  /** Always an address of the settings, never one that a request carried. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const timeoutMs = 15_000;
const largestReply = 1024 * 1024;

/**
 * One question, without following redirects: a redirect would carry our credentials to an address nobody chose.
 * Throws ExchangeUnavailable for 429, 5xx, time-outs and lost connections.
 */
export async function requestJson(question: JsonQuestion): Promise<JsonReply> {
  const reply = await send(question);
  if (reply.status === 429 || reply.status >= 500) {
    throw new ExchangeUnavailable(reply.status, `it answered ${reply.status.toString()}`);
  }
  return reply;
}

async function send(question: JsonQuestion): Promise<JsonReply> {
  try {
    const reply = await request(question.url, {
      method: question.method,
      headers: { accept: 'application/json', ...question.headers },
      body: question.body ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(2 * timeoutMs),
    });
    const sentAt = toInstant(reply.headers['date']);
    return { status: reply.statusCode, body: toJson(await readBounded(reply)), sentAt };
  } catch (error) {
    throw new ExchangeUnavailable(null, error instanceof Error ? error.name : 'unknown');
  }
}

async function readBounded(reply: Dispatcher.ResponseData): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of reply.body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestReply) throw new Error('the reply is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function toInstant(header: string | string[] | undefined): number | null {
  const instant = typeof header === 'string' ? Date.parse(header) : NaN;
  return Number.isNaN(instant) ? null : instant;
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
