import { findArrival, listChanges } from '../../domain/pull-requests/commit-list';
import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { stopsEverything } from '../../bitbucket/client/errors';
import { isSameCommit } from '../../domain/commits/same-commit';
import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { Job } from '../../store/work/job-store';
import { parseReadingKey, readWhole } from '../plans/reading-plan';
import type { WorkParts } from '../requests/work-parts';
import type { JobHandler } from '../jobs/job-handler';
import { findRetry, LateAnswer, lateAnswerProblem } from '../jobs/late-answer';
import { askMergeCommit, type MergeTime } from './merge-times';
import { findAsOf, readActivity, toActivityFacts, type ActivityReading } from './activity';
import { readCommits } from './read-commits';
import { buildMergeRecord } from './record-merge';
import { mayAsk } from './reach';
import type { Facts } from './recorder';
import { Recordings } from './recordings';

interface Reading extends DeployIdParts {
  readonly workspace: string;
  readonly api: BitbucketApi;
  /** What could not be read the last time is asked for again. */
  readonly isAgain: boolean;
  /** What went wrong with a part of it: the other parts are read all the same. */
  readonly failures: unknown[];
  /** Whether something that was answered lags behind what is known. */
  isLate: boolean;
  /** What was learnt so far. */
  facts: Facts;
  /** Whether its lines are to be counted. */
  needsSize: boolean;
}

/** A failure that goes on for so long is named: about half a minute. */
const failuresToBeNamed = 3;

/**
 * Makes one pull request true: whatever a notice said, Bitbucket is asked what is so, and all of it is written by the
 * path that the history import uses too. So notices may come twice, late and in any order. A part that cannot be read
 * holds up none of the others; the job is then tried again, and what stays unreadable is named.
 */
export function createReadPullRequest(parts: WorkParts): JobHandler {
  const { stores, clock } = parts;
  const recordings = new Recordings(parts);
  const note = async ({ workspace, key }: Job, problem: string) => {
    await stores.readingProblems.note(workspace, {
      ...parseReadingKey(key),
      ...{ what: 'pull_request', problem, since: clock.now() },
    });
  };
  return {
    lane: 'live',
    async run(job) {
      const { workspace, attempts } = job;
      const key = parseReadingKey(job.key);
      if (!(await mayAsk(parts, workspace, key.repositoryUuid))) return 'done';
      const api = parts.open(workspace, 'live');
      const isAgain = attempts > 0 || job.payload === readWhole;
      const reading: Reading = { ...key, workspace, api, isAgain, ...nothingYet(), facts: {} };
      await recordings.during(workspace, (record) =>
        // What was learnt before something stopped it is written all the same.
        readParts(parts, reading).finally(() => record({ ...reading, isWhole: reading.failures.length === 0 })),
      );
      if (reading.failures.length > 0) throw reading.failures[0];
      const retryAt = reading.isLate ? findRetry(attempts, clock.now()) : null;
      if (retryAt !== null) throw new LateAnswer(retryAt);
      return 'done';
    },
    async noteTrouble(job, { problem, failures }) {
      if (failures >= failuresToBeNamed && problem !== lateAnswerProblem) await note(job, problem);
    },
    giveUp: note,
  };
}

const nothingYet = () => ({ failures: [], isLate: false, needsSize: false, facts: {} });

/** One after the other: the pull request, its activity and moment of merge, its commits, the merge. */
async function readParts(parts: WorkParts, reading: Reading): Promise<void> {
  const { workspace, repositoryUuid, number } = reading;
  await attempt(reading, () => readPullRequest(parts, reading));
  const { pullRequests } = parts.stores;
  const stored = await pullRequests.foresee(workspace, repositoryUuid, number, reading.facts);
  if (stored === null) return;
  await attempt(reading, () => readCommitList(parts, reading, stored));
  if (stored.state === 'MERGED' && stored.mergeRecordedAt === null) {
    await dropMergingCommit(parts, reading, stored);
    await attempt(reading, async () => {
      learn(reading, { mergeRecords: [await buildMergeRecord(parts, { ...reading, stored })] });
    });
  }
  reading.needsSize = needsSize(stored);
}

function learn(reading: Reading, facts: Facts): void {
  reading.facts = { ...reading.facts, ...facts };
}

/** @throws RateLimited, AccessRevoked: then no part can be read */
async function attempt<T>({ failures }: Reading, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (stopsEverything(error)) throw error;
    failures.push(error);
    return null;
  }
}

/** It is new, was pushed to, or was merged at a head not yet sized. */
function needsSize({ state, isSizeTried }: StoredPullRequest): boolean {
  return !isSizeTried && (state === 'OPEN' || state === 'MERGED');
}

