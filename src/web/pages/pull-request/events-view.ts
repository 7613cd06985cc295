import type { PullRequestTimeLine, TimeLineEvent } from '../../../reporting/time-line/time-line';
import { buildExactTime } from '../../presentation/format/dates';
import { eventWords as words } from './words';

/**
 * What happened, in order, each with who did it, why it does not count (`null`: it does), and what it counts as where
 * that is not plain.
 */
export function buildEvents({ events }: Pick<PullRequestTimeLine, 'events'>, timezone: string) {
  return events.map((event) => ({
    time: buildExactTime(event.at, timezone),
    text: `${formatVerb(event)}${formatActor(event)}`,
    notCounted: event.notCounted === null ? null : words.notCounted[event.notCounted],
    note: formatNote(event, timezone),
  }));
}

/** A replaced verdict stays a review; the removal that a replacement brings with it takes back nothing. */
function formatNote({ kind, replacedBy }: TimeLineEvent, timezone: string): string | null {
  if (replacedBy === null) {
    return null;
  }
  const other = words.replacement(replacedBy.kind === 'approval', buildExactTime(replacedBy.at, timezone).text);
  switch (kind) {
    case 'approval':
      return words.replacedApproval(other);
    case 'changes_request':
      return words.replacedRequest(other);
    default:
      return words.partOf(other);
  }
}

function formatVerb({ kind, isInline, change }: TimeLineEvent): string {
  if (kind === 'comment') {
    return isInline ? words.commentOnCode : words.comment;
  }
  if (kind === 'update') {
    return words.changes[change ?? 'edit'];
  }
  return words.verbs[kind];
}

/** Deployments and first commits are told without a person. */
function formatActor({ actor, kind }: TimeLineEvent): string {
  if (actor !== null) {
    return words.by(actor.displayName ?? words.deletedAccount);
  }
  return ['first_commit', 'merged', 'closed', 'deployed', 'opened'].includes(kind) ? '' : words.unknownActor;
}
