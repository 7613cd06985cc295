import { lookUp } from '../../../domain/look-up';
import type { Phase } from '../../../domain/reviews/phase';
import type { PullRequestTimeLine, TimeLineEvent } from '../../../reporting/time-line/time-line';
import { formatDate, formatLocalDate } from '../../presentation/format/dates';
import { formatDuration } from '../../presentation/format/durations';

interface Present {
  readonly now: number;
  readonly timezone: string;
}

/** What an open or merged pull request waits for, without a full stop: "for the author". */
const waits: Readonly<Record<Phase, string>> = {
  coding: 'for its opening',
  draft: 'for the author',
  waiting_for_first_review: 'for the first review',
  in_review: 'for the reviewers',
  waiting_for_author: 'for the author',
  approved: 'for the merge',
  in_merge_queue: 'for the merge',
  waiting_for_deployment: 'for the deployment',
};

/** "Waiting for the author since 3 Nov 2026 (2 d 4 h): changes were requested." */
export function formatWaitingSentence(timeLine: PullRequestTimeLine, { now, timezone }: Present): string {
  const { waitsIn } = timeLine;
  if (waitsIn === null) {
    return formatEndSentence(timeLine, timezone);
  }
  const length = formatDuration(Math.max(0, now - waitsIn.since) / 1000);
  const since = formatDate(formatLocalDate(waitsIn.since, timezone));
  return `Waiting ${waits[waitsIn.phase]} since ${since} (${length}): ${formatReason(timeLine, waitsIn)}.`;
}

/** Why, where the phase says it all. */
const reasons: Readonly<Record<Exclude<Phase, 'in_review' | 'waiting_for_author'>, string>> = {
  coding: 'it is being written',
  draft: 'it is marked as a draft',
  waiting_for_first_review: 'nobody has reviewed it yet',
  approved: 'it is approved and not merged yet',
  in_merge_queue: 'it is in the merge queue',
  waiting_for_deployment: 'it is merged and no deployment that holds it is known',
};

function formatReason(timeLine: PullRequestTimeLine, { phase, since }: { phase: Phase; since: number }): string {
  switch (phase) {
    case 'in_review':
      return formatReviewReason(timeLine, since);
    case 'waiting_for_author':
      return formatAuthorReason(timeLine.events, since);
    default:
      return reasons[phase];
  }
}

/** What the reviewer did at the beginning of the wait. */
function formatAuthorReason(events: readonly TimeLineEvent[], since: number): string {
  const cause = events.findLast(
    ({ at, kind, isInline, notCounted }) =>
      at <= since && notCounted === null && (kind === 'changes_request' || (kind === 'comment' && isInline)),
  );
  return cause?.kind === 'comment' ? 'a reviewer commented on the code' : 'changes were requested';
}

function isBy(event: TimeLineEvent | undefined, author: PullRequestTimeLine['author']): boolean {
  return author !== null && event?.actor?.uuid === author.uuid;
}

/** Whatever gave the turn back to the reviewers. */
function formatReviewReason({ events, author }: PullRequestTimeLine, since: number): string {
  const cause = events.findLast((event) => event.at <= since && [null, 'author'].includes(event.notCounted));
  if (cause?.change === 'push') {
    return 'the author pushed new commits';
  }
  if (cause?.kind.endsWith('_withdrawn') === true) {
    return 'a reviewer took an answer back';
  }
  return isBy(cause, author) ? 'the author has answered' : 'a review has begun';
}

function formatEndSentence({ state, mergedAt, deployment, spans }: PullRequestTimeLine, timezone: string): string {
  const day = (at: number) => formatDate(formatLocalDate(at, timezone));
  if (deployment !== null) {
    return `Waiting for nothing: it was deployed on ${day(deployment.at)}.`;
  }
  if (mergedAt !== null) {
    return `Waiting for nothing: it was merged on ${day(mergedAt)}.`;
  }
  if (state === 'MERGED') {
    return 'Waiting for nothing: it was merged. When is not known, so it counts in no number.';
  }
  const endAt = spans.at(-1)?.endAt ?? null;
  const word = lookUp({ DECLINED: 'declined', SUPERSEDED: 'superseded by another one' }, state) ?? 'closed';
  return `Waiting for nothing: it was ${word}${endAt === null ? '' : ` on ${day(endAt)}`}.`;
}
