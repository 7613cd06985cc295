import { request, type Dispatcher } from 'undici';
import { throwIfInterrupted } from './interruption';

/** What came back from one request; `body` is `null` where it is not worth reading. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: AnswerHeaders; readonly body: string | null }
  | { readonly kind: 'no_answer'; readonly reason: string }
  | { readonly kind: 'too_large' };

interface AnswerHeaders {
  readonly location: string | null;
  readonly retryAfter: string | null;
  readonly rateLimit: string | null;
  readonly nearLimit: string | null;
  /** When the answer left, by the other's clock. */
  readonly date: string | null;
}

export interface Question {
  readonly url: URL;
  readonly authorization: string;
  /** For the whole of it, the body of the answer included. */
  readonly timeoutMs: number;
  /** By default GET, or POST where there is something to send. */
  readonly method?: Method;
  /** Fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** What is sent as JSON. */
  readonly json?: unknown;
  /** Aborted when the process ends. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the body of a refusal is read too: it may name what is missing. */
  readonly keepsRefusals?: boolean;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

type RequestOptions = NonNullable<Parameters<typeof request>[1]>;

/** No answer we ask for comes near this; a larger one would only fill the memory. */
const largestBody = 20 * 1024 * 1024;
const largestRefusal = 64 * 1024;

/**
 * One request, without following a redirect. Never throws for what the network or the other side does.
 * @throws Interrupted once its signal is aborted
 */
export async function send(question: Question): Promise<Answer> {
  const abort = new AbortController();
  throwIfInterrupted(question.signal);
  const end = (): void => abort.abort();
  const timer = setTimeout(end, question.timeoutMs);
  question.signal?.addEventListener('abort', end);
  try {
    const response = await request(question.url, toOptions(question, abort.signal));
    return await toAnswer(response, question.keepsRefusals === true);
  } catch (error) {
    throwIfInterrupted(question.signal);
    return { kind: 'no_answer', reason: abort.signal.aborted ? 'time-out' : toReason(error) };
  } finally {
    clearTimeout(timer);
    question.signal?.removeEventListener('abort', end);
  }
}

function toOptions(question: Question, signal: AbortSignal): RequestOptions {
  const { authorization, timeoutMs } = question;
  const sent = toSent(question);
  const method = question.method ?? (sent === null ? 'GET' : 'POST');
  const headers = { accept: 'application/json', authorization, 'user-agent': 'drumbeat' };
  const limits = { signal, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  if (sent === null) return { method, headers, ...limits };
  return { method, headers: { ...headers, 'content-type': sent.type }, body: sent.body, ...limits };
}

function toSent({ form, json }: Question): { readonly type: string; readonly body: string } | null {
  if (form !== undefined) {
    return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
  }
  return json === undefined ? null : { type: 'application/json', body: JSON.stringify(json) };
}

async function toAnswer(response: Dispatcher.ResponseData<unknown>, keepsRefusals: boolean): Promise<Answer> {
  const status = response.statusCode;
  const headers = {
    location: toSingle(response.headers.location),
    retryAfter: toSingle(response.headers['retry-after']),
    rateLimit: toSingle(response.headers['x-ratelimit-limit']),
    nearLimit: toSingle(response.headers['x-ratelimit-nearlimit']),
    date: toSingle(response.headers.date),
  };
  if (status < 200 || status > 299) {
    if (keepsRefusals && status >= 400) {
      const body = await readBounded(response.body, largestRefusal).catch(() => null);
      return { kind: 'answer', status, headers, body };
    }
    // What is left of a refusal is read only to free the connection; if that fails the status is still the answer.
    await response.body.dump().catch(() => undefined);
    return { kind: 'answer', status, headers, body: null };
  }
  const body = await readBounded(response.body, largestBody);
  return body === null ? { kind: 'too_large' } : { kind: 'answer', status, headers, body };
}

/** `null` as soon as it is larger than allowed; the rest is not read. */
async function readBounded(stream: AsyncIterable<Uint8Array>, largest: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > largest) {
      return null;
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function toSingle(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

/** The code of a network error: its message may hold an address. */
function toReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'the connection broke';
}
