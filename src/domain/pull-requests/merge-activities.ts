import type { Instant } from '../instant';
import type { PullRequestActivity } from './pull-request-activity';
import { wouldBeShown } from './unshown-activities';

/** What one source told of an activity; who only as a uuid. */
type ToldActivity = Omit<PullRequestActivity, 'actor'> & { readonly actor: string | null };

/** An activity, and since when a whole reading no longer showed it. */
export type KnownActivity = ToldActivity & { readonly goneAt: Instant | null };

/**
 * The activity after both, whichever came first and however often: the earliest time, deleted once is deleted,
 * and of anything that sources should not disagree about the known and greater.
 */
export function mergeActivities<T extends ToldActivity>(before: T | undefined, next: T): T {
  return before === undefined
    ? next
    : {
        ...before,
        kind: greater(before.kind, next.kind) ?? next.kind,
        at: Math.min(before.at, next.at),
        actor: greater(before.actor, next.actor),
        isInline: before.isInline || next.isInline,
        isDeleted: before.isDeleted || next.isDeleted,
        state: greater(before.state, next.state),
        sourceHash: greater(before.sourceHash, next.sourceHash),
        isDraft: greater(before.isDraft, next.isDraft),
      };
}

function greater<T extends string | boolean>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return b > a ? b : a;
}

/** What the whole activity of a pull request showed. */
export interface WholeReading {
  readonly number: number;
  /** Keys of activities. */
  readonly shown: ReadonlySet<string>;
  /** Of the activities up to this moment it would have shown all. */
  readonly asOf: Instant;
}

/**
 * After a whole reading: what it did not show of before `asOf` is gone, and what it showed is there. Updates are left
 * alone, and withdrawals, which no reading ever shows, with what they took back. Gives the activities that are other than
 * before.
 */
export function applyWholeReading<T extends KnownActivity>(known: readonly T[], { shown, asOf }: WholeReading): T[] {
  return known.flatMap((one): T[] => {
    if (shown.has(one.key)) return one.goneAt === null ? [] : [{ ...one, goneAt: null }];
    return one.goneAt === null && wouldBeShown(one, asOf, known) ? [{ ...one, goneAt: asOf }] : [];
  });
}
