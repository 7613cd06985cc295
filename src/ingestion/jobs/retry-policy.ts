import {
  AccessRevoked,
  BitbucketUnavailable,
  Forbidden,
  NotFoundInBitbucket,
  RateLimited,
  UnreadablePayload,
} from '../../bitbucket/errors';
import type { Instant } from '../../domain/instant';
import { LateAnswer } from './late-answer';

/** What to do with a job that failed. */
export type RetryDecision =
  | { readonly kind: 'again'; readonly runAt: Instant; readonly countAttempt: boolean; readonly problem: string }
  | { readonly kind: 'park'; readonly runAt: Instant; readonly problem: string }
  | { readonly kind: 'drop'; readonly problem: string }
  | { readonly kind: 'give_up'; readonly problem: string; readonly isOurMistake: boolean };

const second = 1000;
const minute = 60 * second;

/** How often Bitbucket may fail a job before it is given up: with the back-off below about an hour and a half. */
const mostFailures = 12;
/** Our own mistakes do not mend themselves. */
const mostMistakes = 5;
/**
 * A withdrawn access is looked at again at the latest in this time: somebody may have restored it. At first much sooner,
 * because Bitbucket may not take a new secret before the call that brought it has been answered.
 */
const parkedFor = 10 * minute;

/** 5 s, 10 s, 20 s … at most 15 minutes, each between half and all of it so that many do not return at once. */
export function backOff(attempts: number, random: () => number): number {
  const longest = Math.min(15 * minute, 5 * second * 2 ** attempts);
  return Math.round(longest / 2 + (longest / 2) * random());
}

interface Failure {
  readonly error: unknown;
  /** Failures before this one. */
  readonly attempts: number;
  readonly now: Instant;
  readonly random: () => number;
}

/**
 * The one place that decides over failed work (design, section 6): who waits, who is parked, who is given up.
 */
export function decideRetry({ error, attempts, now, random }: Failure): RetryDecision {
  if (error instanceof RateLimited) {
    return { kind: 'again', runAt: error.retryAt, countAttempt: false, problem: 'The request limit is used up.' };
  }
  if (error instanceof LateAnswer) {
    return { kind: 'again', runAt: error.retryAt, countAttempt: true, problem: error.message };
  }
  if (error instanceof AccessRevoked) {
    const runAt = now + Math.min(parkedFor, second * 4 ** attempts);
    return { kind: 'park', runAt, problem: 'Bitbucket refused our access to this workspace.' };
  }
  if (error instanceof NotFoundInBitbucket)
    return { kind: 'drop', problem: `Bitbucket does not find it (${toWords(error.what)}).` };
  if (error instanceof Forbidden) {
    return {
      kind: 'give_up',
      problem: `Bitbucket does not let us read it (${toWords(error.what)}).`,
      isOurMistake: false,
    };
  }
  return decideFailure({ error, attempts, now, random });
}

function decideFailure({ error, attempts, now, random }: Failure): RetryDecision {
  const runAt = now + backOff(attempts, random);
  const isTheirs = error instanceof BitbucketUnavailable || error instanceof UnreadablePayload;
  const problem = toSentence(error);
  if (attempts + 1 >= (isTheirs ? mostFailures : mostMistakes)) {
    return { kind: 'give_up', problem, isOurMistake: !isTheirs };
  }
  return { kind: 'again', runAt, countAttempt: true, problem };
}

const toWords = (purpose: string): string => purpose.replaceAll('_', ' ');

function toSentence(error: unknown): string {
  if (error instanceof BitbucketUnavailable) return `Bitbucket did not answer properly: ${error.reason}.`;
  if (error instanceof UnreadablePayload) {
    return `Bitbucket's answer could not be understood: ${error.problems.slice(0, 3).join('; ')}.`;
  }
  return 'Something went wrong on our side; the log has the details.';
}
