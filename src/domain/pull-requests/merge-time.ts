import type { Instant } from '../instant';
import type { PullRequestState } from './pull-request';

/** How far the moment of a merge may be trusted, best first (docs/definitions.md, 3.1). */
const mergeTimeSources = ['activity', 'merge_commit', 'closed_on', 'notice'] as const;
export type MergeTimeSource = (typeof mergeTimeSources)[number];

/** The earliest moment that each source ever gave for a merge; `null`: it said nothing. */
export type MergeTimes = Readonly<Record<MergeTimeSource, Instant | null>>;

/** The moment of the merge: of what is known the most trusted (docs/definitions.md, 3.1); `null` unless merged. */
export function findMergedAt(state: PullRequestState, times: MergeTimes): Instant | null {
  const source = mergeTimeSources.find((one) => times[one] !== null);
  return state !== 'MERGED' || source === undefined ? null : times[source];
}

/** Of what one source said, sooner or later, the earliest: an edit after the merge looks like a merge too. */
export function keepEarliest(known: Instant | null, told: Instant): Instant {
  return known === null ? told : Math.min(known, told);
}

/** The clocks of those who commit are ahead by so much at most. */
const mostAhead = 10 * 60_000;

/** Whether the date of a merge commit tells of its merge: one that is dated later than can be is no witness. */
export function isWitness(committedAt: Instant, now: Instant): boolean {
  return committedAt <= now + mostAhead;
}
