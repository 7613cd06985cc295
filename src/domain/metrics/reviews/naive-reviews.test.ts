import fc from 'fast-check';
import { DateTime } from 'luxon';
import { intervals, type Interval } from '../../calendar/bucket';
import { toDateRange } from '../../calendar/date-range';
import { aMergedPullRequest, day, hour, minute } from '../../../../test/support/builders';
import { aDeed, allDeeds } from '../../../../test/support/facts/lives';
import type { Activity } from '../../pull-requests/activity';
import type { RecordedPullRequest } from '../../pull-requests/pull-request-history';
import { computeReviewNumbers } from '../../reviews/compute-review-numbers';
import { reviewMetricKeys, type ReviewMetricKey } from '../catalogue';
import { buildReviewColumns } from './review-columns';
import { computeReviews } from './reviews';

/*
 * Every number of Changes & Reviews against a second calculation, written from docs/definitions.md alone: arrays of objects,
 * its own percentile, luxon's calendar, no columns and no search. All times are whole quarters of a second, so sums
 * are exact in whatever order they are taken.
 */

const systems = ['{drums}', '{bells}', '{gongs}'];
const teams = ['red', 'blue', 'green'];
const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Beirut'];
const bots = new Set(['{robot}']);
const begin = Date.UTC(2026, 0, 1);

/** Always the same numbers: a linear congruential generator (Numerical Recipes). */
function createDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function rollPullRequests(count: number): RecordedPullRequest[] {
  const roll = createDice(20_261_122);
  const pick = <T>(all: readonly T[]): T => all[roll(all.length)] as T;
  const people = ['ada', 'rita', 'carl', 'robot', '?'];
  return Array.from({ length: count }, (_, index) => {
    const openedAt = begin + roll(300 * 96) * 15 * minute + roll(4) * 250;
    const mergedAt = openedAt + roll(10 * 96) * 15 * minute - (roll(20) === 0 ? 12 * day : 0) + roll(4) * 250;
    const offset = (openedAt - aDeed(0, '?', 'pushes').at) / hour;
    const activities = Array.from({ length: roll(9) }, () =>
      aDeed(offset + (roll(3) === 0 ? roll(9) / 240 : roll(240) - 1), pick(people), pick(allDeeds)),
    );
    return {
      ...aMergedPullRequest({ number: index + 1, openedAt, mergedAt, repositoryUuid: pick(systems) }),
      authorUuid: roll(8) === 0 ? null : '{ada}',
      isComplete: roll(6) > 0,
      changes: Array.from({ length: 1 + roll(5) }, (_, at) => ({ changeId: `${index} ${at}`, createdAt: openedAt })),
      teams: teams.filter(() => roll(3) === 0),
      destinationBranch: pick(['main', 'dev', null]),
      isDraft: roll(5) === 0,
      firstCommitAt: roll(5) === 0 ? null : openedAt + (2 - roll(20)) * hour,
      linesChanged: roll(4) === 0 ? null : roll(900),
      activities,
    };
  });
}

/** An act of somebody who is known, no bot, not after the merge, and not deleted. */
function stands(activity: Activity, pullRequest: RecordedPullRequest): boolean {
  const { actorUuid: who, at, isDeleted } = activity;
  return who !== null && !bots.has(who) && at <= pullRequest.mergedAt && !isDeleted;
}

/** What the person of a verdict did until the merge: other verdicts, and removals of whatever kind. */
function listOwn(activity: Activity, { activities, mergedAt }: RecordedPullRequest) {
  const own = activities.filter(
    (other) => other !== activity && other.actorUuid === activity.actorUuid && other.at <= mergedAt,
  );
  const removals = own.filter(({ kind }) => kind.endsWith('_withdrawn'));
  const isExplained = (one: Activity) =>
    removals.some(({ kind, at }) => kind === `${one.kind}_withdrawn` && at >= one.at);
  const verdicts = own.filter(({ kind }) => ['approval', 'changes_request'].includes(kind));
  return { removals, isExplained, others: verdicts.filter((one) => !one.isGone || isExplained(one)) };
}

