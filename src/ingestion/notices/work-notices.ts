import { setImmediate } from 'node:timers/promises';
import { UnreadablePayload } from '../../bitbucket/client/errors';
import { toNotice } from '../../bitbucket/notices/to-notice';
import type { Instant } from '../../domain/instant';
import type { Log } from '../../machine/log';
import type { NoticeStore, WaitingNotice } from '../../store/work/notice-store';
import type { JobHandler } from '../jobs/job-handler';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { groupByRepository, pickKind, type Arrived, type Round } from './arrived-notices';
import { settleHeldNotices } from './held-notices';
import { findDefaultBranches, toChangedAt } from './note-default-branches';
import type { Pace } from './pace';
import { planReadings, readWhole } from '../plans/reading-plan';
import { readRepositoryKind } from '../record/read-repository';
import type { WorkParts } from '../requests/work-parts';
import { recordAll, recordFacts, type Facts } from '../record/recorder';

/** There is one such job a workspace, so its notices are never worked off by two workers at once. */
export const workNoticesKind = 'work-notices';

const mostAtOnce = 200;
/** To understand one takes about a tenth of a millisecond. */
const mostInOneGo = 25;
const longestPause = 60_000;
/** A notice that cannot be written down so often is set aside; what it announced is found by reconciliation. */
const mostTries = 5;
const notRecorded = 'It was understood, but could not be written down; the log has the details.';

interface WorkNoticesParts extends Pick<WorkParts, 'stores' | 'clock' | 'log'> {
  readonly pace: Pace;
}

interface Understood {
  readonly notice: Arrived | null;
  readonly mark: Parameters<NoticeStore['markAll']>[1][number];
}

/**
 * Works off the waiting notices of a workspace. What a notice itself tells is written at once (the store lets newer
 * facts win, so order and repetition do not matter); what it only names is put down to be read again. Both happen in
 * one transaction with marking the notice done: a crash leaves it waiting or worked off, never half.
 */
export function createWorkNotices({ stores, clock, log, pace }: WorkNoticesParts): JobHandler {
  const record = (workspace: string, understood: readonly Understood[]): Promise<void> =>
    stores.database.transaction(async (tx) => {
      const round = { stores, clock, workspace, tx };
      const notices = understood.flatMap(({ notice }) => (notice === null ? [] : [notice]));
      await recordPullRequestNotices(round, pickKind(notices, 'pull_request'), toChangedAt(notices));
      await readNamed(round, pickKind(notices, 'pull_request_name'));
      await recordPushNotices(round, pickKind(notices, 'push'));
      await recordRepositoryNotices(round, pickKind(notices, 'repository'));
      const marks = understood.map(({ mark }) => mark);
      await stores.notices.markAll(workspace, marks, tx);
    });
  return {
    lane: 'notices',
    neverGivenUp: { longestPauseMs: longestPause },
    run: ({ workspace, attempts }) =>
      pace.follow(async () => {
        await settleHeldNotices(stores, workspace);
        const waiting = await stores.notices.listWaiting(workspace, mostAtOnce);
        if (waiting.length === 0) return 'done';
        const understood = await understandAll(waiting, log);
        const isLastTry = attempts + 1 >= mostTries;
        if (attempts === 0) await record(workspace, understood);
        else await recordSingly(understood, { isLastTry, log, record: (some) => record(workspace, some) });
        return waiting.length < mostAtOnce ? 'done' : { againAt: clock.now() };
      }),
  };
}

interface Singly {
  readonly record: (some: readonly Understood[]) => Promise<void>;
  /** What fails now is set aside. */
  readonly isLastTry: boolean;
  readonly log: Log;
}

