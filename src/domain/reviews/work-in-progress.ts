import { secondsBetween, type Instant } from '../instant';
import { listCountedActivities, type CountedActivity } from './counted-activities';
import type { Activity } from '../pull-requests/activity';
import type { OpenPullRequest } from '../pull-requests/pull-request-history';
import { isApproved } from './review-progress';
import type { WorkInProgressPhase } from './work-in-progress-phase';

export interface WorkInProgress {
  readonly phase: WorkInProgressPhase;
  readonly reviews: number;
  /** Inline and general. */
  readonly comments: number;
  /** Since the opening. */
  readonly secondsInProgress: number;
  /** Since the last commit, comment, review or edit, at the longest since the opening. */
  readonly secondsStale: number;
}

/**
 * How far an open pull request is (docs/definitions.md, 6.4). Never negative: an activity or an opening dated in the
 * future is taken as of now, a commit as of its arrival, which the facts say already.
 * @param context.ignored Uuids, with braces, of bots and of people left out.
 */
export function toWorkInProgress(
  pullRequest: OpenPullRequest,
  { ignored, now }: { readonly ignored: ReadonlySet<string>; readonly now: Instant },
): WorkInProgress {
  const activities = listCountedActivities(pullRequest, ignored);
  const reviews = activities.filter(({ isReview }) => isReview).length;
  const openedAt = Math.min(pullRequest.openedAt, now);
  return {
    phase: findPhase(reviews, isApproved(pullRequest, ignored)),
    reviews,
    comments: activities.filter(({ isComment }) => isComment).length,
    secondsInProgress: secondsBetween(openedAt, now),
    secondsStale: secondsBetween(Math.min(findLastMove(pullRequest, activities, ignored), now), now),
  };
}

function findPhase(reviews: number, approved: boolean): WorkInProgressPhase {
  if (approved) {
    return 'approved';
  }
  return reviews > 0 ? 'reviewed' : 'open';
}

/** An edit is whatever an update tells, a push or a mark as draft too, by anyone but a bot or somebody left out. */
function findLastMove(
  { openedAt, lastCommitAt }: OpenPullRequest,
  activities: readonly CountedActivity[],
  ignored: ReadonlySet<string>,
): Instant {
  const isEdit = ({ kind, actorUuid }: Activity) => kind === 'update' && !ignored.has(actorUuid ?? '');
  return activities
    .filter(({ activity, isReview, isComment }) => isEdit(activity) || isReview || isComment)
    .reduce((last, { activity }) => Math.max(last, activity.at), Math.max(openedAt, lastCommitAt ?? openedAt));
}