/** A merge is in the activity within this time, or never. */
const longestLag = 10 * 60_000;

async function readPullRequest(parts: WorkParts, reading: Reading): Promise<void> {
  const { api, workspace, repositoryUuid, number } = reading;
  const { stores, clock } = parts;
  const snapshot = await api.getPullRequest(workspace, repositoryUuid, number);
  const before = await stores.pullRequests.get(workspace, repositoryUuid, number);
  const asOf = findAsOf(snapshot.updatedAt, clock);
  const activity = await attempt(reading, () => readActivity(api, reading));
  const times = await findMergeTimes(parts, reading, { snapshot, before, activity });
  const seen = { ...snapshot, standing: snapshot.standing && { ...snapshot.standing, asOf } };
  learn(reading, { snapshots: [seen], ...toActivityFacts(number, activity, asOf), mergeTimes: times });
  const isOlder = before !== null && snapshot.updatedAt < before.updatedAt;
  const lacksMerge = snapshot.state === 'MERGED' && activity !== null && activity.mergedAt === null;
  reading.isLate ||= isOlder || (lacksMerge && clock.now() - snapshot.updatedAt < longestLag);
}

/** What was just read of a pull request, beside what was known of it. */
interface Found {
  readonly snapshot: PullRequestSnapshot;
  readonly before: StoredPullRequest | null;
  readonly activity: ActivityReading | null;
}

/** Every moment that may be the merge, each with its source; the domain knows whom to trust most. */
async function findMergeTimes(parts: WorkParts, reading: Reading, found: Found): Promise<MergeTime[]> {
  const { snapshot, activity } = found;
  const { number, closedAt } = snapshot;
  if (snapshot.state !== 'MERGED') return [];
  const at = activity?.mergedAt ?? null;
  const best =
    at === null ? await askNextWitness(parts, reading, found) : [{ number, source: 'activity' as const, at }];
  return closedAt === null ? best : [...best, { number, source: 'closed_on', at: closedAt }];
}

async function askNextWitness(
  { clock }: WorkParts,
  reading: Reading,
  { snapshot, before }: Found,
): Promise<MergeTime[]> {
  const mergeHash = snapshot.mergeHash ?? before?.mergeHash ?? null;
  if (mergeHash === null) return [];
  return (await attempt(reading, () => askMergeCommit(reading.api, { ...reading, mergeHash }, clock.now()))) ?? [];
}

/** Commits are wanted while they can be read: of an open pull request, and of a merged one not yet settled. */
function needsCommits(stored: StoredPullRequest, isAgain: boolean): boolean {
  if (stored.state !== 'OPEN' && stored.state !== 'MERGED') return false;
  if (stored.commitsState === 'incomplete') return stored.mergeRecordedAt === null || isAgain;
  return stored.commitsState === 'unread' || !isSameCommit(stored.commitsHead, stored.source.hash);
}

/** Reads the commits when the head of the branch is another than the one whose commits are stored. */
async function readCommitList(parts: WorkParts, reading: Reading, stored: StoredPullRequest): Promise<void> {
  const { api, workspace, repositoryUuid, number } = reading;
  const { stores, clock } = parts;
  if (!needsCommits(stored, reading.isAgain)) return;
  const found = await readCommits(api, { workspace, repositoryUuid, snapshot: stored }, stores);
  reading.isLate ||= found.isLate;
  // The branch is gone: the last list that was seen is better than none, and marked as not the whole.
  const isBetter = found.isComplete || found.commits.length > 0;
  const commits = isBetter ? found.commits : await stores.pullRequests.listCommits(workspace, repositoryUuid, number);
  if (stored.state === 'OPEN' && commits.length === 0) return;
  const { isComplete } = found;
  const seenAt = findArrival(stored, clock.now());
  const row = { number, head: stored.source.hash, commits: [...commits], isComplete, seenAt };
  learn(reading, { commits: [row] });
}

/** A list that was asked for while it was open and answered after the merge may hold the commit that merged it. */
async function dropMergingCommit(
  { stores, clock }: WorkParts,
  reading: Reading,
  stored: StoredPullRequest,
): Promise<void> {
  const { workspace, repositoryUuid, number } = reading;
  const [read] = reading.facts.commits ?? [];
  const known = read?.commits ?? (await stores.pullRequests.listCommits(workspace, repositoryUuid, number));
  const commits = listChanges(known, stored);
  if (commits.length === known.length) return;
  const { commitsHead: head, commitsState } = stored;
  const row = read ?? { number, head, isComplete: commitsState === 'complete' };
  learn(reading, { commits: [{ ...row, commits, seenAt: findArrival(stored, clock.now()) }] });
}
