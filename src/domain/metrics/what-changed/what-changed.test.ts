import { aMergedPullRequest, hour } from '../../../../test/support/builders';
import { buildWorkspaceColumns } from '../../../../test/support/facts/workspace-columns';
import { computeNaiveWhatChanged, type NaiveChangeQuestion } from '../../../../test/support/naive/what-changed';
import { toDateRange } from '../../calendar/date-range';
import { phases } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import {
  reviewDurations,
  reviewSizes,
  type ReviewNumbers,
  type ReviewedPullRequest,
} from '../../reviews/review-numbers';
import { computeWhatChanged, type WhatChanged } from './what-changed';

const systems = ['{drums}', '{bells}', '{gongs}'];
const begin = Date.UTC(2026, 9, 1);
const nothing = Object.fromEntries([...reviewDurations, ...reviewSizes].map((name) => [name, null]));

/** What a merged pull request is drawn as. */
interface Drawn {
  readonly system: string;
  /** Hours after the beginning. */
  readonly mergedAfter: number;
  /** `null`: no first commit is known. */
  readonly timeToOpen: number | null;
  /** Seconds, in the order of the phases. */
  readonly seconds: readonly number[];
  readonly destinationBranch: string;
  readonly teams: readonly string[];
}

/** Always the same numbers: a linear congruential generator (Numerical Recipes). */
function createDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Up to forty pull requests, of which several may have been merged at one instant, and a question about them. */
function drawWorld(seed: number): { readonly some: readonly Drawn[]; readonly asked: NaiveChangeQuestion } {
  const roll = createDice(seed);
  const pick = <T>(all: readonly T[]): T => all[roll(all.length)] as T;
  const teams = ['red', 'blue'];
  const some = Array.from({ length: roll(41) }, () => ({
    system: pick(systems),
    mergedAfter: roll(31 * 12) * 2,
    timeToOpen: roll(5) === 0 ? null : roll(9_000),
    seconds: phases.map(() => (roll(3) === 0 ? 0 : roll(400_000))),
    destinationBranch: pick(['main', 'main', 'dev']),
    teams: teams.filter(() => roll(2) === 0),
  }));
  const cut = 8 + roll(16);
  const asked = {
    of: pick(['deployments', 'merged'] as const),
    zone: pick(['UTC', 'America/Sao_Paulo', 'Asia/Beirut']),
    systems: roll(4) === 0 ? systems.filter(() => roll(2) === 0) : null,
    teams: roll(4) === 0 ? teams.filter(() => roll(2) === 0) : [],
    compared: { from: '2026-10-01', to: toDate(cut - 1) },
    range: { from: toDate(cut), to: '2026-10-31' },
  };
  return { some, asked };
}

function toDate(day: number): string {
  return `2026-10-${String(day).padStart(2, '0')}`;
}

function toPullRequest(one: Drawn, index: number): ReviewedPullRequest {
  const mergedAt = begin + one.mergedAfter * hour;
  const review = {
    ...nothing,
    timeToOpen: one.timeToOpen,
    phases: mapPhases((phase) => one.seconds[phases.indexOf(phase)] ?? 0),
  } as ReviewNumbers;
  return {
    ...aMergedPullRequest({ number: index + 1, repositoryUuid: one.system, openedAt: mergedAt - hour, mergedAt }),
    ...{ destinationBranch: one.destinationBranch, teams: one.teams, isDraft: false, review },
  };
}

function toNaive({ review, ...one }: ReviewedPullRequest) {
  const merge = {
    system: { uuid: one.repositoryUuid, slug: '', name: '' },
    ...{ teams: one.teams, openedAt: one.openedAt, mergedAt: one.mergedAt },
    isDeployment: one.destinationBranch === 'main',
    firstCommitAt: review.timeToOpen === null ? null : one.openedAt - review.timeToOpen * 1_000,
  };
  return { merge, phases: review.phases };
}

function ask(pullRequests: readonly ReviewedPullRequest[], { zone, ...asked }: NaiveChangeQuestion): WhatChanged {
  const toRange = ({ from, to }: { from: string; to: string }) => toDateRange({ from, to, timezone: zone });
  return computeWhatChanged(buildWorkspaceColumns(pullRequests, zone), {
    ...asked,
    range: toRange(asked.range),
    compared: toRange(asked.compared),
  });
}

type Expected = ReturnType<typeof computeNaiveWhatChanged>;

/** How far, in seconds, the answer is from the second calculation, and its parts together from the difference. */
function findFarthest({ difference, phases: byPhase, systems: bySystem }: WhatChanged, expected: Expected): number {
  const both: readonly (readonly [number | null | undefined, number | null | undefined])[] = [
    [difference, expected.difference],
    [addUp(byPhase), difference],
    [addUp(bySystem), difference],
    ...byPhase.map(({ phase, part }) => [part, expected.phases[phase] ?? (difference === null ? null : 0)] as const),
    ...bySystem.map(({ uuid, part }) => [part, expected.systems[uuid]] as const),
    [bySystem.length, Object.keys(expected.systems).length],
  ];
  return Math.max(...both.map(([one, other]) => (one === other ? 0 : Math.abs((one ?? NaN) - (other ?? NaN)))));
}

