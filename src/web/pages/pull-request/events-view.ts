import type { PullRequestTimeLine, TimeLineEvent } from '../../../reporting/time-line/time-line';
import { buildExactTime } from '../../presentation/format/dates';

const reasons: Readonly<Record<NonNullable<TimeLineEvent['notCounted']>, string>> = {
  bot: 'not counted: by a bot',
  author: 'not counted as a review: by the author',
  withdrawn: 'not counted: withdrawn later',
  deleted: 'not counted: deleted since',
  after_merge: 'not counted: after the merge',
  left_out: 'not counted: this person is left out by the settings',
  unknown_person: 'not counted: Bitbucket does not say who did it',
};

const verbs: Readonly<Record<Exclude<TimeLineEvent['kind'], 'update' | 'comment'>, string>> = {
  first_commit: 'First commit',
  opened: 'Opened',
  approval: 'Approved',
  approval_withdrawn: 'Approval withdrawn',
  changes_request: 'Changes requested',
  changes_request_withdrawn: 'Request for changes withdrawn',
  merged: 'Merged',
  closed: 'Closed without a merge',
  deployed: 'Deployed',
};

const changes: Readonly<Record<NonNullable<TimeLineEvent['change']>, string>> = {
  push: 'New commits pushed',
  draft: 'Made a draft',
  ready: 'Marked as ready for review',
  queue: 'Put into the merge queue',
  unqueue: 'Taken out of the merge queue',
  edit: 'Edited',
};

/**
 * What happened, in order, each with who did it, why it does not count (`null`: it does), and what it counts as where
 * that is not plain.
 */
export function buildEvents({ events }: Pick<PullRequestTimeLine, 'events'>, timezone: string) {
  return events.map((event) => ({
    time: buildExactTime(event.at, timezone),
    text: `${formatVerb(event)}${formatActor(event)}`,
    notCounted: event.notCounted === null ? null : reasons[event.notCounted],
    note: formatNote(event, timezone),
  }));
}

/** A replaced verdict stays a review; the removal that a replacement brings with it takes back nothing. */
function formatNote({ kind, replacedBy }: TimeLineEvent, timezone: string): string | null {
  if (replacedBy === null) {
    return null;
  }
  const other = `${replacedBy.kind === 'approval' ? 'approval' : 'request for changes'} of ${buildExactTime(replacedBy.at, timezone).text}`;
  switch (kind) {
    case 'approval':
      return `counted as a review, not as an approval: replaced by the ${other}`;
    case 'changes_request':
      return `counted as a review, no longer in force: replaced by the ${other}`;
    default:
      return `part of the ${other}, takes back nothing by itself`;
  }
}

function formatVerb({ kind, isInline, change }: TimeLineEvent): string {
  if (kind === 'comment') {
    return isInline ? 'Comment on the code' : 'Comment';
  }
  if (kind === 'update') {
    return changes[change ?? 'edit'];
  }
  return verbs[kind];
}

/** Deployments and first commits are told without a person. */
function formatActor({ actor, kind }: TimeLineEvent): string {
  if (actor !== null) {
    return ` by ${actor.displayName ?? 'a deleted account'}`;
  }
  return ['first_commit', 'merged', 'closed', 'deployed', 'opened'].includes(kind) ? '' : ' by somebody unknown';
}
