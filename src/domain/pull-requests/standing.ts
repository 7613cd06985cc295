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
/** By what kind of act a verdict is withdrawn. */
export const takenBackBy: Readonly<Partial<Record<Activity['kind'], Activity['kind']>>> = {
  approval: 'approval_withdrawn',
  changes_request: 'changes_request_withdrawn',
};

/**
 * Marks the last verdict of each participant as gone where Bitbucket says that it is not in force and no withdrawal
 * that we know of explains it: the notice of that one was lost (docs/definitions.md, 6.2: the participants' state
 * decides). What was given after the standing was told is left as it is.
 * @param acts Ascending by `at`.
 */
export function applyStanding(acts: readonly Activity[], standing: Standing | null): Activity[] {
  if (standing === null) {
    return [...acts];
  }
  const gone = new Set<Activity>();
  for (const [uuid, verdict] of standing.verdicts) {
    const own = acts.filter((act) => act.actorUuid === uuid && act.at <= standing.asOf);
    const last = own.findLast((act) => asks[act.kind] !== undefined && !act.isDeleted && !act.isGone);
    if (last !== undefined && asks[last.kind] !== verdict && !isTakenBack(last, own)) {
      gone.add(last);
    }
  }
  return acts.map((act) => (gone.has(act) ? { ...act, isGone: true } : act));
}

function isTakenBack(verdict: Activity, own: readonly Activity[]): boolean {
  return own.some(({ kind, at }) => kind === takenBackBy[verdict.kind] && at >= verdict.at);
}
