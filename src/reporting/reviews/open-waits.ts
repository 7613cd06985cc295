import { compareText } from '../../domain/compare-text';
import { findDayStart, findLocalDay } from '../../domain/calendar/time-zone';
import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import { secondsBetween, type Instant } from '../../domain/instant';
import {
  collectSpent,
  findUsualWaits,
  type SpentWaiting,
  type UsualWait,
} from '../../domain/metrics/reviews/usual-waits';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import { findWait, type WaitsFor } from '../../domain/reviews/find-wait';
import { computeReviewLoad, type ReviewLoad } from '../../domain/reviews/review-load';
import { findPresentTeams } from '../../domain/teams/team-membership';
import type { OpenPullRequestItem } from '../answers/pull-requests';
import type { VisibleFilter } from '../filter/delivery-filter';
import { namePerson, type NamedPerson } from '../version/named-person';
import type { WholeVersion } from '../version/workspace-version';
import { selectOpen, toContext, toOpenItem } from './work-in-progress';

/** An open pull request with what it waits for. Times in seconds. */
export interface OpenWait {
  readonly item: OpenPullRequestItem;
  readonly waitsFor: WaitsFor;
  /** `null`: not known. */
  readonly whom: readonly NamedPerson[] | null;
  readonly since: Instant;
  readonly waited: number;
  /** Of the same step; `null`: too few to tell. */
  readonly usual: UsualWait | null;
  /** By how much it has waited longer than usual, negative: not as long; `null`: what is usual is not known. */
  readonly over: number | null;
  /** Why it does not stand among the others. */
  readonly aside: 'bot' | 'old' | null;
}

export interface OpenWaits {
  /** Furthest over the usual first. */
  readonly waits: readonly OpenWait[];
  /** `null`: of fewer than two people. */
  readonly load: ReviewLoad | null;
  readonly asOf: Instant;
}

const day = 86_400_000;
/** What is usual is that of the last 90 days to today; what has been open for longer is a leftover. */
const usualDays = 90;
const reviewWaits: readonly WaitsFor[] = ['first_review', 'review'];

/** What each open pull request waits for, whom and for how long; the range of the filter does not matter. */
export function findOpenWaits(version: WholeVersion, filter: VisibleFilter): OpenWaits {
  const usual = findUsualWaits(recallSpent(version), version.visible);
  const waits = selectOpen(version, filter).map((one) => toOpenWait(one, version, usual));
  return { waits: waits.toSorted(compareWaits), load: findLoad(version, filter), asOf: version.now };
}

const recalled = new WeakMap<WorkspaceColumns, { readonly startAt: Instant; readonly spent: SpentWaiting }>();

/** Once a version and day: a version's columns are never changed. */
function recallSpent({ known, now }: WholeVersion): SpentWaiting {
  const { timezone } = known.settings;
  const today = findLocalDay(now, timezone);
  const startAt = findDayStart(today + 1 - usualDays, timezone);
  const kept = recalled.get(known.corrected);
  if (kept?.startAt === startAt) return kept.spent;
  const spent = collectSpent(known.corrected, { startAt, endAt: findDayStart(today + 1, timezone) });
  recalled.set(known.corrected, { startAt, spent });
  return spent;
}

function toOpenWait(
  pullRequest: OpenPullRequest,
  version: WholeVersion,
  findUsual: ReturnType<typeof findUsualWaits>,
): OpenWait {
  const { known, now } = version;
  const { waitsFor, phase, since, whom } = findWait(pullRequest, { ignored: known.ignored, now });
  const waited = secondsBetween(since, now);
  const usual = findUsual(pullRequest.repositoryUuid, phase);
  return {
    item: toOpenItem(pullRequest, toContext(version)),
    ...{ waitsFor, since, waited, usual },
    whom: whom && nameAll(whom, version),
    over: usual && waited - usual.seconds,
    aside: findAside(pullRequest, version),
  };
}

/** By name; those without one come last. */
function nameAll(uuids: readonly string[], { known }: WholeVersion): NamedPerson[] {
  const people = uuids.flatMap((uuid) => namePerson(uuid, known.people) ?? []);
  const toKey = ({ uuid, displayName }: NamedPerson) => `${displayName === null ? 1 : 0}${displayName ?? ''} ${uuid}`;
  return people.toSorted((one, other) => compareText(toKey(one), toKey(other)));
}

function findAside({ authorUuid, openedAt }: OpenPullRequest, { known, now }: WholeVersion): OpenWait['aside'] {
  if (authorUuid !== null && known.ignored.has(authorUuid)) return 'bot';
  return now - openedAt > usualDays * day ? 'old' : null;
}

/** Where nothing tells what is usual, all of the wait is more than that. */
function compareWaits(one: OpenWait, other: OpenWait): number {
  return (other.over ?? other.waited) - (one.over ?? one.waited) || one.since - other.since;
}

/**
 * The reviews that the people of the chosen teams have to do, whoever opened the pull requests; without a choice those of
 * all teams, and of everybody who opened one of them or was asked to review it. Leftovers and bots' own wait for nobody
 * in earnest: they are left out.
 */
function findLoad(version: WholeVersion, filter: VisibleFilter): ReviewLoad | null {
  const { known, now } = version;
  const open = selectOpen(version, { ...filter, teams: [] }).filter((one) => findAside(one, version) === null);
  const waits = open.map((one) => findWait(one, { ignored: known.ignored, now }));
  const awaited = waits.flatMap(({ waitsFor, whom }) =>
    reviewWaits.includes(waitsFor) && whom !== null ? [whom] : [],
  );
  const members = [...findPresentTeams(known.teams, now)]
    .filter(([, slugs]) => filter.teams.length === 0 || slugs.some((slug) => filter.teams.includes(slug)))
    .map(([uuid]) => uuid);
  const authors = open.flatMap(({ authorUuid }) => authorUuid ?? []);
  const people = filter.teams.length === 0 ? [...members, ...authors, ...awaited.flat()] : members;
  return computeReviewLoad(new Set(people.filter((uuid) => !known.ignored.has(uuid))), awaited);
}
