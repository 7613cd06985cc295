import type { Instant } from '../../domain/instant';
import type { RequestLane } from '../../domain/requests/request-window';
import type { RequestUsage } from '../../store/work/request-store';

/**
 * Requests are counted by blocks: one durable write for many. Of live work the first of a minute is counted by itself;
 * each block that was used up within the minute is followed by one of twice as many.
 */
const firstBlock: Readonly<Record<RequestLane, number>> = { live: 1, import: 10 };
const largestBlock: Readonly<Record<RequestLane, number>> = { live: 32, import: 10 };
const minute = 60_000;

/** Requests that are reserved for one lane and purpose, within one minute. */
export interface Block {
  readonly workspace: string;
  readonly lane: RequestLane;
  readonly purpose: string;
  readonly now: Instant;
  /** How many were asked for. */
  readonly size: number;
  left: number;
}

/** Only within its minute a request is counted where it is sent. */
export function takeFrom(block: Block | undefined, now: Instant): boolean {
  if (block === undefined || block.left === 0 || !isSameMinute(block.now, now)) return false;
  block.left -= 1;
  return true;
}

/** How many to reserve at once, after the last block of the same lane and purpose. */
export function findBlockSize(last: Block | undefined, { lane, now }: Pick<Block, 'lane' | 'now'>): number {
  if (last === undefined || !isSameMinute(last.now, now)) return firstBlock[lane];
  return Math.min(last.size * 2, largestBlock[lane]);
}

function isSameMinute(one: Instant, other: Instant): boolean {
  return Math.floor(one / minute) === Math.floor(other / minute);
}

/** The usage without what is reserved and not sent. */
export function takeOut(usage: RequestUsage, { purpose, left }: Block): RequestUsage {
  return {
    ...usage,
    used: usage.used - left,
    total: usage.total - left,
    byPurpose: subtract(usage.byPurpose, purpose, left),
    totalByPurpose: subtract(usage.totalByPurpose, purpose, left),
  };
}

function subtract(counts: Record<string, number>, purpose: string, count: number): Record<string, number> {
  return { ...counts, [purpose]: (counts[purpose] ?? 0) - count };
}
