import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import { anchorPause, noPause, pickLonger, type Pause } from '../../domain/requests/pause';
import type { RequestLane } from '../../domain/requests/request-window';
import type { Log } from '../../machine/log';
import { resolveOn } from './address';
import { AccessRevoked, BitbucketUnavailable, Forbidden, NotFoundInBitbucket, RateLimited } from './errors';
import { parseRateHeaders, type ToldLimit } from './rate-headers';
import { toRetryAt } from './retry-after';
import { send, type Answer } from './transport';
import { throwIfInterrupted, untilAborted } from './interruption';

/** What a request is for: what requests are counted by, and what an error names. */
export type Purpose =
  | 'workspace'
  | 'repositories'
  | 'pull_requests'
  | 'activity'
  | 'history'
  | 'commits'
  | 'merge_commits'
  | 'sizes'
  | 'groups'
  | 'administrators'
  | 'permissions'
  | 'members'
  | 'repository'
  | 'pull_request';

/** Counts the requests of one workspace. */
interface RequestBudget {
  /** Resolves when one more request may be sent. @throws RateLimited */
  reserve(lane: RequestLane, purpose: Purpose): Promise<void>;
  /** Bitbucket said stop: nobody asks for this workspace before `until`. */
  pause(until: Instant): Promise<void>;
  /** What an answer about repositories said of the budget: other parts of the API have budgets of their own. */
  note(told: ToldLimit): Promise<void>;
}

/** The value of the `Authorization` header; `fresh`: one that is not the one Bitbucket just refused. */
export type Authorise = (options: { readonly fresh: boolean }) => Promise<string>;

export interface BitbucketClientOptions {
  /** `https://api.bitbucket.org`, or where a stand-in for it listens. The only host that is ever asked. */
  readonly apiUrl: string;
  /** Whose requests these are, with braces. */
  readonly workspace: string;
  readonly authorise: Authorise;
  readonly budget: RequestBudget;
  readonly clock: Clock;
  readonly lane: RequestLane;
  readonly log: Log;
  /** Hears of every answer, also of none. */
  readonly onAnswer?: (answer: Answer) => void;
  /** For one attempt, its body included. */
  readonly timeoutMs?: number;
  /** What to jitter with. */
  readonly random: () => number;
  /** How to wait between attempts. Default: timers. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Aborted when the process ends: what is under way ends at once, by `Interrupted`, and nothing more is asked. */
  readonly signal?: AbortSignal | undefined;
}

export type BitbucketClient = Pick<CountedClient, 'workspace' | 'log' | 'getJson' | 'resolve'>;

type Outcome =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'failed'; readonly error: BitbucketUnavailable };

const quickRetries = 2;
/** What everything else does without: it is asked for once and briefly, and holds nothing up. */
const optionalPurposes: ReadonlySet<Purpose> = new Set(['groups', 'administrators', 'permissions', 'members']);
const optionalTimeoutMs = 5_000;
const mostRedirects = 5;
/** Milliseconds; three times as long before the second retry, and up to twice as long by chance. */
const shortestWait = 250;

/** The one way to Bitbucket's API: bounded, counted, and never to another host. */
export function createBitbucketClient(options: BitbucketClientOptions): BitbucketClient {
  return new CountedClient(options);
}

class CountedClient {
  readonly workspace: string;
  readonly log: Log;
  readonly #options: Required<Omit<BitbucketClientOptions, 'signal'>> & Pick<BitbucketClientOptions, 'signal'>;
  /** How often in a row Bitbucket said 429, and until when that silences us. */
  #refusalsInRow = 0;
  #paused: Pause = noPause;

  constructor(options: BitbucketClientOptions) {
    this.#options = { timeoutMs: 30_000, wait: sleep, onAnswer: () => undefined, ...options };
    this.workspace = options.workspace;
    this.log = options.log;
  }

