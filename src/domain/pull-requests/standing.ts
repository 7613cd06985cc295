import type { Instant } from '../instant';
import type { Activity } from './activity';

/** What somebody's word on a pull request is at a moment. */
export type StandingVerdict = 'approved' | 'changes_requested' | 'none';

/** Whose approval or changes request is in force, as Bitbucket lists the participants. */
export interface Standing {
  readonly asOf: Instant;
  /** By uuid, with braces; of somebody who is not named nothing is known. */
  readonly verdicts: ReadonlyMap<string, StandingVerdict>;
}

const asks: Readonly<Partial<Record<Activity['kind'], StandingVerdict>>> = {
  approval: 'approved',
  changes_request: 'changes_requested',
};
/** By what kind of activity a verdict is withdrawn. */
export const takenBackBy: Readonly<Partial<Record<Activity['kind'], Activity['kind']>>> = {
  approval: 'approval_withdrawn',
  changes_request: 'changes_request_withdrawn',
};

/**
 * Marks the last verdict of each participant as gone where Bitbucket says that it is not in force and no withdrawal
 * that we know of explains it: the notice of that one was lost (docs/definitions.md, 6.2: the participants' state
 * decides). What was given after the standing was told is left as it is.
 * @param activities Ascending by `at`.
 */
export function applyStanding(activities: readonly Activity[], standing: Standing | null): Activity[] {
  if (standing === null) {
    return [...activities];
  }
  const gone = new Set<Activity>();
  for (const [uuid, verdict] of standing.verdicts) {
    const own = activities.filter((activity) => activity.actorUuid === uuid && activity.at <= standing.asOf);
    const last = own.findLast(
      (activity) => asks[activity.kind] !== undefined && !activity.isDeleted && !activity.isGone,
    );
    if (last !== undefined && asks[last.kind] !== verdict && !isTakenBack(last, own)) {
      gone.add(last);
    }
  }
  return activities.map((activity) => (gone.has(activity) ? { ...activity, isGone: true } : activity));
}

function isTakenBack(verdict: Activity, own: readonly Activity[]): boolean {
  return own.some(({ kind, at }) => kind === takenBackBy[verdict.kind] && at >= verdict.at);
}
