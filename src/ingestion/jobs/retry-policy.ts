import {
  AccessRevoked,
  BitbucketUnavailable,
  isRefusal,
  RateLimited,
  UnreadablePayload,
} from '../../bitbucket/client/errors';
import type { Instant } from '../../domain/instant';
import { DatabaseFailed } from '../../store/database/database-failed';
import { describeProblem } from './describe-problem';
import { LateAnswer } from './late-answer';

/** What to do with a job that failed. */
export type RetryDecision =
  | {
      readonly kind: 'again';
      readonly runAt: Instant;
      readonly countAttempt: boolean;
      readonly problem: string;
      /** It failed so often through a fault of ours that somebody must look. */
      readonly isOurMistake: boolean;
    }
  | { readonly kind: 'park'; readonly runAt: Instant; readonly problem: string }
  | { readonly kind: 'give_up'; readonly problem: string; readonly isOurMistake: boolean };

const second = 1000;
const minute = 60 * second;

/** How often Bitbucket may fail a job before it is given up: with the back-off below about an hour and a half. */
const mostFailures = 12;
/** A refusal has been seen to pass within minutes; what stays refused is asked for again by reconciliation. */
const mostRefusals = 6;
/** Our own mistakes do not mend themselves. */
const mostMistakes = 5;
const usualLongestPause = 15 * minute;
/**
 * A withdrawn access is looked at again at the latest in this time: somebody may have restored it. At first much sooner,
 * because Bitbucket may not take a new secret before the call that brought it has been answered.
 */
const parkedFor = 10 * minute;

/** 5 s, 10 s, 20 s … at most the longest pause, each between half and all of it so that many do not return at once. */
function backOff(attempts: number, random: () => number, longestPause = usualLongestPause): number {
  const longest = Math.min(longestPause, 5 * second * 2 ** attempts);
  return Math.round(longest / 2 + (longest / 2) * random());
}

interface Failure {
  readonly error: unknown;
  /** Failures before this one. */
  readonly attempts: number;
  readonly now: Instant;
  readonly random: () => number;
  /** Of work that is never given up; `null` for other work. */
  readonly longestPauseMs: number | null;
}

/**
 * The one place that decides over failed work: who waits, who is parked, who is given up. Nothing is dropped: what is
 * given up stays in the table until reconciliation asks for it again.
 */
export function decideRetry(failure: Failure): RetryDecision {
  const { error, attempts, now } = failure;
  if (error instanceof RateLimited) {
    const problem = 'The request limit is used up.';
    return { kind: 'again', runAt: error.retryAt, countAttempt: false, problem, isOurMistake: false };
  }
  if (error instanceof LateAnswer) {
    return { kind: 'again', runAt: error.retryAt, countAttempt: true, problem: error.message, isOurMistake: false };
  }
  if (error instanceof DatabaseFailed && error.isUnavailable) {
    // Nothing is wrong with the work, however long it lasts.
    const problem = 'The database could not be used.';
    return { ...tryAgain(failure, false), countAttempt: false, problem };
  }
  if (error instanceof AccessRevoked) {
    const runAt = now + Math.min(parkedFor, failure.longestPauseMs ?? parkedFor, second * 4 ** attempts);
    return { kind: 'park', runAt, problem: error.message };
  }
  return attempts + 1 >= countTries(error) ? decideLastTry(failure) : tryAgain(failure, false);
}

type Again = Extract<RetryDecision, { readonly kind: 'again' }>;

function tryAgain({ error, attempts, now, random, longestPauseMs }: Failure, isOurMistake: boolean): Again {
  const runAt = now + backOff(attempts, random, longestPauseMs ?? usualLongestPause);
  return { kind: 'again', runAt, countAttempt: true, problem: describeProblem(error), isOurMistake };
}

function decideLastTry(failure: Failure): RetryDecision {
  const { error } = failure;
  if (failure.longestPauseMs !== null) return tryAgain(failure, !isTheirs(error));
  return { kind: 'give_up', problem: describeProblem(error), isOurMistake: !isTheirs(error) };
}

function isTheirs(error: unknown): boolean {
  return isRefusal(error) || error instanceof BitbucketUnavailable || error instanceof UnreadablePayload;
}

function countTries(error: unknown): number {
  if (isRefusal(error)) return mostRefusals;
  return isTheirs(error) ? mostFailures : mostMistakes;
}
