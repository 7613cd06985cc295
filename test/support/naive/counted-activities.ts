import type { NaiveActivity, NaiveHistory } from './facts';

/*
 * Which activities count in a pull request from docs/definitions.md, 6: those of known people who are no bots, until a
 * moment (its merge, or now), not deleted; of the verdicts those that were not taken back by then.
 */

export interface Counting {
  /** Uuids. */
  readonly bots: ReadonlySet<string>;
  readonly until: number;
}

/** A removal within a minute of that person's other verdict belongs to the replacement. */
const replacementWithin = 60_000;

const isVerdict = ({ kind }: NaiveActivity): boolean => kind === 'approval' || kind === 'changes_request';

/** Everybody's, the author's too, inline and general. */
export function listComments({ activities }: NaiveHistory, counting: Counting): NaiveActivity[] {
  return sort(activities.filter((activity) => activity.kind === 'comment' && stands(activity, counting)));
}

/** Approvals, changes requests and inline comments of others than the author, oldest first. */
export function listReviews({ activities, authorUuid }: NaiveHistory, counting: Counting): NaiveActivity[] {
  return sort(
    activities.filter((activity) => {
      const isReview = isVerdict(activity) || (activity.kind === 'comment' && activity.isInline);
      if (!isReview || !stands(activity, counting) || activity.actorUuid === authorUuid) return false;
      return !isVerdict(activity) || !isTakenBack(activity, listOthers(activity, activities, counting));
    }),
  );
}

/** The reviews that are approvals in force at the moment: none of the same person replaced them. */
export function listApprovals(history: NaiveHistory, counting: Counting): NaiveActivity[] {
  return listInForce(history, counting, 'approval');
}

/** The reviews that are changes requests in force, answered or not. */
export function listRequests(history: NaiveHistory, counting: Counting): NaiveActivity[] {
  return listInForce(history, counting, 'changes_request');
}

function listInForce(history: NaiveHistory, counting: Counting, kind: NaiveActivity['kind']): NaiveActivity[] {
  return listReviews(history, counting).filter(
    (review) =>
      review.kind === kind && findNext(review, listOthers(review, history.activities, counting)) === undefined,
  );
}

function sort(activities: readonly NaiveActivity[]): NaiveActivity[] {
  return [...activities].sort((one, other) => one.at - other.at);
}

function stands({ actorUuid, at, isDeleted }: NaiveActivity, { bots, until }: Counting): boolean {
  return actorUuid !== null && !bots.has(actorUuid) && at <= until && !isDeleted;
}

/** What else the person of a verdict did until the moment. */
interface Others {
  readonly removals: readonly NaiveActivity[];
  /** Without those that Bitbucket no longer shows, unless a removal says why. */
  readonly verdicts: readonly NaiveActivity[];
  readonly isExplained: (verdict: NaiveActivity) => boolean;
}

function listOthers(activity: NaiveActivity, activities: readonly NaiveActivity[], { until }: Counting): Others {
  const own = activities.filter(
    (other) => other !== activity && other.actorUuid === activity.actorUuid && other.at <= until,
  );
  const removals = own.filter(({ kind }) => kind.endsWith('_withdrawn'));
  const isExplained = (one: NaiveActivity) =>
    removals.some(({ kind, at }) => kind === `${one.kind}_withdrawn` && at >= one.at);
  const verdicts = own.filter((one) => isVerdict(one) && (!one.isGone || isExplained(one)));
  return { removals, verdicts, isExplained };
}

/** The next verdict of the same person; at one instant an approval follows a changes request. */
function findNext(activity: NaiveActivity, { verdicts }: Others): NaiveActivity | undefined {
  const rank = ({ kind }: NaiveActivity) => (kind === 'approval' ? 1 : 0);
  const later = verdicts.filter(
    (one) => one.at > activity.at || (one.at === activity.at && rank(one) > rank(activity)),
  );
  return later.sort((one, other) => one.at - other.at || rank(one) - rank(other))[0];
}

/** By a removal that belongs to no replacement; or it is no longer shown, and no removal or replacement says why. */
function isTakenBack(activity: NaiveActivity, others: Others): boolean {
  const isAlone = (removal: NaiveActivity) =>
    !others.verdicts.some(({ kind, at }) => kind !== activity.kind && Math.abs(at - removal.at) <= replacementWithin);
  const next = findNext(activity, others);
  const isGone =
    activity.isGone && !others.isExplained(activity) && (next === undefined || next.kind === activity.kind);
  const isRemoved = others.removals.some(
    (one) => one.kind === `${activity.kind}_withdrawn` && one.at >= activity.at && isAlone(one),
  );
  return isGone || isRemoved;
}
