import type { Phase } from '../../../domain/reviews/phase';
import type { PullRequestTimeLine, TimeLineEvent } from '../../../reporting/time-line/time-line';
import { formatDate, formatLocalDate } from '../../presentation/format/dates';
import { formatDuration } from '../../presentation/format/durations';
import { waitingWords as words } from './words';

interface Present {
  readonly now: number;
  readonly timezone: string;
}

/** "Waiting for the author since 3 Nov 2026 (2 d 4 h): changes were requested." */
export function formatWaitingSentence(timeLine: PullRequestTimeLine, { now, timezone }: Present): string {
  const { waitsIn } = timeLine;
  if (waitsIn === null) {
    return formatEndSentence(timeLine, timezone);
  }
  const length = formatDuration(Math.max(0, now - waitsIn.since) / 1000);
  const since = formatDate(formatLocalDate(waitsIn.since, timezone));
  return words.sentence({ phase: waitsIn.phase, since, length, reason: formatReason(timeLine, waitsIn) });
}

function formatReason(timeLine: PullRequestTimeLine, { phase, since }: { phase: Phase; since: number }): string {
  switch (phase) {
    case 'in_review':
      return formatReviewReason(timeLine, since);
    case 'waiting_for_author':
      return formatAuthorReason(timeLine.events, since);
    default:
      return words.reasons[phase];
  }
}

/** What the reviewer did at the beginning of the wait. */
function formatAuthorReason(events: readonly TimeLineEvent[], since: number): string {
  const cause = events.findLast(
    ({ at, kind, isInline, notCounted }) =>
      at <= since && notCounted === null && (kind === 'changes_request' || (kind === 'comment' && isInline)),
  );
  return cause?.kind === 'comment' ? words.commented : words.changesRequested;
}

function isBy(event: TimeLineEvent | undefined, author: PullRequestTimeLine['author']): boolean {
  return author !== null && event?.actor?.uuid === author.uuid;
}

/** Whatever gave the turn back to the reviewers. */
function formatReviewReason({ events, author }: PullRequestTimeLine, since: number): string {
  const cause = events.findLast((event) => event.at <= since && [null, 'author'].includes(event.notCounted));
  if (cause?.change === 'push') {
    return words.pushed;
  }
  if (cause?.kind.endsWith('_withdrawn') === true) {
    return words.takenBack;
  }
  return isBy(cause, author) ? words.answered : words.reviewBegun;
}

function formatEndSentence({ state, mergedAt, deployment, spans }: PullRequestTimeLine, timezone: string): string {
  const day = (at: number) => formatDate(formatLocalDate(at, timezone));
  if (deployment !== null) return words.deployed(day(deployment.at));
  if (mergedAt !== null) return words.merged(day(mergedAt));
  if (state === 'MERGED') return words.mergedUndated;
  const endAt = spans.at(-1)?.endAt ?? null;
  return words.ended(state, endAt === null ? null : day(endAt));
}
