import type { Instant } from '../../domain/instant';
import { noPause, type Pause } from '../../domain/requests/pause';
import type { RequestLane } from '../../domain/requests/request-window';
import type { Block } from './request-block';

/** What Bitbucket grants everybody an hour. */
export const usualLimit = 1000;

interface Waiting {
  readonly lane: RequestLane;
  readonly enter: () => void;
}

/** What this process knows of one workspace. */
export interface Traffic {
  paused: Pause;
  running: number;
  readonly waiting: Waiting[];
  readonly blocks: Map<RequestLane, Block>;
  /** Blocks that are being reserved. */
  readonly filling: Map<RequestLane, Promise<void>>;
  /** When a request was let through last. */
  letThroughAt: Instant;
  /** Requests answered since the last 429; infinite before the first. */
  answered: number;
  lesson: { readonly limit: number; readonly until: Instant } | null;
  /** What Bitbucket said it grants, as it was last read or written; `undefined`: neither yet. */
  granted: number | null | undefined;
  /** Of imports alone, because Bitbucket says that little is left. */
  importsPaused: Pause;
}

export function createTraffic(): Traffic {
  return {
    paused: noPause,
    running: 0,
    waiting: [],
    blocks: new Map(),
    filling: new Map(),
    letThroughAt: 0,
    answered: Number.POSITIVE_INFINITY,
    lesson: null,
    granted: undefined,
    importsPaused: noPause,
  };
}
