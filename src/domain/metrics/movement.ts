import { isEnoughToTell } from './enough-to-tell';

/**
 * How a number moved against the period before. Something is only said of enough of both periods and of a change of at
 * least 4 % of the value before (docs/definitions.md, 5.4).
 */
export type Movement = 'higher' | 'lower' | 'no change' | 'too few to tell';

/** A median, of a duration or of a size. */
export interface MedianFigure {
  readonly value: number;
  readonly n: number;
}
export interface ShareFigure {
  readonly part: number;
  readonly n: number;
}
export interface FrequencyFigure {
  readonly count: number;
  readonly days: number;
}

/** As many changes of the least size that is one make the whole value: 25 times 4 %. */
const leastChangesInValue = 25;

export function compareMedians(now: MedianFigure, before: MedianFigure): Movement {
  const isEnough = isEnoughToTell('duration', now.n) && isEnoughToTell('duration', before.n);
  return isEnough ? computeMovement(now.value, before.value) : 'too few to tell';
}

/**
 * A share moved only if its count also differs by more than one from what the rate before would have given: one more
 * failure among few is chance. Compared as whole numbers, so that 4 % is 4 %.
 */
export function compareShares(now: ShareFigure, before: ShareFigure): Movement {
  if (!isEnoughToTell('share', now.n) || !isEnoughToTell('share', before.n)) {
    return 'too few to tell';
  }
  const [part, asBefore] = [now.part * before.n, before.part * now.n];
  return Math.abs(part - asBefore) > before.n ? computeMovement(part, asBefore) : 'no change';
}

/** Enough in one of the periods is enough: from many to none is a change. Compared as whole numbers. */
export function compareFrequencies(now: FrequencyFigure, before: FrequencyFigure): Movement {
  const isEnough = isEnoughToTell('count', now.count) || isEnoughToTell('count', before.count);
  return isEnough ? computeMovement(now.count * before.days, before.count * now.days) : 'too few to tell';
}

function computeMovement(now: number, before: number): Movement {
  if (now === before || Math.abs(now - before) * leastChangesInValue < before) {
    return 'no change';
  }
  return now > before ? 'higher' : 'lower';
}
