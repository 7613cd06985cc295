import type { Instant } from '../instant';
import { mergeTimeSources, type MergeTimeSource, type PullRequestState } from './pull-request';

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
