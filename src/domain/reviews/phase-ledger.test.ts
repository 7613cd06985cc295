import fc from 'fast-check';
import { anInstant, hour } from '../../../test/support/builders';
import { aDeed, aHistory, allDeeds, theIgnored } from '../../../test/support/facts/lives';
import { phases } from './phase';
import { findPresentPhase, toPhaseSeconds, toPhaseSpans, type LedgerContext } from './phase-ledger';
import type { PullRequestHistory } from '../pull-requests/pull-request-history';

const short = {
  coding: 'coding',
  draft: 'draft',
  waiting_for_first_review: 'first',
  in_review: 'review',
  waiting_for_author: 'author',
  approved: 'approved',
  in_merge_queue: 'queue',
  waiting_for_deployment: 'deploy',
} as const;

const ledger: LedgerContext = { ignored: theIgnored, deployedAt: null, endAt: anInstant + 10 * hour };

/** "coding 2, first 3": hours in each piece of the life; told up to ten hours after the opening. */
function read(life: PullRequestHistory, context: Partial<LedgerContext> = {}): string {
  const spans = toPhaseSpans(life, { ...ledger, ...context });
  return spans.map(({ phase, startAt, endAt }) => `${short[phase]} ${(endAt - startAt) / hour}`).join(', ');
}

const merged = { state: 'MERGED' as const, mergedAt: anInstant + 8 * hour };

describe('the phases of an open pull request', () => {
  it.each([
    ['', 'first 10'],
    ['2 rita comments', 'first 10'],
    ['2 ada annotates; 3 ada approves; 4 ada requests; 5 ada pushes', 'first 10'],
    ['2 robot annotates; 3 robot approves; 4 ? approves; 5 rita annotated-deleted', 'first 10'],
    ['2 rita annotates', 'first 2, author 8'],
    ['2 rita requests', 'first 2, author 8'],
    ['2 rita requests; 5 ada pushes', 'first 2, author 3, review 5'],
    ['2 rita requests; 5 ada comments', 'first 2, author 3, review 5'],
    ['2 rita requests; 5 ada commented-deleted', 'first 2, author 8'],
    ['2 rita requests; 5 carl pushes; 6 robot pushes; 7 rita comments', 'first 2, author 8'],
    ['2 rita annotates; 4 ada pushes; 7 carl annotates', 'first 2, author 2, review 3, author 3'],
    ['2 rita approves', 'first 2, approved 8'],
    ['2 rita approves; 4 ada pushes; 5 carl requests', 'first 2, approved 8'],
    ['2 rita approves; 5 rita unapproves', 'first 2, approved 3, review 5'],
    ['2 rita approves; 3 carl approves; 5 rita unapproves', 'first 2, approved 8'],
    ['1 rita requests; 2 carl approves; 5 carl unapproves', 'first 1, author 1, approved 3, author 5'],
    [
      '1 rita requests; 2 ada pushes; 3 carl approves; 5 carl unapproves',
      'first 1, author 1, review 1, approved 2, review 5',
    ],
    ['1 rita requests; 4 rita unrequests', 'first 1, author 3, review 6'],
    ['1 rita requests; 2 carl requests; 4 rita unrequests', 'first 1, author 9'],
    ['1 rita requests; 2 carl requests; 4 rita unrequests; 6 carl unrequests', 'first 1, author 5, review 4'],
    ['2 rita unapproves; 3 rita unrequests', 'first 10'],
    ['0 ada drafts; 3 ada readies', 'draft 3, first 7'],
    [
      '0 ada readies; 1 rita annotates; 2 ada drafts; 3 carl approves; 6 ada readies',
      'first 1, author 1, draft 4, approved 4',
    ],
    ['3 ada readies', 'first 10'],
    ['3 ada drafts', 'draft 10'],
    ['2 rita approves; 2 rita unapproves', 'first 2, review 8'],
    ['2 rita annotates; 2 ada comments', 'first 2, author 8'],
    ['2 ada comments; 2 rita annotates', 'first 2, author 8'],
    ['-1 rita approves', 'approved 10'],
    ['12 rita approves', 'first 10'],
  ])('are, after "%s": %s', (table, expected) => {
    expect(read(aHistory(table))).toBe(`coding 2, ${expected}`);
  });

  it('are all draft when it is one and no update tells since when', () => {
    expect(read(aHistory('2 rita approves', { isDraft: true }))).toBe('coding 2, draft 10');
    expect(read(aHistory('0 ada drafts; 4 ada readies', { isDraft: true }))).toBe('coding 2, draft 4, first 6');
  });

  it.each([
    ['no commit is known', { firstCommitAt: null }],
    ['the first commit follows the opening', { firstCommitAt: anInstant + hour }],
    ['the first commit is the opening', { firstCommitAt: anInstant }],
  ])('begin with the opening where %s', (_, overrides) => {
    expect(read(aHistory('', overrides))).toBe('first 10');
  });
});

