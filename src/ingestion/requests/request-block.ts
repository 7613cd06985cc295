import type { Instant } from '../../domain/instant';
import type { RequestLane } from '../../domain/requests/request-window';
import type { CountedRequests, RequestUsage } from '../../store/work/request-store';

/**
 * Requests are counted before they are sent, by blocks: one durable write for several. What a killed process has left of
 * its block stays counted, for nobody knows how much of it was sent; so a block is one request, unless answers come so
 * fast that a write for each would be most of the work.
 */
const largestBlock: Readonly<Record<RequestLane, number>> = { live: 8, import: 4 };
/** Beside a request that takes longer, in milliseconds, a write costs nothing worth the name. */
const quickRequest = 25;
const minute = 60_000;

/** Requests that are reserved for one lane, each time for one purpose, within one minute. */
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
export function takeFrom(block: Block | undefined, { now, purpose }: Pick<Block, 'now' | 'purpose'>): block is Block {
  if (block === undefined || block.left === 0 || block.purpose !== purpose || !isSameMinute(block.now, now)) {
    return false;
  }
  block.left -= 1;
  return true;
}

/** How many to reserve at once, after the last block of the same lane. */
export function findBlockSize(last: Block | undefined, { lane, now }: Pick<Block, 'lane' | 'now'>): number {
  if (last === undefined || !isSameMinute(last.now, now)) return 1;
  const isQuick = last.left === 0 && now - last.now <= last.size * quickRequest;
  return isQuick ? Math.min(last.size * 2, largestBlock[lane]) : Math.max(1, Math.floor(last.size / 2));
}

function isSameMinute(one: Instant, other: Instant): boolean {
  return Math.floor(one / minute) === Math.floor(other / minute);
}

/** What was reserved and is not going to be sent. */
export function toRest({ workspace, lane, purpose, now, left: count }: Block): CountedRequests {
  return { workspace, lane, purpose, now, count };
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