/** After a failure of all together: one that cannot be written down must not hold up those beside it for ever. */
async function recordSingly(understood: readonly Understood[], { record, isLastTry, log }: Singly): Promise<void> {
  const failures: unknown[] = [];
  for (const one of understood) {
    try {
      await record([one]);
    } catch (error) {
      if (!isLastTry) {
        failures.push(error);
      } else {
        log.error({ err: error, deliveryId: one.mark.deliveryId }, 'A notice cannot be written down.');
        await record([{ notice: null, mark: { ...one.mark, state: 'unreadable', problem: notRecorded } }]);
      }
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** With a gap now and then, in which others that come in are taken in. */
async function understandAll(waiting: readonly WaitingNotice[], log: Log): Promise<Understood[]> {
  const understood: Understood[] = [];
  for (const notice of waiting) {
    if (understood.length % mostInOneGo === mostInOneGo - 1) await setImmediate();
    understood.push(understand(notice, log));
  }
  return understood;
}

function understand(stored: WaitingNotice, log: Log): Understood {
  const key = { deliveryId: stored.deliveryId, bodyHash: stored.bodyHash };
  try {
    const notice = toNotice(stored.eventKey, JSON.parse(stored.body));
    const state = notice.kind === 'unknown' ? 'unknown' : 'done';
    return { notice: { ...notice, receivedAt: stored.receivedAt }, mark: { ...key, state, problem: null } };
  } catch (error) {
    if (!(error instanceof UnreadablePayload || error instanceof SyntaxError)) throw error;
    const problem = error instanceof UnreadablePayload ? error.problems.join('; ') : 'The body is not JSON.';
    log.warn({ eventKey: stored.eventKey, deliveryId: stored.deliveryId }, 'A notice cannot be read.');
    return { notice: null, mark: { ...key, state: 'unreadable', problem: problem.slice(0, 1000) } };
  }
}

async function recordPullRequestNotices(
  round: Round,
  notices: readonly Arrived<'pull_request'>[],
  changedAt: ReadonlyMap<string, Instant>,
): Promise<void> {
  const { stores, workspace, tx } = round;
  const groups = groupByRepository(notices);
  await ensureRepositories(round, [...groups.keys()]);
  const isBeforeChange = ({ repository, receivedAt }: Arrived<'pull_request'>): boolean =>
    receivedAt < (changedAt.get(repository.uuid) ?? Infinity);
  const branches = await findDefaultBranches(round, notices.filter(isBeforeChange));
  const learnt = [...groups].map(([repositoryUuid, group]) => {
    return { repositoryUuid, facts: { ...toFacts(group), defaultBranches: branches.get(repositoryUuid) ?? [] } };
  });
  await recordAll(stores, { workspace, tx }, learnt);
  const keys = notices.map(({ repository, pullRequest: { number } }) => ({ repositoryUuid: repository.uuid, number }));
  await planReadings(round, { workspace, keys, tx });
}

/** What the notices of a repository tell by themselves. */
function toFacts(group: readonly Arrived<'pull_request'>[]): Facts {
  return {
    snapshots: group.map(({ pullRequest }) => pullRequest),
    activities: group.flatMap((notice) =>
      notice.activities.map((activity) => ({ number: notice.pullRequest.number, activity })),
    ),
    mergeTimes: group.flatMap(({ mergedAt, pullRequest }) =>
      mergedAt === null ? [] : [{ number: pullRequest.number, source: 'notice' as const, at: mergedAt }],
    ),
  };
}

async function readNamed(round: Round, notices: readonly Arrived<'pull_request_name'>[]): Promise<void> {
  const { workspace, tx } = round;
  const keys = notices.map(({ repository, number }) => ({ repositoryUuid: repository.uuid, number }));
  await ensureRepositories(round, [...new Set(keys.map(({ repositoryUuid }) => repositoryUuid))]);
  await planReadings(round, { workspace, keys, tx });
}

/**
 * A push to the branch of an open pull request changes its commits; they are read while the branch exists, and what the
 * notice tells of them is kept for when it no longer does.
 */
async function recordPushNotices(round: Round, notices: readonly Arrived<'push'>[]): Promise<void> {
  const { stores, workspace, tx } = round;
  const groups = groupByRepository(notices);
  await ensureRepositories(round, [...groups.keys()]);
  for (const [repositoryUuid, group] of groups) {
    const told = group.map(({ pushes, receivedAt: at }) => ({ pushes, at }));
    await recordFacts(stores, { workspace, repositoryUuid, tx }, { told });
    const branches = group.flatMap((notice) => notice.branches.filter(({ isDeleted }) => !isDeleted));
    for (const sourceBranch of new Set(branches.map(({ name }) => name))) {
      const found = await stores.pullRequests.list(workspace, repositoryUuid, { sourceBranch }, tx);
      const keys = found.filter(mayGainCommits).map(({ number }) => ({ repositoryUuid, number }));
      await planReadings(round, { workspace, keys, payload: readWhole, tx });
    }
  }
}

/**
 * New, moved and forked repositories are imported, renamed ones read again; that one was deleted is a claim. A notice
 * may come late, twice, or be said again by somebody who heard it: the repository is read again, and its own answer,
 * beside what is known of it, decides.
 */
async function recordRepositoryNotices(round: Round, notices: readonly Arrived<'repository'>[]): Promise<void> {
  const { stores, workspace, tx } = round;
  for (const { eventKey, repository, fork, receivedAt } of notices) {
    if (eventKey === 'repo:updated') {
      await stores.repositories.noteChangeTold(workspace, repository.uuid, receivedAt, tx);
    }
    if (eventKey === 'repo:fork') {
      if (fork !== null) await readRepository(round, fork.uuid);
    } else {
      await readRepository(round, repository.uuid);
    }
  }
}

/** Those that nobody knows yet are read. */
async function ensureRepositories(round: Round, repositoryUuids: readonly string[]): Promise<void> {
  if (repositoryUuids.length === 0) return;
  const found = await round.stores.repositories.getAll(round.workspace, repositoryUuids, round.tx);
  const known = new Set(found.map(({ uuid }) => uuid));
  for (const uuid of repositoryUuids) if (!known.has(uuid)) await readRepository(round, uuid);
}

/** An open one; and a merged one whose push is told of after its merge, or while its commits are being read. */
function mayGainCommits({ state, commitsState }: StoredPullRequest): boolean {
  return state === 'OPEN' || (state === 'MERGED' && commitsState !== 'complete');
}

async function readRepository({ stores, clock, workspace, tx }: Round, repositoryUuid: string): Promise<void> {
  const job = { workspace, kind: readRepositoryKind, key: repositoryUuid, runAt: clock.now() };
  await stores.jobs.enqueue(job, tx);
}
