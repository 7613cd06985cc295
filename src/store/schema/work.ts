import { bigint, defineTable, integer, orNull, text, type RowOf } from '../database/table';
import type { RequestLane } from '../../domain/requests/request-window';

export const noticeStates = ['waiting', 'held', 'done', 'unreadable', 'unknown', 'dead'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** Notices as received. */
export const notices = defineTable('notices', ['workspace', 'deliveryId', 'bodyHash'], {
  workspace: text(),
  deliveryId: text(),
  bodyHash: text(),
  eventKey: orNull(text()),
  /** Raw JSON. */
  body: text(),
  receivedAt: bigint,
  state: text<NoticeState>(),
  problem: orNull(text()),
  /** Of one that is held: the pending reinstall whose secret it was signed with. */
  awaits: orNull(text()),
});
export type KeptNotice = RowOf<typeof notices>;

/** Work that must not be lost; one of a kind and key a workspace. */
export const jobs = defineTable('jobs', ['workspace', 'kind', 'key'], {
  workspace: text(),
  kind: text(),
  key: text(),
  state: text<'ready' | 'dead'>(),
  runAt: bigint,
  leasedUntil: orNull(bigint),
  payload: orNull(text()),
  /** How often it failed. */
  attempts: integer,
  /** Grows each time it is asked for again. */
  generation: bigint,
  problem: orNull(text()),
  /** Of one that is dead. */
  givenUpAt: orNull(bigint),
});
export type JobRow = RowOf<typeof jobs>;

/** The requests of each minute since 1970. */
export const requests = defineTable('requests', ['workspace', 'minute', 'purpose', 'lane'], {
  workspace: text(),
  minute: bigint,
  purpose: text(),
  lane: text<RequestLane>(),
  count: bigint,
});

export const requestTotals = defineTable('request_totals', ['workspace', 'purpose'], {
  workspace: text(),
  purpose: text(),
  count: bigint,
});

export const requestPauses = defineTable('request_pauses', ['workspace'], {
  workspace: text(),
  pausedUntil: bigint,
  pausedAt: bigint,
});

/** Pull requests that reconciliation found missing or different, and no notice had told of, by UTC day since 1970. */
export const repairs = defineTable('repairs', ['workspace', 'day'], {
  workspace: text(),
  day: bigint,
  count: bigint,
});

/** The once-only marks of forms that were sent. */
export const submissions = defineTable('submissions', ['workspace', 'mark'], {
  workspace: text(),
  mark: text(),
  at: bigint,
});
