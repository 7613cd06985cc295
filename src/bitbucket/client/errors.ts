import type { Instant } from '../../domain/instant';

/** Too many requests, by Bitbucket's word or by our own count. Nothing may be asked before `retryAt`. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';
  constructor(readonly retryAt: Instant) {
    super('The request limit is used up for now.');
  }
}

/** Bitbucket no longer takes our credentials, also fresh ones. */
export class AccessRevoked extends Error {
  override readonly name = 'AccessRevoked';
  /** The message is for people; a door that knows more of its credentials says more. */
  constructor(message = 'Bitbucket refused our access to this workspace.') {
    super(message);
  }
}

/** Our credentials are good, but not for this (403): a missing scope, or something for administrators only. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  /** What was asked for: the purpose of the request. */
  constructor(readonly what: string) {
    super(`Bitbucket does not let us read: ${what}.`);
  }
}

/** Gone, or never there (404, 410). */
export class NotFoundInBitbucket extends Error {
  override readonly name = 'NotFoundInBitbucket';
  /** What was asked for: the purpose of the request. */
  constructor(readonly what: string) {
    super(`Not found in Bitbucket: ${what}.`);
  }
}

/** Bitbucket did not answer, or answered something that no API answers. Worth another try later. */
export class BitbucketUnavailable extends Error {
  override readonly name = 'BitbucketUnavailable';
  /** HTTP status; `null` when there was no answer at all. */
  readonly status: number | null;
  /** In words for a log; never an address with its query, never a piece of a body. */
  readonly reason: string;
  constructor(facts: { status: number | null; reason: string }) {
    super(`Bitbucket is unavailable: ${facts.reason}.`);
    this.status = facts.status;
    this.reason = facts.reason;
  }
}

/** A body that lacks what we cannot do without. Asking or parsing again does not help. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
  /** Of a notice, where it names one. */
  readonly eventKey: string | null;
  /** Paths and expectations, never values. */
  readonly problems: readonly string[];
  constructor(facts: { eventKey: string | null; problems: readonly string[] }) {
    super(`Unreadable payload: ${facts.problems.join('; ')}.`);
    this.eventKey = facts.eventKey;
    this.problems = facts.problems;
  }
}

/** The process ends: nothing was learnt, of Bitbucket or of the workspace, and the next process asks anew. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('The process ends; the next one asks anew.');
  }
}

/** Bitbucket does not show what is asked for, and will not a moment later either. */
export function isRefusal(error: unknown): error is Forbidden | NotFoundInBitbucket {
  return error instanceof Forbidden || error instanceof NotFoundInBitbucket;
}

/** Whether nothing of the workspace can be read now, so that what is beside the failure need not be tried. */
export function stopsEverything(error: unknown): error is RateLimited | AccessRevoked | Interrupted {
  return error instanceof RateLimited || error instanceof AccessRevoked || error instanceof Interrupted;
}

/** The answer; or, where Bitbucket does not find what is asked for, what is to be made of that. */
export async function ifNotFound<T, E>(answer: Promise<T>, otherwise: () => E | Promise<E>): Promise<T | E> {
  return answer.catch((error: unknown) => {
    if (error instanceof NotFoundInBitbucket) return otherwise();
    throw error;
  });
}
