import {
  AccessRevoked,
  BitbucketUnavailable,
  Forbidden,
  NotFoundInBitbucket,
  RateLimited,
  UnreadablePayload,
} from '../../bitbucket/client/errors';
import { anInstant as now, hour, minute } from '../../../test/support/builders';
import { DatabaseFailed } from '../../store/database/database-failed';
import { describeProblem } from './describe-problem';
import { decideRetry, type RetryDecision } from './retry-policy';

const unavailable = new BitbucketUnavailable({ status: 503, reason: 'status 503' });
const failures = {
  refused: new Forbidden('repositories'),
  missing: new NotFoundInBitbucket('repositories'),
  unavailable,
  silent: new BitbucketUnavailable({ status: null, reason: 'time-out' }),
  unreadable: new UnreadablePayload({ eventKey: null, problems: ['item 1: uuid'] }),
  ours: new Error('a mistake'),
  withdrawn: new AccessRevoked(),
  locked: new DatabaseFailed('database is locked', 'SQLITE_BUSY'),
};
type Failure = keyof typeof failures;
const kinds = Object.keys(failures) as Failure[];

const decide = (failure: Failure, attempts: number, longestPauseMs: number | null): RetryDecision =>
  decideRetry({ error: failures[failure], attempts, now, random: () => 1, longestPauseMs });

describe('Work that must never end by itself', () => {
  it.each(kinds)('is tried again for ever after its longest pause at the latest: %s', (failure) => {
    for (const attempts of [0, 1, 4, 11, 40, 5_000]) {
      const decision = decide(failure, attempts, hour);
      expect(['again', 'park']).toContain(decision.kind);
      const runAt = 'runAt' in decision ? decision.runAt : Infinity;
      expect(runAt).toBeGreaterThan(now);
      expect(runAt).toBeLessThanOrEqual(now + hour);
    }
  });

  it('comes back soon at first', () => {
    const pauses = [0, 1, 2, 30].map((attempts) => decide('refused', attempts, hour));
    expect(pauses.map((decision) => ('runAt' in decision ? decision.runAt - now : null))).toEqual([
      5_000,
      10_000,
      20_000,
      hour,
    ]);
  });

  it('waits as long as the request limit says, and that is no failure', () => {
    const error = new RateLimited(now + 9 * hour);
    expect(decideRetry({ error, attempts: 3, now, random: () => 1, longestPauseMs: hour })).toMatchObject({
      ...{ kind: 'again', runAt: now + 9 * hour, countAttempt: false },
    });
  });

  it('says that it is our mistake once that has happened too often to be chance', () => {
    const isOurs = (attempts: number) => decide('ours', attempts, hour);
    expect(isOurs(0)).toMatchObject({ kind: 'again', isOurMistake: false });
    expect(isOurs(4)).toMatchObject({ kind: 'again', isOurMistake: true });
    expect(decide('refused', 40, hour)).toMatchObject({ isOurMistake: false });
  });
});

describe('Other work', () => {
  const triesOf = (failure: Failure): number => {
    for (let attempts = 0; attempts < 100; attempts += 1) {
      if (decide(failure, attempts, null).kind === 'give_up') return attempts + 1;
    }
    return Infinity;
  };

  it('is given up after some tries, and a single refusal is never the last word', () => {
    expect(kinds.map((failure) => [failure, triesOf(failure)])).toEqual([
      ['refused', 6],
      ['missing', 6],
      ['unavailable', 12],
      ['silent', 12],
      ['unreadable', 12],
      ['ours', 5],
      ['withdrawn', Infinity],
      ['locked', Infinity],
    ]);
  });

  it('is kept with its reason when it is given up', () => {
    expect(decide('missing', 9, null)).toEqual({
      ...{ kind: 'give_up', isOurMistake: false, problem: describeProblem(failures.missing) },
    });
  });
});

describe('Why something failed', () => {
  it('says what was asked for, how Bitbucket answered and what to do', () => {
    expect(describeProblem(failures.refused)).toMatch(
      /^Bitbucket refuses the list of repositories \(403\)\..*scopes.*IP allow-list/u,
    );
    expect(describeProblem(failures.missing)).toMatch(/^Bitbucket does not find the list of repositories \(404\)\./u);
    expect(describeProblem(unavailable)).toContain('status 503');
    expect(describeProblem(failures.unreadable)).toContain('item 1: uuid');
    expect(describeProblem(failures.ours)).toContain('on our side');
  });

  it('never tells an address or what stands in an answer', () => {
    for (const error of Object.values(failures)) expect(describeProblem(error)).not.toMatch(/https?:|mistake$/u);
  });

  it('is a passing limit where the requests of the hour are used up', () => {
    const error = new RateLimited(now + minute);
    const decision = decideRetry({ error, attempts: 0, now, random: () => 1, longestPauseMs: null });
    expect(decision.problem).toBe('The request limit is used up.');
  });
});
