import { z } from 'zod';
import { resolveOn } from './address';
import { BitbucketUnavailable } from './errors';
import { send, type Answer, type Method } from './transport';

/** One question to the API, outside the work that is put down as jobs. */
export interface ApiQuestion {
  /** Default: GET. */
  readonly method?: Method;
  /** `/2.0/…` with its query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly json?: unknown;
}

export type ApiReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Of a success, parsed; `null` when it has no body. */
      readonly json: unknown;
      /** The scopes that a refusal says are missing. */
      readonly required: readonly string[];
    }
  | {
      /** Nothing that tells of us: no answer, 429, 5xx, or something that no API answers. */
      readonly kind: 'unreachable';
      /** In words, to come after "Bitbucket cannot be reached": never an address, never a piece of a body. */
      readonly reason: string;
    };

/** Asks with the credentials that it was made for. */
export type AskApi = (question: ApiQuestion) => Promise<ApiReply>;

export interface ApiAccess {
  readonly apiUrl: string;
  readonly authorization: string;
  /** Once it is aborted, nothing is asked any more, and whoever asks hears of it by `Interrupted`. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of each 429, with its `Retry-After`: whoever else asks in the same name has to wait as well. */
  readonly onTooMany?: (retryAfter: string | null) => Promise<void>;
}

type Whole = Extract<Answer, { kind: 'answer' }>;

const timeoutMs = 20_000;
const mostRedirects = 5;
const missingScopes = z.object({
  error: z.object({ detail: z.object({ required: z.array(z.string().regex(/^[\w:.-]{1,64}$/u)).max(20) }) }),
});

/**
 * Questions at the configured API address alone: a redirect is followed only there, and only for GET. Never throws for
 * what the network or the other side does.
 * @throws Interrupted when the process ends
 */
export function createAskApi(options: ApiAccess): AskApi {
  return async (question) => {
    try {
      return await askAndFollow(question, options);
    } catch (error) {
      if (error instanceof BitbucketUnavailable) return unreachable(error.reason);
      throw error;
    }
  };
}

/** @throws BitbucketUnavailable for a link that leads elsewhere */
async function askAndFollow(question: ApiQuestion, access: ApiAccess): Promise<ApiReply> {
  const { apiUrl } = access;
  let url = resolveOn(apiUrl, question.path);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await askOnce(url, question, access);
    if (answer.kind !== 'answer') return toUnreachable(answer);
    const next = findRedirect(answer, question);
    if (next === null) return toReply(answer);
    url = resolveOn(apiUrl, next, url);
  }
  return unreachable('too many redirects');
}

/** Where an answer sends on; `null` for one that does not. */
function findRedirect({ status, headers }: Whole, { method = 'GET' }: ApiQuestion): string | null {
  return method === 'GET' && status >= 300 && status < 400 ? headers.location : null;
}

async function askOnce(url: URL, { method = 'GET', json }: ApiQuestion, access: ApiAccess): Promise<Answer> {
  const { authorization, signal, onTooMany } = access;
  const answer = await send({ url, authorization, timeoutMs, method, json, signal, keepsRefusals: true });
  if (answer.kind === 'answer' && answer.status === 429) await onTooMany?.(answer.headers.retryAfter);
  return answer;
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const unreachable = (reason: string): ApiReply => ({ kind: 'unreachable', reason });

function toUnreachable(answer: Exclude<Answer, Whole>): ApiReply {
  return unreachable(answer.kind === 'no_answer' ? answer.reason : 'the answer is too large');
}

function toReply({ status, body }: Whole): ApiReply {
  if (status === 429) return unreachable('too many requests, status 429');
  const json = parse(body);
  if (isSuccess(status)) {
    return json === undefined ? unreachable('the answer is no JSON') : { kind: 'answer', status, json, required: [] };
  }
  if (status < 400 || status >= 500) return unreachable(`status ${status}`);
  const missing = missingScopes.safeParse(json);
  return { kind: 'answer', status, json: null, required: missing.data?.error.detail.required ?? [] };
}

/** `undefined` for what is no JSON, `null` for nothing. */
function parse(body: string | null): unknown {
  if (body === null || body.trim() === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
