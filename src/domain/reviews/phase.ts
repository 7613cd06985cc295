import type { Instant } from '../instant';

/**
 * Where a pull request stands, exactly one at each moment of its life: from its first commit (or its opening, where
 * that is earlier or no commit is known) to its deployment, to its end without a merge, or to now.
 */
export const phases = [
  'coding',
  'draft',
  'waiting_for_first_review',
  'in_review',
  'waiting_for_author',
  'approved',
  'in_merge_queue',
  'waiting_for_deployment',
] as const;
export type Phase = (typeof phases)[number];

/** A piece of a life; the pieces of one life follow each other without gap or overlap. */
export interface PhaseSpan {
  readonly phase: Phase;
  readonly startAt: Instant;
  /** Exclusive; the start of the next piece. */
  readonly endAt: Instant;
}

/** Seconds spent in each phase; they add up to the length of the life. */
export type PhaseSeconds = Readonly<Record<Phase, number>>;
