import { toDayNumber, toLocalDate } from '../../../../domain/calendar/civil-day';
import { findDayStart, findLocalDay } from '../../../../domain/calendar/time-zone';
import type { Instant } from '../../../../domain/instant';
import type { TeamMember } from '../../../../domain/teams/team';

/** A membership as a form shows it: local dates, both included; `''`: always, still. */
export interface TypedPeriod {
  readonly userUuid: string;
  readonly since: string;
  readonly until: string;
}

/** The dates of a membership in the workspace's zone: its first day and its last. */
export function buildTypedPeriod({ userUuid, since, until }: TeamMember, timezone: string): TypedPeriod {
  const toDate = (at: Instant) => toLocalDate(findLocalDay(at, timezone));
  return {
    userUuid,
    since: since === null ? '' : toDate(since),
    until: until === null ? '' : toDate(until - 1),
  };
}

/** Why the dates of a period cannot be used, in words; `null` when they can. */
export function findPeriodProblem({ since, until }: TypedPeriod): string | null {
  const [first, last] = [since, until].map((text) => (text === '' ? null : toDayNumber(text)));
  const wrong = [since, until].find((text) => text !== '' && toDayNumber(text) === null);
  if (wrong !== undefined) {
    return `"${wrong.slice(0, 20)}" is no date; a date reads 2026-11-03.`;
  }
  const isBackwards = typeof first === 'number' && typeof last === 'number' && first > last;
  return isBackwards ? `A membership ends after it begins: ${until} lies before ${since}.` : null;
}

/**
 * The membership that a checked period means. A date that is shown for a stored membership of the person keeps its
 * instant, which may lie within a day: that of somebody taken out at noon.
 */
export function buildMember(period: TypedPeriod, stored: readonly TeamMember[], timezone: string): TeamMember {
  const { userUuid } = period;
  const own = stored.filter((member) => member.userUuid === userUuid);
  const ofSince = own.find((member) => buildTypedPeriod(member, timezone).since === period.since);
  const ofUntil = own.find((member) => buildTypedPeriod(member, timezone).until === period.until);
  return {
    userUuid,
    since: ofSince === undefined ? computeStart(period.since, timezone, 0) : ofSince.since,
    until: ofUntil === undefined ? computeStart(period.until, timezone, 1) : ofUntil.until,
  };
}

/** In an order of their own, so that the same memberships are the same list. */
export function buildOrdered(members: readonly TeamMember[]): TeamMember[] {
  const toKey = ({ userUuid, since, until }: TeamMember) => [userUuid, since ?? -Infinity, until ?? Infinity] as const;
  return members
    .map(({ userUuid, since, until }) => ({ userUuid, since, until }))
    .toSorted((a, b) => {
      const [[uuid, since, until], [otherUuid, otherSince, otherUntil]] = [toKey(a), toKey(b)];
      const byDate = since === otherSince ? compare(until, otherUntil) : compare(since, otherSince);
      return uuid === otherUuid ? byDate : compare(uuid, otherUuid);
    });
}

function compare<T>(one: T, other: T): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function computeStart(date: string, timezone: string, daysLater: number): Instant | null {
  const day = date === '' ? null : toDayNumber(date);
  return day === null ? null : findDayStart(day + daysLater, timezone);
}

/** The first person with two memberships at one time; `null`: nobody. */
export function findOverlap(members: readonly TeamMember[]): TeamMember | null {
  const overlaps = (one: TeamMember, other: TeamMember) =>
    one.userUuid === other.userUuid &&
    (one.since ?? -Infinity) < (other.until ?? Infinity) &&
    (other.since ?? -Infinity) < (one.until ?? Infinity);
  return members.find((one, index) => members.slice(index + 1).some((other) => overlaps(one, other))) ?? null;
}

/** People who belong to it now or will, each once. */
export function countBelonging(members: readonly TeamMember[], now: Instant): number {
  return new Set(members.filter(({ until }) => until === null || until > now).map(({ userUuid }) => userUuid)).size;
}
