import type { OpenPullRequestItem } from '../../../reporting/answers/pull-requests';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import { formatWaitingSentence } from '../pull-request/waiting';
import { buildTimeLineLink, type RowContext } from '../../presentation/rows/row-cell';
import { formatDuration } from '../../presentation/format/durations';

/** The one that nobody has touched for the longest time; drafts wait for nobody else, so they come last. */
export function findLongestWait(items: readonly OpenPullRequestItem[]): OpenPullRequestItem | null {
  const ready = items.filter(({ draft }) => !draft);
  const candidates = ready.length > 0 ? ready : items;
  return candidates.reduce<OpenPullRequestItem | null>(
    (most, item) => (most === null || item.time_stale > most.time_stale ? item : most),
    null,
  );
}

/** What waits longest and for what, in words around the link to it. */
export function buildLongestWait(item: OpenPullRequestItem, timeLine: PullRequestTimeLine | null, context: RowContext) {
  const untouched = `“${item.title}” has not been touched for ${formatDuration(item.time_stale)}.`;
  const waiting = timeLine === null ? '' : ` ${formatWaitingSentence(timeLine, context)}`;
  return { link: buildTimeLineLink(item, context), text: `${untouched}${waiting}` };
}
