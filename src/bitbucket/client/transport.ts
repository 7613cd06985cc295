import { request, type Dispatcher } from 'undici';

/** What came back from one request; `body` is `null` where it is not worth reading. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: AnswerHeaders; readonly body: string | null }
  | { readonly kind: 'no_answer'; readonly reason: string }
  | { readonly kind: 'too_large' };

export interface AnswerHeaders {
  readonly location: string | null;
  readonly retryAfter: string | null;
}

/** No answer we ask for comes near this; a larger one would only fill the memory. */
const largestBody = 20 * 1024 * 1024;

/** One GET, without following a redirect. Never throws for what the network or the other side does. */
export async function sendGet(url: URL, authorization: string, timeoutMs: number): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, timeoutMs);
  try {
    const response = await request(url, {
      method: 'GET',
      headers: { accept: 'application/json', authorization, 'user-agent': 'drumbeat' },
      signal: abort.signal,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    return await toAnswer(response);
  } catch (error) {
    return { kind: 'no_answer', reason: abort.signal.aborted ? 'time-out' : toReason(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function toAnswer(response: Dispatcher.ResponseData): Promise<Answer> {
  const status = response.statusCode;
  const headers = {
    location: toSingle(response.headers.location),
    retryAfter: toSingle(response.headers['retry-after']),
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
