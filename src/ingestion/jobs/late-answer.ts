import type { Instant } from '../../domain/instant';

const second = 1000;
/** 2, 4, 8, 16 and 32 seconds: about a minute in all. */
const mostLateAnswers = 5;

/** Bitbucket's answer lags behind what a notice told: it is asked again in a moment, and nobody is troubled with it. */
export class LateAnswer extends Error {
  override readonly name = 'LateAnswer';
  constructor(readonly retryAt: Instant) {
    super(lateAnswerProblem);
  }
}

export const lateAnswerProblem = 'Bitbucket answers as of before its notice; asked again in a moment.';

/** When to ask again after so many late answers in a row; `null`: that was enough. */
export function findRetry(lateAnswers: number, now: Instant): Instant | null {
  return lateAnswers < mostLateAnswers ? now + 2 * second * 2 ** lateAnswers : null;
}