/** The next verdict of the same person; at one instant an approval follows a changes request. */
function findNext(activity: Activity, pullRequest: RecordedPullRequest): Activity | undefined {
  const later = listOwn(activity, pullRequest).others.filter(
    ({ kind, at }) =>
      at > activity.at || (at === activity.at && kind === 'approval' && activity.kind === 'changes_request'),
  );
  const rank = ({ kind }: Activity) => (kind === 'approval' ? 1 : 0);
  return later.sort((a, b) => a.at - b.at || rank(a) - rank(b))[0];
}

/** Taken back, but not by the removal that a replacement brings with it within a minute; or not shown, and not replaced. */
function isTakenBack(activity: Activity, pullRequest: RecordedPullRequest): boolean {
  const { removals, others, isExplained } = listOwn(activity, pullRequest);
  const isAlone = (removal: Activity) =>
    !others.some(({ kind, at }) => kind !== activity.kind && Math.abs(at - removal.at) <= minute);
  const next = findNext(activity, pullRequest);
  const isGone = activity.isGone && !isExplained(activity) && (next === undefined || next.kind === activity.kind);
  return (
    isGone || removals.some((one) => one.kind === `${activity.kind}_withdrawn` && one.at >= activity.at && isAlone(one))
  );
}

function isReview(activity: Activity, pullRequest: RecordedPullRequest): boolean {
  const isVerdict = ['approval', 'changes_request'].includes(activity.kind);
  const isOne = isVerdict || (activity.kind === 'comment' && activity.isInline);
  const isOut = isVerdict && isTakenBack(activity, pullRequest);
  return isOne && stands(activity, pullRequest) && !isOut && activity.actorUuid !== pullRequest.authorUuid;
}

type Numbers = Record<ReviewMetricKey, number | null>;

function minus(later: number | undefined | null, earlier: number | undefined | null): number | null {
  return later == null || earlier == null ? null : (later - earlier) / 1000;
}

function count(pullRequest: RecordedPullRequest): Numbers {
  const { openedAt, mergedAt, firstCommitAt } = pullRequest;
  const activities = [...pullRequest.activities].sort((a, b) => a.at - b.at);
  const reviews = activities.filter((activity) => isReview(activity, pullRequest));
  const approvals = reviews.filter(
    (activity) => activity.kind === 'approval' && findNext(activity, pullRequest) === undefined,
  );
  return {
    time_to_open: [minus(openedAt, firstCommitAt)].find((seconds) => seconds !== null && seconds >= 0) ?? null,
    time_to_merge: minus(mergedAt, openedAt),
    time_to_first_review: minus(reviews[0]?.at, openedAt),
    time_to_first_approval: minus(approvals[0]?.at, openedAt),
    first_to_last_approval: minus(approvals.at(-1)?.at, approvals[0]?.at),
    last_approval_to_merge: minus(mergedAt, approvals.at(-1)?.at),
    lines_changed: pullRequest.linesChanged,
    commits: pullRequest.isComplete ? pullRequest.changes.length : null,
    comments: activities.filter((activity) => activity.kind === 'comment' && stands(activity, pullRequest)).length,
    reviews: reviews.length,
  };
}

function percentile(values: number[], p: number): number | null {
  const x = [...values].sort((a, b) => a - b);
  const h = (x.length - 1) * p;
  const [low, high] = [x[Math.floor(h)], x[Math.ceil(h)]];
  return low === undefined || high === undefined ? null : low + (h - Math.floor(h)) * (high - low);
}

