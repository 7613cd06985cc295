import { toLocalDate } from './calendar';
import { listApprovals, listRequests, listReviews } from './counted-activities';
import { formatDeployId, passes, type NaiveHistory, type NaivePullRequest, type NaiveReviewedMerge } from './facts';
import { findPhaseAt, isQueuedAt, listAuthorsMoves, sumPhases } from './phases';
import { percentile } from './statistics';

/* What open pull requests wait for, from docs/definitions.md, 6.4. True where no verdict was taken back. */

export interface NaiveWaiting extends NaivePullRequest, NaiveHistory {
  readonly isQueued: boolean;
  /** Whoever was asked for a review; `null`: not known. */
  readonly reviewerUuids: readonly string[] | null;
}

export interface NaiveWaitWorld {
  readonly open: readonly NaiveWaiting[];
  readonly merged: readonly NaiveReviewedMerge[];
  /** Uuids of bots and of people left out. */
  readonly bots: ReadonlySet<string>;
  /** Present members, by the slug of their team. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly now: number;
  readonly zone: string;
}

interface Choice {
  /** Uuids; `null`: all. */
  readonly systems: readonly string[] | null;
  /** Slugs; none: all. */
  readonly teams: readonly string[];
}

const day = 86_400_000;
const fewest = 5;

export function findNaiveWaits(world: NaiveWaitWorld, choice: Choice) {
  const inOrder = [...world.open].sort((one, other) => one.openedAt - other.openedAt || compareIds(one, other));
  const spent = listSpent(world);
  const found = inOrder.map((one) => ({ one, wait: findWait(one, world, spent) }));
  const waits = found.filter(({ one }) => passes(one, choice)).map(({ wait }) => wait);
  waits.sort((one, other) => (other.over ?? other.waited) - (one.over ?? one.waited) || one.since - other.since);
  return {
    waits,
    load: computeLoad(
      found.filter(({ one }) => passes(one, { ...choice, teams: [] })),
      { world, choice },
    ),
  };
}

function compareIds(one: NaivePullRequest, other: NaivePullRequest): number {
  return formatDeployId(one) < formatDeployId(other) ? -1 : 1;
}

function findWait(one: NaiveWaiting, world: NaiveWaitWorld, spent: readonly Spent[]) {
  const waitsFor = findWaitsFor(one, world);
  const since = findSince(one, toPhase(waitsFor), world);
  const waited = (world.now - since) / 1000;
  const usual = findUsual(one.system.uuid, toPhase(waitsFor), spent);
  return {
    id: formatDeployId(one),
    ...{ waitsFor, since, waited, usual },
    whom: findWhom(one, waitsFor, world),
    over: usual === null ? null : waited - usual.seconds,
    aside: world.bots.has(one.authorUuid ?? '') ? 'bot' : world.now - one.openedAt > 90 * day ? 'old' : null,
  };
}

function findWaitsFor(one: NaiveWaiting, { bots, now }: NaiveWaitWorld): string {
  const counting = { bots, until: now };
  if (one.isQueued || isQueuedAt(one, now)) return 'queue';
  if (one.isDraft) return 'ready';
  // What somebody requests and the author has not answered is the author's to do, whatever else is so.
  if (asksForChanges(one, bots, now)) return 'changes';
  if (listApprovals(one, counting).length > 0) return 'merge';
  const last = listReviews(one, counting).at(-1);
  if (last === undefined) return 'first_review';
  return listAuthorsMoves(one).some(({ at }) => at > last.at && at <= now) ? 'review' : 'answer';
}

/** Whether somebody requests changes, and the author has done nothing since. */
function asksForChanges(one: NaiveWaiting, bots: ReadonlySet<string>, until: number): boolean {
  const moves = listAuthorsMoves(one).filter(({ at }) => at <= until);
  return listRequests(one, { bots, until }).some((request) => !moves.some(({ at }) => at > request.at));
}

function toPhase(waitsFor: string): string {
  if (waitsFor === 'queue') return 'in_merge_queue';
  if (waitsFor === 'ready') return 'draft';
  if (waitsFor === 'merge') return 'approved';
  if (waitsFor === 'first_review') return 'waiting_for_first_review';
  return waitsFor === 'review' ? 'in_review' : 'waiting_for_author';
}

