import { hasEnded } from '../pull-requests/pull-request';
import type { Activity } from '../pull-requests/activity';

/*
 * What the updates of a pull request say of it by the word of its state after them: Bitbucket knows `DRAFT` and
 * `QUEUED` (in a merge queue) beside the words of an end, and may learn others.
 */

/** Whether it is in a merge queue from this update on; `null`: the activity does not tell. */
export function tellsQueued({ state }: Activity): boolean | null {
  return state === null ? null : state === 'QUEUED';
}

/** Whether an update is the end of a pull request. */
export function tellsEnd({ kind, state }: Activity): boolean {
  return kind === 'update' && state !== null && hasEnded(state);
}

/**
 * The activities with what they tell of drafts. Where updates tell it by the word `DRAFT` alone, any other word says
 * that it is none; where there is no such word, an update without the mark does not tell.
 */
export function tellDrafts(activities: readonly Activity[]): readonly Activity[] {
  const isByWord = activities.some(({ state, isDraft }) => state === 'DRAFT' && isDraft === null);
  const toTold = (activity: Activity): Activity =>
    activity.isDraft === null && activity.state !== null
      ? { ...activity, isDraft: activity.state === 'DRAFT' }
      : activity;
  return isByWord ? activities.map(toTold) : activities;
}
