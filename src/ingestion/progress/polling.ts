import type { Instant } from '../../domain/instant';
import type { StoredProgress } from '../../store/progress/progress-store';
import { pollKind, shortestPause } from '../reconciliation/poll';

const minute = 60_000;

export interface Polling {
  readonly everyMinutes: number;
  /** `null`: not yet. */
  readonly lookedAt: Instant | null;
}

/**
 * How often Bitbucket is asked what moved, and when it was last; `null` where it calls us. A look that is refused is
 * tried again sooner or later than that: it is named among the problems.
 */
export function findPolling({ connection, polledAt, work }: StoredProgress): Polling | null {
  if (connection?.status !== 'live' || connection.hearing !== 'polling') return null;
  const next = work.find(({ kind }) => kind === pollKind);
  const isUsual = next?.attempts === 0 && polledAt !== null;
  const pause = isUsual ? Math.max(shortestPause, next.runAt - polledAt) : shortestPause;
  return { everyMinutes: Math.ceil(pause / minute), lookedAt: polledAt };
}
