import type { Instant } from '../instant';
import { isByCountedPerson, isDeletedComment } from './counted-activities';
import type { Phase } from './phase';
import type { Activity } from '../pull-requests/activity';
import type { PullRequestHistory } from '../pull-requests/pull-request-history';
import { tellDrafts, tellsQueued } from './update-words';
import { judgeVerdicts, type VerdictFate } from './verdicts';

/** From this moment on the pull request is in this phase. */
export interface Transition {
  readonly phase: Phase;
  readonly at: Instant;
}

/** What is known of a review after the activities so far. */
export interface ReviewProgress {
  readonly authorUuid: string | null;
  readonly ignored: ReadonlySet<string>;
  readonly fates: ReadonlyMap<Activity, VerdictFate>;
  isDraft: boolean;
  isQueued: boolean;
  wasReviewed: boolean;
  /** Whether the last move asks the author to do something. */
  isAuthorsTurn: boolean;
  /** Who approves now. */
  readonly approvals: Set<string>;
  /** Who asks for changes now; true until the author moves. */
  readonly requests: Map<string, boolean>;
}

/** Up to when the progress of a review is told. */
export interface ReviewProgressEnd {
  readonly at: Instant;
  /** It goes on: what is dated later has happened all the same, by a clock that is ahead. */
  readonly isOpen: boolean;
}

/**
 * The phases between opening and merge, closing or now: beginning with the opening, each other than the one before it.
 * Told as it looked at each moment: an approval counts until it is taken back or replaced. Activities before the opening
 * count from the opening on, those dated after now as of now, those after the end of a life not at all.
 */
export function listTransitions(
  life: PullRequestHistory,
  ignored: ReadonlySet<string>,
  end: ReviewProgressEnd,
): Transition[] {
  return followReview(life, { ignored, end }, findPhase).transitions;
}

/** The same told in the phases of `tell`, beside what is known of the review in the end. */
export function followReview(
  life: PullRequestHistory,
  { ignored, end }: { readonly ignored: ReadonlySet<string>; readonly end: ReviewProgressEnd },
  tell: (course: ReviewProgress) => Phase,
): { readonly transitions: Transition[]; readonly course: ReviewProgress } {
  const allActivities = toOrder(life);
  const course = startReviewProgress(life, allActivities, ignored);
  const activities = end.isOpen ? allActivities : allActivities.filter(({ at }) => at <= end.at);
  const firstLater = activities.findIndex(({ at }) => at > life.openedAt);
  const count = firstLater < 0 ? activities.length : firstLater;
  activities.slice(0, count).forEach((activity) => follow(course, activity));
  const transitions = [{ phase: tell(course), at: life.openedAt }];
  activities.slice(count).forEach((activity) => {
    follow(course, activity);
    addTransition(transitions, { phase: tell(course), at: Math.min(activity.at, end.at) });
  });
  return { transitions, course };
}

/** Whether an approval is in force after all activities of a life. */
export function isApproved(life: PullRequestHistory, ignored: ReadonlySet<string>): boolean {
  const activities = toOrder(life);
  const course = startReviewProgress(life, activities, ignored);
  activities.forEach((activity) => follow(course, activity));
  return course.approvals.size > 0;
}

/** Of several changes at one moment the last is true from then on; coming back to the phase before, none was. */
function addTransition(transitions: Transition[], next: Transition): void {
  if (transitions.at(-1)?.at === next.at) {
    transitions.pop();
  }
  if (transitions.at(-1)?.phase !== next.phase) {
    transitions.push(next);
  }
}

/** Before the first update that tells whether it was a draft, it was what that one tells; none tells: as last seen. */
function startReviewProgress(
  life: PullRequestHistory,
  activities: readonly Activity[],
  ignored: ReadonlySet<string>,
): ReviewProgress {
  return {
    authorUuid: life.authorUuid,
    ignored,
    fates: judgeVerdicts(life),
    isDraft: activities.find(({ isDraft }) => isDraft !== null)?.isDraft ?? life.isDraft,
    isQueued: false,
    wasReviewed: false,
    isAuthorsTurn: false,
    approvals: new Set(),
    requests: new Map(),
  };
}

