import type { Activity } from '../pull-requests/activity';
import type { PullRequestHistory } from '../pull-requests/pull-request-history';

/** What became of a verdict, or of its removal, in the light of the whole life. */
export interface VerdictFate {
  /**
   * `withdrawn`: taken back at a known moment. `gone`: Bitbucket no longer shows it, and nobody knows since when.
   * `replaced`: another verdict of the same person came after it. `null`: it is in force, or it is a removal.
   */
  readonly end: 'withdrawn' | 'gone' | 'replaced' | null;
  /** The verdict that replaced it; of a removal the one that it belongs to. */
  readonly replacedBy: Activity | null;
}

type VerdictKind = 'approval' | 'changes_request';
type Verdict = Activity & { readonly kind: VerdictKind };

const takenBack: Readonly<Partial<Record<Activity['kind'], VerdictKind>>> = {
  approval_withdrawn: 'approval',
  changes_request_withdrawn: 'changes_request',
};

/** At one instant an approval comes after a changes request, as everywhere in a life. */
const ranks: Readonly<Record<VerdictKind, number>> = { changes_request: 0, approval: 1 };

/** A removal so near another verdict of the same person is a part of the replacement. */
const replacementWithin = 60_000;

/**
 * The fate of each approval, changes request and removal of known people until the merge (docs/definitions.md, 6.2). A
 * person has one verdict at a time: the next one replaces it, of whatever kind. A removal takes back that person's
 * verdicts of its kind given until then, unless it belongs to a replacement. After the merge nothing happens to any of
 * them.
 *
 * A verdict that Bitbucket no longer shows, and no removal says why, was never there: it replaces nothing and claims
 * no removal. If the next verdict is of the other kind, that is reason enough not to show it: it is replaced, not gone.
 */
export function judgeVerdicts({ activities, mergedAt }: PullRequestHistory): ReadonlyMap<Activity, VerdictFate> {
  const ofPeople = new Map<string, Activity[]>();
  for (const activity of activities) {
    const isMeant = isVerdict(activity) || takenBack[activity.kind] !== undefined;
    if (isMeant && activity.actorUuid !== null && activity.at <= (mergedAt ?? Number.POSITIVE_INFINITY)) {
      ofPeople.set(activity.actorUuid, [...(ofPeople.get(activity.actorUuid) ?? []), activity]);
    }
  }
  return new Map([...ofPeople.values()].flatMap(judgePerson));
}

function judgePerson(activities: readonly Activity[]): [Activity, VerdictFate][] {
  const verdicts = activities.filter(isVerdict).sort(compareVerdicts);
  const removals = activities.filter((activity) => !isVerdict(activity));
  const isTakenBackBy = (verdict: Verdict) => (removal: Activity) =>
    takenBack[removal.kind] === verdict.kind && removal.at >= verdict.at;
  const known = verdicts.filter((verdict) => !verdict.isGone || removals.some(isTakenBackBy(verdict)));
  const owners = new Map(removals.map((removal) => [removal, findOwner(removal, known)]));
  const alone = removals.filter((removal) => owners.get(removal) === null);
  const fates = verdicts.map((verdict): [Activity, VerdictFate] => [
    verdict,
    alone.some(isTakenBackBy(verdict)) ? { end: 'withdrawn', replacedBy: null } : findFate(verdict, known),
  ]);
  return [
    ...fates,
    ...[...owners].map(([activity, replacedBy]): [Activity, VerdictFate] => [activity, { end: null, replacedBy }]),
  ];
}

/** The verdict of the other kind that a removal belongs to; `null`: it takes back by itself. */
function findOwner({ kind, at }: Activity, known: readonly Verdict[]): Verdict | null {
  const isNear = (one: Verdict) => one.kind !== takenBack[kind] && Math.abs(one.at - at) <= replacementWithin;
  return known.findLast(isNear) ?? null;
}

function findFate(verdict: Verdict, known: readonly Verdict[]): VerdictFate {
  const next = known.find((other) => compareVerdicts(other, verdict) > 0) ?? null;
  if (!known.includes(verdict) && (next === null || next.kind === verdict.kind)) {
    return { end: 'gone', replacedBy: null };
  }
  return next === null ? { end: null, replacedBy: null } : { end: 'replaced', replacedBy: next };
}

function compareVerdicts(one: Verdict, other: Verdict): number {
  return one.at - other.at || ranks[one.kind] - ranks[other.kind];
}

function isVerdict(activity: Activity): activity is Verdict {
  return activity.kind === 'approval' || activity.kind === 'changes_request';
}