function addUp(parts: readonly { readonly part: number | null }[]): number | null {
  if (parts.length === 0) return null;
  return parts.reduce<number | null>((sum, { part }) => (part === null || sum === null ? null : sum + part), 0);
}

const october: NaiveChangeQuestion = {
  ...{ of: 'deployments', zone: 'UTC', systems: null, teams: [] },
  compared: { from: '2026-10-01', to: '2026-10-15' },
  range: { from: '2026-10-16', to: '2026-10-31' },
};

/** Merged on some day, after so many hours of coding and of waiting for a review. */
function aMerge(day: number, [coding, waiting]: readonly [number, number], change: Partial<Drawn> = {}): Drawn {
  const seconds = phases.map((phase) => {
    if (phase === 'coding') return coding * 3_600;
    return phase === 'waiting_for_first_review' ? waiting * 3_600 : 0;
  });
  const usual = { system: '{drums}', timeToOpen: coding * 3_600, destinationBranch: 'main', teams: [] };
  return { ...usual, mergedAfter: (day - 1) * 24 + 12, seconds, ...change };
}

function times(count: number, one: Drawn): Drawn[] {
  return Array.from({ length: count }, () => one);
}

const toHours = ({ part }: { readonly part: number | null }) => (part === null ? null : part / 3_600);

describe('what changed', () => {
  it('in 2,000 random worlds has parts that add up to the difference, as a second calculation finds it', () => {
    let told = 0;
    for (let seed = 0; seed < 2_000; seed += 1) {
      const { some, asked } = drawWorld(seed);
      const pullRequests = some.map(toPullRequest);
      const found = ask(pullRequests, asked);
      const expected = computeNaiveWhatChanged(pullRequests.map(toNaive), asked);
      expect([found.now, found.before]).toMatchObject([expected.now, expected.before]);
      // Seconds; which world it was is told with it.
      expect({ seed, isNear: findFarthest(found, expected) < 1e-6 }).toEqual({ seed, isNear: true });
      told += Number(found.difference !== null);
    }
    expect(told).toBeGreaterThan(500);
  });

  it('is told by phase and by repository', () => {
    const before = [...times(5, aMerge(3, [10, 22])), ...times(5, aMerge(4, [10, 2], { system: '{bells}' }))];
    const now = [...times(5, aMerge(20, [12, 16])), ...times(5, aMerge(21, [10, 2], { system: '{bells}' }))];
    const found = ask([...before, ...now].map(toPullRequest), october);
    expect(found).toMatchObject({ movement: 'lower', difference: -2 * 3_600, now: { n: 10, mean: 20 * 3_600 } });
    expect(found.phases.map(toHours)).toEqual([1, 0, -3, 0, 0, 0, 0, 0]);
    expect(found.systems.map(toHours)).toEqual([-2, 0]);
  });

  it('gives a repository that is slow, and does more, its part although its own times are the same', () => {
    const slow = { system: '{bells}' };
    const before = [...times(8, aMerge(3, [10, 0])), ...times(2, aMerge(4, [60, 0], slow))];
    const now = [...times(5, aMerge(20, [10, 0])), ...times(5, aMerge(21, [60, 0], slow))];
    const found = ask([...before, ...now].map(toPullRequest), october);
    expect(found.difference).toBe(15 * 3_600);
    expect(found.systems.map(({ part }) => Math.round(part ?? 0))).toEqual([5.25 * 3_600, 9.75 * 3_600]);
  });

  it('leaves out, and counts, what has no known first commit', () => {
    const unknown = { timeToOpen: null };
    const before = times(6, aMerge(3, [10, 22]));
    const now = [...times(5, aMerge(20, [10, 20])), ...times(3, aMerge(21, [0, 900], unknown))];
    const found = ask([...before, ...now].map(toPullRequest), october);
    expect(found.now).toMatchObject({ n: 5, leftOut: 3, mean: 30 * 3_600, median: 30 * 3_600 });
    expect(found.difference).toBe(-2 * 3_600);
  });

  it('has no parts where one of the periods has fewer than five', () => {
    const few = ask([...times(4, aMerge(3, [10, 22])), ...times(9, aMerge(20, [1, 1]))].map(toPullRequest), october);
    expect(few).toMatchObject({ movement: 'too few to tell', difference: null, before: { n: 4 }, now: { n: 9 } });
    expect(few.systems.map(({ part }) => part)).toEqual([null]);
  });
});
