import type { Activity } from '../pull-requests/activity';
import type { PullRequestHistory } from '../pull-requests/pull-request-history';
import { judgeVerdicts, type VerdictFate } from './verdicts';

/** Why an activity counts nowhere. `ignored`: done by a bot or by somebody left out. */
export type NotCounted = 'unknown_person' | 'ignored' | 'author' | 'deleted' | 'after_merge' | 'withdrawn';

/** An activity with what it counts as. */
export interface CountedActivity {
  readonly activity: Activity;
  readonly isReview: boolean;
  /** Also the author's own, and inline ones that are reviews at the same time. */
  readonly isComment: boolean;
  /** `null` for what counts, and for updates and withdrawals of people who count: these are never counted themselves. */
  readonly notCounted: NotCounted | null;
  /**
   * The verdict of the same person that replaced this one: it stays a review and is no approval any more. Of a
   * withdrawal the verdict that it belongs to, so that it takes back nothing.
   */
  readonly replacedBy: Activity | null;
}

/**
 * Every activity of a life, in the given order, with what it counts as (docs/definitions.md, 6.2): a review is an
 * approval, a changes request or an inline comment of somebody else than the author; a comment is anybody's. Neither
 * counts after the merge, or when it is withdrawn before the merge, deleted, no longer shown, or done by somebody
 * ignored. A verdict that another one of the same person replaced stays a review. Where Bitbucket does not say who
 * acted, nobody can say that it was not the author or a bot: such an activity counts nowhere.
 * @param ignored Uuids, with braces, of bots and of people left out.
 */
export function listCountedActivities(life: PullRequestHistory, ignored: ReadonlySet<string>): CountedActivity[] {
  const fates = judgeVerdicts(life);
  return life.activities.map((activity) => {
    const fate = fates.get(activity) ?? null;
    const notCounted = findReason(activity, { life, ignored, fate });
    const counts = notCounted === null;
    return {
      activity,
      isReview: counts && isReviewKind(activity, life),
      isComment: counts && activity.kind === 'comment',
      notCounted,
      replacedBy: counts && fate !== null ? fate.replacedBy : null,
    };
  });
}

function isReviewKind({ kind, isInline, actorUuid }: Activity, { authorUuid }: PullRequestHistory): boolean {
  return kind === 'comment' ? isInline && actorUuid !== authorUuid : kind === 'approval' || kind === 'changes_request';
}

/** Whether the person of an activity counts at all: known, and neither a bot nor left out. */
export function isByCountedPerson({ actorUuid }: Activity, ignored: ReadonlySet<string>): boolean {
  return actorUuid !== null && !ignored.has(actorUuid);
}

interface Circumstances {
  readonly life: PullRequestHistory;
  readonly ignored: ReadonlySet<string>;
  readonly fate: VerdictFate | null;
}

function findReason(activity: Activity, { life, ignored, fate }: Circumstances): NotCounted | null {
  return activity.kind === 'update'
    ? null
    : (findReasonOfPerson(activity, life, ignored) ?? findReasonOfActivity(activity, life, fate));
}

function findReasonOfActivity(
  activity: Activity,
  life: PullRequestHistory,
  fate: VerdictFate | null,
): NotCounted | null {
  if (isDeletedComment(activity)) {
    return 'deleted';
  }
  if (life.mergedAt !== null && activity.at > life.mergedAt) {
    return 'after_merge';
  }
  return fate?.end === 'withdrawn' || fate?.end === 'gone' ? 'withdrawn' : null;
}

/** Also one that Bitbucket no longer shows. */
export function isDeletedComment({ kind, isDeleted, isGone }: Activity): boolean {
  return isDeleted || (kind === 'comment' && isGone);
}

function findReasonOfPerson(
  activity: Activity,
  life: PullRequestHistory,
  ignored: ReadonlySet<string>,
): NotCounted | null {
  if (activity.actorUuid === null) {
    return 'unknown_person';
  }
  if (ignored.has(activity.actorUuid)) {
    return 'ignored';
  }
  return activity.kind !== 'comment' && activity.actorUuid === life.authorUuid ? 'author' : null;
}