/** From the moment at which that phase began; where none of its activities tells of it, from the last of them. */
function findSince(one: NaiveWaiting, phase: string, { bots }: NaiveWaitWorld): number {
  const moments = one.activities.map(({ at }) => at).filter((at) => at > one.openedAt);
  let since: number | null = null;
  for (const at of [one.openedAt, ...[...new Set(moments)].sort((left, right) => left - right)]) {
    const told = findPhaseAt(one, bots, at);
    const own = told === 'approved' && asksForChanges(one, bots, at) ? 'waiting_for_author' : told;
    since = own === phase ? (since ?? at) : null;
  }
  return since ?? Math.max(one.openedAt, ...one.activities.map(({ at }) => at));
}

function findWhom(one: NaiveWaiting, waitsFor: string, { bots, now }: NaiveWaitWorld): string[] | null {
  if (waitsFor === 'queue') return [];
  if (waitsFor !== 'review' && waitsFor !== 'first_review') return one.authorUuid === null ? null : [one.authorUuid];
  const counting = { bots, until: now };
  const approvers = listApprovals(one, counting).map(({ actorUuid }) => actorUuid ?? '');
  const requesters = listRequests(one, counting).map(({ actorUuid }) => actorUuid ?? '');
  const asked = new Set([...requesters, ...(one.reviewerUuids ?? [])]);
  const awaited = [...asked].filter((uuid) => uuid !== one.authorUuid && !bots.has(uuid) && !approvers.includes(uuid));
  return awaited.length === 0 && one.reviewerUuids === null ? null : awaited.sort();
}

interface Spent {
  readonly system: string;
  readonly phases: Readonly<Record<string, number>>;
}

/** What the pull requests merged in the last 90 days, today among them, spent in each phase. */
function listSpent({ merged, bots, now, zone }: NaiveWaitWorld): Spent[] {
  const first = toLocalDate(now - 89 * day, zone);
  const last = toLocalDate(now, zone);
  return merged
    .filter(({ mergedAt }) => toLocalDate(mergedAt, zone) >= first && toLocalDate(mergedAt, zone) <= last)
    .map((merge) => ({ system: merge.system.uuid, phases: sumPhases(merge, { bots, merges: [] }) }));
}

/** The median time in a phase of those that were in it: of the repository, else of all. */
function findUsual(system: string, phase: string, merged: readonly Spent[]) {
  const spent = merged
    .map((one) => ({ system: one.system, seconds: one.phases[phase] ?? 0 }))
    .filter(({ seconds }) => seconds > 0);
  const own = spent.filter((one) => one.system === system);
  const chosen = own.length >= fewest ? own : spent;
  const seconds = percentile(
    chosen.map((one) => one.seconds),
    0.5,
  );
  if (chosen.length < fewest || seconds === null) return null;
  return { seconds, n: chosen.length, of: chosen === own ? 'repository' : 'workspace' };
}

/** How many people have 0, 1, 2, 3, 4 and five or more reviews to do. */
function computeLoad(
  found: readonly { readonly one: NaiveWaiting; readonly wait: ReturnType<typeof findWait> }[],
  { world, choice }: { readonly world: NaiveWaitWorld; readonly choice: Choice },
) {
  const counted = found.filter(({ wait }) => wait.aside === null);
  const toReview = counted.filter(({ wait }) => wait.waitsFor === 'review' || wait.waitsFor === 'first_review');
  const awaited = toReview.flatMap(({ wait }) => wait.whom ?? []);
  const people = new Set(
    Object.entries(world.members).flatMap(([slug, uuids]) =>
      choice.teams.length === 0 || choice.teams.includes(slug) ? uuids : [],
    ),
  );
  if (choice.teams.length === 0) {
    counted.forEach(({ one }) => one.authorUuid !== null && people.add(one.authorUuid));
    awaited.forEach((uuid) => people.add(uuid));
  }
  world.bots.forEach((uuid) => people.delete(uuid));
  if (people.size < 2) return null;
  const byReviews = [0, 0, 0, 0, 0, 0];
  let reviews = 0;
  for (const uuid of people) {
    const own = awaited.filter((one) => one === uuid).length;
    reviews += own;
    byReviews[Math.min(own, 5)] = (byReviews[Math.min(own, 5)] ?? 0) + 1;
  }
  return { reviews, people: people.size, byReviews };
}
