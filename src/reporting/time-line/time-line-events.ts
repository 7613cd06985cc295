import type { Instant } from '../../domain/instant';
import { listCountedActivities, type CountedActivity } from '../../domain/reviews/counted-activities';
import type { Activity } from '../../domain/pull-requests/activity';
import type { PullRequestHistory } from '../../domain/pull-requests/pull-request-history';
import { tellDrafts, tellsEnd, tellsQueued } from '../../domain/reviews/update-words';
import type { TimeLineEvent } from './time-line';

interface EventContext {
  /** Uuids of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  /** Uuids of people left out. */
  readonly leftOut: ReadonlySet<string>;
  readonly deployedAt: Instant | null;
  readonly toPerson: (uuid: string | null) => TimeLineEvent['actor'];
}

/** An update so soon after the opening is the opening itself, as the activity tells it. */
const openingWithin = 1_000;

/**
 * What happened to a pull request, in order. Updates say what they changed against the update before; the one that
 * opened, merged or closed it is told by that event alone.
 */
export function listEvents(life: PullRequestHistory, context: EventContext): TimeLineEvent[] {
  const { firstCommitAt, openedAt, mergedAt, closedAt } = life;
  const ended = life.activities.findLast(tellsEnd);
  const endedBy = context.toPerson(ended?.actorUuid ?? null);
  const author = context.toPerson(life.authorUuid);
  const events = [
    ...(firstCommitAt === null ? [] : [toMilestone('first_commit', firstCommitAt, null)]),
    toMilestone('opened', openedAt, author),
    ...listActivities(life, context),
    ...(mergedAt === null ? [] : [toMilestone('merged', mergedAt, endedBy)]),
    ...(mergedAt !== null || closedAt === null ? [] : [toMilestone('closed', closedAt, endedBy)]),
    ...(context.deployedAt === null ? [] : [toMilestone('deployed', context.deployedAt, null)]),
  ];
  return events.sort((one, other) => one.at - other.at);
}

function listActivities(life: PullRequestHistory, context: EventContext): TimeLineEvent[] {
  const events: TimeLineEvent[] = [];
  let last: Activity | null = null;
  for (const counted of listCountedActivities({ ...life, activities: tellDrafts(life.activities) }, context.ignored)) {
    const { activity } = counted;
    const isTold = activity.kind !== 'update' || isOwnEvent(activity, life);
    if (isTold) events.push(toEvent(counted, { context, change: findChange(activity, last) }));
    if (activity.kind === 'update') last = activity;
  }
  return events;
}

/** Whether an update is more than the opening, merge or closing that stands in the line anyway. */
function isOwnEvent(activity: Activity, { openedAt }: PullRequestHistory): boolean {
  return !tellsEnd(activity) && activity.at - openedAt > openingWithin;
}

/** `last`: the update before; without one nothing can be compared. */
function findChange(activity: Activity, last: Activity | null): TimeLineEvent['change'] {
  if (activity.kind !== 'update') return null;
  return last === null ? 'edit' : findDifference(activity, last);
}

function findDifference(activity: Activity, last: Activity): TimeLineEvent['change'] {
  if (differs(activity.sourceHash, last.sourceHash)) return 'push';
  if (differs(tellsQueued(activity), tellsQueued(last))) return tellsQueued(activity) === true ? 'queue' : 'unqueue';
  if (differs(activity.isDraft, last.isDraft)) return activity.isDraft === true ? 'draft' : 'ready';
  return 'edit';
}

/** What one of two sources does not tell differs in nothing. */
function differs<T>(one: T | null, other: T | null): boolean {
  return one !== null && other !== null && one !== other;
}

function toEvent(
  { activity, notCounted, replacedBy }: CountedActivity,
  { context, change }: { context: EventContext; change: TimeLineEvent['change'] },
): TimeLineEvent {
  const isLeftOut = notCounted === 'ignored' && context.leftOut.has(activity.actorUuid ?? '');
  return {
    kind: activity.kind,
    at: activity.at,
    actor: context.toPerson(activity.actorUuid),
    isInline: activity.isInline,
    change,
    notCounted: notCounted === 'ignored' ? (isLeftOut ? 'left_out' : 'bot') : notCounted,
    replacedBy: replacedBy === null ? null : { kind: replacedBy.kind, at: replacedBy.at },
  };
}

function toMilestone(kind: TimeLineEvent['kind'], at: Instant, actor: TimeLineEvent['actor']): TimeLineEvent {
  return { kind, at, actor, isInline: false, change: null, notCounted: null, replacedBy: null };
}