/** Where a review stands. */
export function findPhase(course: ReviewProgress): Phase {
  if (course.isQueued) {
    return 'in_merge_queue';
  }
  if (course.isDraft) {
    return 'draft';
  }
  if (course.approvals.size > 0) {
    return 'approved';
  }
  if (!course.wasReviewed) {
    return 'waiting_for_first_review';
  }
  return course.isAuthorsTurn ? 'waiting_for_author' : 'in_review';
}

function follow(course: ReviewProgress, activity: Activity): void {
  course.isDraft = activity.isDraft ?? course.isDraft;
  course.isQueued = tellsQueued(activity) ?? course.isQueued;
  if (!isDeletedComment(activity) && !hasNoEffect(course.fates.get(activity))) {
    followPerson(course, activity);
  }
}

function followPerson(course: ReviewProgress, activity: Activity): void {
  if (activity.actorUuid !== null && activity.actorUuid === course.authorUuid) {
    followAuthor(course, activity);
  } else if (isByCountedPerson(activity, course.ignored)) {
    followReviewer(course, activity, activity.actorUuid ?? '');
  }
}

/** Nobody knows how long what Bitbucket no longer shows was in force; a removal may be a part of a replacement. */
function hasNoEffect(fate: VerdictFate | undefined): boolean {
  return fate !== undefined && (fate.end === 'gone' || (fate.end === null && fate.replacedBy !== null));
}

/** A push, an edit or a comment answers whatever was asked; verdicts on one's own work say nothing. */
function followAuthor(course: ReviewProgress, { kind }: Activity): void {
  if (kind === 'update' || kind === 'comment') {
    course.isAuthorsTurn = false;
    course.requests.forEach((_, reviewer) => course.requests.set(reviewer, false));
  }
}

function followReviewer(course: ReviewProgress, { kind, isInline }: Activity, reviewer: string): void {
  if (kind === 'approval_withdrawn') {
    takeBack(course, course.approvals, reviewer);
  } else if (kind === 'changes_request_withdrawn') {
    takeBack(course, course.requests, reviewer);
  } else if (kind === 'approval') {
    course.wasReviewed = true;
    course.requests.delete(reviewer);
    course.approvals.add(reviewer);
  } else if (kind === 'changes_request') {
    course.approvals.delete(reviewer);
    course.requests.set(reviewer, true);
    askAuthor(course);
  } else if (kind === 'comment' && isInline) {
    askAuthor(course);
  }
}

function askAuthor(course: ReviewProgress): void {
  course.wasReviewed = true;
  course.isAuthorsTurn = true;
}

/** Back with the reviewers, unless another one still waits for changes. Taking back what nobody knows of is nothing. */
function takeBack(course: ReviewProgress, given: Set<string> | Map<string, boolean>, reviewer: string): void {
  if (given.delete(reviewer)) {
    course.isAuthorsTurn = [...course.requests.values()].includes(true);
  }
}

/** What was given comes before its taking back. */
const ranks: Readonly<Record<Activity['kind'], number>> = {
  update: 0,
  comment: 1,
  changes_request: 2,
  approval: 3,
  changes_request_withdrawn: 4,
  approval_withdrawn: 5,
};

/**
 * One order for the same activities, however they are listed. At one instant "ready" comes after "draft", "queued"
 * after any other state and a reviewer after the author; any others change a course in the same way, whichever comes
 * first.
 */
function toOrder({ activities, authorUuid }: PullRequestHistory): Activity[] {
  const toKey = (activity: Activity): number[] => [
    activity.at,
    ranks[activity.kind],
    tellsQueued(activity) === true ? 1 : 0,
    activity.isDraft === true ? 0 : 1,
    activity.actorUuid !== null && activity.actorUuid === authorUuid ? 0 : 1,
  ];
  const keyed = tellDrafts(activities).map((activity) => ({ activity, key: toKey(activity) }));
  return keyed.sort((one, other) => compareKeys(one.key, other.key)).map(({ activity }) => activity);
}

function compareKeys(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