  /**
   * The absolute address of a path, or of a link found on the page `from`. @throws BitbucketUnavailable for another
   * host
   */
  resolve(pathOrUrl: string, from?: string): string {
    return resolveOn(this.#options.apiUrl, pathOrUrl, from === undefined ? undefined : new URL(from)).href;
  }

  /**
   * Parsed JSON of a path (`/2.0/…`) or of an address on the API host.
   * @throws RateLimited, AccessRevoked, Forbidden, NotFoundInBitbucket, BitbucketUnavailable, Interrupted
   */
  async getJson(purpose: Purpose, pathOrUrl: string): Promise<unknown> {
    let address = resolveOn(this.#options.apiUrl, pathOrUrl);
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const outcome = await this.#askPersistently(purpose, address);
      if (outcome.kind === 'json') {
        return outcome.json;
      }
      address = resolveOn(this.#options.apiUrl, outcome.location, address);
    }
    throw new BitbucketUnavailable({ status: null, reason: 'too many redirects' });
  }

  /** Until there is an answer: two quick retries for a failure that may pass, one for a token that has run out. */
  async #askPersistently(purpose: Purpose, address: URL): Promise<Extract<Outcome, { kind: 'json' | 'redirect' }>> {
    let fresh = false;
    let isRenewed = false;
    for (let failures = 0; ;) {
      const outcome: Outcome = await this.#ask(purpose, address, fresh);
      fresh = false;
      if (outcome.kind === 'json' || outcome.kind === 'redirect') {
        return outcome;
      }
      if (outcome.kind === 'unauthorised') {
        if (isRenewed) {
          throw toRevoked(purpose);
        }
        isRenewed = true;
        fresh = true;
        continue;
      }
      if (failures === (optionalPurposes.has(purpose) ? 0 : quickRetries)) {
        throw outcome.error;
      }
      const pause = shortestWait * 3 ** failures * (1 + this.#options.random());
      await untilAborted(this.#options.wait(pause), this.#options.signal);
      failures += 1;
    }
  }

  async #ask(purpose: Purpose, address: URL, fresh: boolean): Promise<Outcome> {
    const { authorise, budget, lane, signal, timeoutMs: usual } = this.#options;
    const timeoutMs = optionalPurposes.has(purpose) ? Math.min(usual, optionalTimeoutMs) : usual;
    throwIfInterrupted(signal);
    const authorization = await authorise({ fresh });
    await budget.reserve(lane, purpose);
    const answer = await send({ url: address, authorization, timeoutMs, signal });
    this.#options.onAnswer(answer);
    const status = answer.kind === 'answer' ? answer.status : null;
    this.log.debug({ workspace: this.workspace, purpose, lane, status, outcome: answer.kind }, 'Asked Bitbucket.');
    if (answer.kind === 'answer' && address.pathname.startsWith('/2.0/repositories/')) {
      await budget.note(parseRateHeaders(answer.headers));
    }
    if (answer.kind === 'answer' && answer.status === 429) {
      throw await this.#toRateLimited(answer.headers.retryAfter);
    }
    this.#refusalsInRow = status === null ? this.#refusalsInRow : 0;
    return toOutcome(answer, purpose);
  }

  /** Requests under way together are refused together: without a promise that is one refusal in the row. */
  async #toRateLimited(retryAfter: string | null): Promise<RateLimited> {
    const { clock, random, budget } = this.#options;
    const now = clock.now();
    this.#paused = anchorPause(this.#paused, now);
    if (now >= this.#paused.until || retryAfter !== null) {
      const until = toRetryAt(retryAfter, { now, inRow: this.#refusalsInRow, random });
      this.#refusalsInRow += 1;
      this.#paused = pickLonger(this.#paused, { since: now, until });
    }
    await budget.pause(this.#paused.until);
    return new RateLimited(this.#paused.until);
  }
}

/** What only some credentials may ask for says nothing of them: everything else is answered. */
function toRevoked(purpose: Purpose): AccessRevoked | Forbidden {
  return optionalPurposes.has(purpose) ? new Forbidden(purpose) : new AccessRevoked();
}

function toOutcome(answer: Answer, purpose: Purpose): Outcome {
  if (answer.kind === 'no_answer') {
    return toFailure(null, answer.reason);
  }
  if (answer.kind === 'too_large') {
    throw new BitbucketUnavailable({ status: 200, reason: 'the answer is too large' });
  }
  if (answer.body !== null) {
    return toJson(answer.status, answer.body);
  }
  if (answer.status < 400) {
    return toRedirect(answer.status, answer.headers.location);
  }
  return toRefusal(answer.status, purpose);
}

function toJson(status: number, body: string): Outcome {
  try {
    return { kind: 'json', json: JSON.parse(body) as unknown };
  } catch {
    return toFailure(status, 'the answer is no JSON');
  }
}

function toRedirect(status: number, location: string | null): Outcome {
  return location === null ? toFailure(status, 'a redirect to nowhere') : { kind: 'redirect', location };
}

/** The words of an error are never read: they may be HTML, an id, or nothing. */
function toRefusal(status: number, purpose: Purpose): Outcome {
  switch (status) {
    case 401:
      return { kind: 'unauthorised' };
    case 403:
      throw new Forbidden(purpose);
    case 405:
      // No reading of this with these credentials; where it is no option, the request is our mistake.
      throw optionalPurposes.has(purpose)
        ? new Forbidden(purpose)
        : new BitbucketUnavailable({ status, reason: `status ${status}` });
    case 404:
    case 410:
      throw new NotFoundInBitbucket(purpose);
    default:
      if (status < 500) {
        throw new BitbucketUnavailable({ status, reason: `status ${status}` });
      }
      return toFailure(status, `status ${status}`);
  }
}

function toFailure(status: number | null, reason: string): Outcome {
  return { kind: 'failed', error: new BitbucketUnavailable({ status, reason }) };
}