describe('the time in a merge queue', () => {
  it.each([
    ['begins with the update that tells it', '2 rita approves; 5 ada queues', 'first 2, approved 3, queue 5'],
    [
      'ends with an update that tells another state',
      '2 rita approves; 5 ada queues; 7 robot readies',
      'first 2, approved 3, queue 2, approved 3',
    ],
    ['ends with a push', '2 rita approves; 5 ada queues; 7 ada pushes', 'first 2, approved 3, queue 2, approved 3'],
    ['goes on while it is told again', '5 ada queues; 6 ada queues; 8 ada pushes', 'first 5, queue 3, first 2'],
    ['goes on whatever is said meanwhile', '5 ada queues; 6 rita annotates; 7 carl approves', 'first 5, queue 5'],
    ['begins where two are told at once', '5 ada queues; 5 ada pushes', 'first 5, queue 5'],
    ['ends where it becomes a draft', '5 ada queues; 7 ada drafts-by-word', 'first 5, queue 2, draft 3'],
    ['may be all there is', '-1 ada queues', 'queue 10'],
  ])('%s: %s', (_, table, expected) => {
    expect(read(aHistory(table))).toBe(`coding 2, ${expected}`);
  });

  it('ends with the merge, and is no part of the wait for the deployment', () => {
    expect(read(aHistory('2 rita approves; 5 ada queues', merged))).toBe(
      'coding 2, first 2, approved 3, queue 3, deploy 2',
    );
    expect(toPhaseSeconds(toPhaseSpans(aHistory('5 ada queues', merged), ledger))).toMatchObject({
      ...{ in_merge_queue: 3 * 3_600, waiting_for_deployment: 2 * 3_600 },
    });
  });
});

describe('a draft that is told by the word of its state alone', () => {
  it.each([
    ['0 ada drafts-by-word; 4 ada pushes', 'draft 4, first 6'],
    ['0 ada pushes; 4 ada drafts-by-word', 'first 4, draft 6'],
    ['4 ada drafts-by-word; 6 ada pushes', 'draft 6, first 4'],
    ['0 ada drafts-by-word; 2 rita approves; 4 ada queues', 'draft 4, queue 6'],
    ['0 ada drafts; 2 ada pushes', 'draft 10'],
  ])('has, after "%s", the phases: %s', (table, expected) => {
    expect(read(aHistory(table))).toBe(`coding 2, ${expected}`);
  });
});

describe('the end of a life', () => {
  it.each([
    ['is its deployment', merged, { deployedAt: anInstant + 9 * hour }, 'coding 2, first 8, deploy 1'],
    ['is its merge, where that deploys it', merged, { deployedAt: merged.mergedAt }, 'coding 2, first 8'],
    ['is not known without a deployment', merged, {}, 'coding 2, first 8, deploy 2'],
    ['is the merge for statistics', merged, { endAt: merged.mergedAt }, 'coding 2, first 8'],
    ['is the closing', { state: 'DECLINED' as const, closedAt: anInstant + 4 * hour }, {}, 'coding 2, first 4'],
    ['is where it is told, if nobody knows the closing', { state: 'DECLINED' as const }, {}, 'coding 2, first 10'],
    [
      'is never before its beginning',
      { state: 'MERGED' as const, mergedAt: anInstant - hour },
      {},
      'coding 2, deploy 10',
    ],
    ['may be its beginning', { firstCommitAt: null }, { endAt: anInstant }, ''],
  ])('%s', (...[, overrides, context, expected]) => {
    expect(read(aHistory('', overrides), context)).toBe(expected);
  });
});

describe('the present phase', () => {
  const now = anInstant + 10 * hour;
  const look = (table: string, overrides: Partial<PullRequestHistory> = {}, deployedAt: number | null = null) =>
    findPresentPhase(aHistory(table, overrides), { ignored: theIgnored, deployedAt, endAt: now });

  it.each([
    ['', 'waiting_for_first_review', 0],
    ['2 rita requests; 3 carl annotates', 'waiting_for_author', 2],
    ['2 rita requests; 3 ada pushes; 10 rita approves', 'approved', 10],
  ])('of an open one after "%s" is %s since hour %i', (table, phase, since) => {
    expect(look(table)).toEqual({ phase, since: anInstant + since * hour });
  });

  it('of an open one takes what is dated after now as of now', () => {
    expect(look('2 rita requests; 12 rita approves')).toEqual({ phase: 'approved', since: now });
    expect(look('2 rita requests; 12 rita approves; 13 rita unapproves')).toEqual({ phase: 'in_review', since: now });
    expect(look('12 ada drafts; 14 ada readies')).toEqual({ phase: 'waiting_for_first_review', since: now });
  });

  it('of a merged one is waiting for its deployment until that is known', () => {
    expect(look('', merged)).toEqual({ phase: 'waiting_for_deployment', since: merged.mergedAt });
    expect(look('', merged, now)).toBeNull();
  });

  it('of a closed one is none', () => {
    expect(look('', { state: 'DECLINED', closedAt: now })).toBeNull();
    expect(look('', { state: 'SUPERSEDED' })).toBeNull();
  });

  it('of one that was merged nobody knows when is none', () => {
    expect(look('2 rita approves', { state: 'MERGED', mergedAt: null })).toBeNull();
  });
});

