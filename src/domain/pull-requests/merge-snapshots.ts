import type { PullRequestSnapshot, PullRequestState } from './pull-request';

const finality: Readonly<Record<PullRequestState, number>> = { OPEN: 0, DECLINED: 2, SUPERSEDED: 2, MERGED: 3 };

/** How new a snapshot is: by Bitbucket's `updated_on`, of two at the same instant by the more final state. */
export function computePrecedence(snapshot: Pick<PullRequestSnapshot, 'updatedAt' | 'state'>): number {
  return snapshot.updatedAt * 4 + finality[snapshot.state];
}

/** What every snapshot tells, with the precedence of the snapshot. */
interface Told {
  readonly seen: number;
}

/** The newer of two; of two as new as each other the greater text, so that it is the same one in any order. */
export function pickNewer<T extends Told>(one: T, other: T): T {
  const isOther = one.seen === other.seen ? JSON.stringify(other) > JSON.stringify(one) : other.seen > one.seen;
  return isOther ? other : one;
}

/** What a snapshot may not know, with the precedence of the snapshot that told it. */
export interface Knowable extends Told {
  readonly value: string | number | null;
}

/**
 * The newest that knows: a list entry without a field, or a deleted fork, wipes nothing out. Ties fall to the greater
 * text, so that they fall the same way always.
 */
export function pickNewestKnown(one: Knowable, other: Knowable): Knowable {
  if (one.value === null || other.value === null) return one.value === null ? other : one;
  const isOther = one.seen === other.seen ? String(other.value) > String(one.value) : other.seen > one.seen;
  return isOther ? other : one;
}