function average(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function summarize(values: (number | null)[]) {
  const known = values.filter((value) => value !== null);
  const good = known.filter((value) => value >= 0);
  return {
    value: percentile(good, 0.5),
    mean: average(good),
    p75: percentile(good, 0.75),
    p95: percentile(good, 0.95),
    n: good.length,
    excluded: known.length - good.length,
  };
}

interface Asked {
  from: string;
  to: string;
  timezone: string;
  interval: Interval;
  systems: string[];
  teams: string[];
}

/** The local dates of the range, by the interval that they lie in. */
function cut({ from, to, interval }: Asked) {
  const spans = new Map<string, { start: string; end: string }>();
  for (let at = DateTime.fromISO(from, { zone: 'UTC' }); ; at = at.plus({ days: 1 })) {
    const [date, key] = [at.toISODate() ?? '', at.startOf(interval).toISODate() ?? ''];
    spans.set(key, { start: spans.get(key)?.start ?? date, end: date });
    if (date === to) return [...spans.values()];
  }
}

const history = rollPullRequests(700);
const counted = history.map((pullRequest) => ({ pullRequest, numbers: count(pullRequest) }));

const dates = new Map<string, string>();

function toDate(at: number, zone: string): string {
  const key = `${zone} ${at}`;
  const date = dates.get(key) ?? DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  dates.set(key, date);
  return date;
}

function listRows(asked: Asked, span: { start: string; end: string; among: typeof counted }) {
  return span.among.filter(({ pullRequest }) => {
    const date = toDate(pullRequest.mergedAt, asked.timezone);
    return (
      span.start <= date &&
      date <= span.end &&
      (asked.systems.length === 0 || asked.systems.includes(pullRequest.repositoryUuid)) &&
      (asked.teams.length === 0 || asked.teams.some((team) => pullRequest.teams.includes(team)))
    );
  });
}

it('every number of Changes & Reviews equals a second, naive calculation under 200 filters', () => {
  const reviewed = history.map((pullRequest) => ({
    ...pullRequest,
    review: computeReviewNumbers(pullRequest, { ignored: bots, deployedAt: null }),
  }));
  reviewed.sort((a, b) => a.mergedAt - b.mergedAt);
  const columns = buildReviewColumns({ pullRequests: reviewed, teamsOf: (pullRequest) => pullRequest.teams });
  const filters = fc.record({
    first: fc.integer({ min: -20, max: 320 }),
    days: fc.integer({ min: 1, max: 120 }),
    timezone: fc.constantFrom(...zones),
    interval: fc.constantFrom(...intervals),
    systems: fc.subarray(systems),
    teams: fc.subarray(teams),
  });
  let compared = 0;
  fc.assert(
    fc.property(filters, ({ first, days, ...filter }) => {
      const start = DateTime.fromMillis(begin, { zone: 'UTC' }).plus({ days: first });
      const range = { from: start.toISODate() ?? '', to: start.plus({ days: days - 1 }).toISODate() ?? '' };
      const asked: Asked = { ...filter, ...range };
      const found = computeReviews(columns, { ...asked, range: toDateRange(asked) });
      const whole = listRows(asked, { start: asked.from, end: asked.to, among: counted });
      const parts = cut(asked).map((span) => ({ span, rows: listRows(asked, { ...span, among: whole }) }));
      for (const metric of reviewMetricKeys) {
        const of = (rows: typeof counted) => summarize(rows.map(({ numbers }) => numbers[metric]));
        const series = parts.map(({ span, rows }) => ({ ...span, ...of(rows) }));
        expect(found.metrics[metric]).toEqual({ ...of(whole), series });
        expect(series.reduce((sum, { n }) => sum + n, 0)).toBe(found.metrics[metric].n);
        compared += found.metrics[metric].n;
      }
      expect(found.merged).toBe(whole.length);
      expect(found.incomplete).toBe(whole.filter(({ pullRequest }) => !pullRequest.isComplete).length);
      expect(found.unsized).toBe(whole.filter(({ pullRequest }) => pullRequest.linesChanged === null).length);
      expect(found.phases.series.map(({ n }) => n)).toEqual(parts.map(({ rows }) => rows.length));
      expectWholeLives(found.phases, whole);
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
  expect(compared).toBeGreaterThan(50_000);
});

/** The mean phases add up to the mean of all lives, from the first commit or the opening to the merge. */
function expectWholeLives({ mean }: { mean: Readonly<Record<string, number>> | null }, rows: typeof counted) {
  const lives = rows.map(({ pullRequest: { firstCommitAt, openedAt, mergedAt } }) => {
    const beginAt = Math.min(firstCommitAt ?? openedAt, openedAt);
    return (Math.max(mergedAt, openedAt) - beginAt) / 1000;
  });
  const sum = mean === null ? null : Object.values(mean).reduce((all, one) => all + one, 0);
  const expected = average(lives);
  expect(sum === null).toBe(expected === null);
  // A mean that lies between two milliseconds may be rounded either way: a thousandth of one tells.
  expect(sum ?? 0).toBeCloseTo(expected ?? 0, 6);
}