describe('whatever happens in whatever order', () => {
  const anHour = fc.integer({ min: -6, max: 30 }).map((number) => number / 2);
  const people = fc.constantFrom('ada', 'rita', 'carl', 'robot', '?');
  const activities = fc.oneof(
    fc.array(fc.tuple(anHour, people, fc.constantFrom(...allDeeds)), { maxLength: 20 }),
    // Crowded: much at the same instant, and nothing that hides whose turn it is.
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom('ada', 'rita', 'carl'),
        fc.constantFrom('comments', 'annotates', 'requests', 'unrequests', 'pushes'),
      ),
      { maxLength: 20 },
    ),
  );
  const moment = anHour.map((hours) => anInstant + hours * hour + 1);
  const anyMoment = fc.option(moment);
  const aCase = fc.record({
    life: fc.record({
      authorUuid: fc.constantFrom('{ada}', null),
      state: fc.constantFrom('OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'),
      isDraft: fc.boolean(),
      firstCommitAt: anyMoment,
      openedAt: moment,
      mergedAt: anyMoment,
      closedAt: anyMoment,
      activities: activities.map((all) => all.map(([hours, who, deed]) => aDeed(hours, who, deed))),
    }),
    context: fc.record({ ignored: fc.constant(theIgnored), deployedAt: anyMoment, endAt: moment }),
  });

  /** From docs/definitions.md, 6.3, alone: the earlier of opening and first commit, and when nothing is left to tell. */
  function findEnds(life: PullRequestHistory, { deployedAt, endAt }: LedgerContext) {
    const startAt = life.firstCommitAt === null ? life.openedAt : Math.min(life.firstCommitAt, life.openedAt);
    const isOver = life.state === 'DECLINED' || life.closedAt !== null;
    const closedAt = isOver ? (life.closedAt ?? endAt) : endAt;
    const lastAt = life.mergedAt === null ? closedAt : Math.max(life.mergedAt, deployedAt ?? endAt);
    return { startAt, endAt: Math.max(life.openedAt, lastAt) };
  }

  it('every moment of a life is in exactly one phase, and the parts add up to the whole', () => {
    fc.assert(
      fc.property(aCase, ({ life, context }) => {
        const spans = toPhaseSpans(life, context);
        const whole = findEnds(life, context);
        const lengths = spans.map(({ startAt, endAt }) => endAt - startAt);
        expect(lengths.every((length) => length > 0)).toBe(true);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(whole.endAt - whole.startAt);
        expect(spans.map(({ startAt }) => startAt)).toEqual(
          spans.length === 0 ? [] : [whole.startAt, ...spans.slice(0, -1).map(({ endAt }) => endAt)],
        );
        expect(spans.slice(1).every(({ phase }, index) => phase !== spans[index]?.phase)).toBe(true);
        const seconds = Object.values(toPhaseSeconds(spans));
        expect(seconds).toHaveLength(phases.length);
        expect(seconds.reduce((sum, one) => sum + one * 1000, 0)).toBeCloseTo(whole.endAt - whole.startAt, 3);
      }),
      { numRuns: 2_000, seed: 20_261_122 },
    );
  });

  it('the order in which activities are listed changes nothing', () => {
    fc.assert(
      fc.property(aCase, fc.array(fc.nat(), { minLength: 20 }), ({ life, context }, keys) => {
        const keyed = life.activities.map((activity, index) => ({ activity, key: keys[index] ?? 0 }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ activity }) => activity);
        expect(toPhaseSpans({ ...life, activities: shuffled }, context)).toEqual(toPhaseSpans(life, context));
      }),
      { numRuns: 2_000, seed: 20_261_122 },
    );
  });

  it('the present phase is the one that the last piece is in', () => {
    fc.assert(
      fc.property(aCase, ({ life, context }) => {
        const now = findPresentPhase(life, context);
        const last = toPhaseSpans(life, context).at(-1);
        const isToldPast = now !== null && last !== undefined && now.since < last.endAt;
        expect(isToldPast ? now.phase : null).toBe(isToldPast ? last.phase : null);
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });
});
