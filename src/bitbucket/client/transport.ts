import { request, type Dispatcher } from 'undici';

/** What came back from one request; `body` is `null` where it is not worth reading. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: AnswerHeaders; readonly body: string | null }
  | { readonly kind: 'no_answer'; readonly reason: string }
  | { readonly kind: 'too_large' };

interface AnswerHeaders {
  readonly location: string | null;
  readonly retryAfter: string | null;
  /** When the answer left, by the other's clock. */
  readonly date: string | null;
}

export interface Question {
  readonly url: URL;
  readonly authorization: string;
  /** For the whole of it, the body of the answer included. */
  readonly timeoutMs: number;
  /** Fields of a form: then it is a POST, else a GET. */
  readonly form?: Readonly<Record<string, string>>;
}

type RequestOptions = NonNullable<Parameters<typeof request>[1]>;

/** No answer we ask for comes near this; a larger one would only fill the memory. */
const largestBody = 20 * 1024 * 1024;

/** One request, without following a redirect. Never throws for what the network or the other side does. */
export async function send(question: Question): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, question.timeoutMs);
  try {
    return await toAnswer(await request(question.url, toOptions(question, abort.signal)));
  } catch (error) {
    return { kind: 'no_answer', reason: abort.signal.aborted ? 'time-out' : toReason(error) };
  } finally {
    clearTimeout(timer);
  }
}

function toOptions({ authorization, timeoutMs, form }: Question, signal: AbortSignal): RequestOptions {
  const headers = { accept: 'application/json', authorization, 'user-agent': 'drumbeat' };
  const limits = { signal, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  if (form === undefined) return { method: 'GET', headers, ...limits };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', headers: { ...headers, ...type }, body: new URLSearchParams(form).toString(), ...limits };
}

async function toAnswer(response: Dispatcher.ResponseData<unknown>): Promise<Answer> {
  const status = response.statusCode;
  const headers = {
    location: toSingle(response.headers.location),
    retryAfter: toSingle(response.headers['retry-after']),
    date: toSingle(response.headers.date),
  };
  if (status < 200 || status > 299) {
    // What is left of a refusal is read only to free the connection; if that fails the status is still the answer.
    await response.body.dump().catch(() => undefined);
    return { kind: 'answer', status, headers, body: null };
  }
  const body = await readBounded(response.body);
  return body === null ? { kind: 'too_large' } : { kind: 'answer', status, headers, body };
}

/** `null` as soon as it is larger than allowed; the rest is not read. */
async function readBounded(stream: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > largestBody) {
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
