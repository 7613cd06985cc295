import { findArrival } from '../../domain/pull-requests/commit-list';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { PullRequestQuery } from '../../store/pull-requests/find-pull-requests';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { askMergeCommit, toMergeCommitTimes } from '../record/merge-times';
import { readCommits } from '../record/read-commits';
import { planReading, readWhole } from '../plans/reading-plan';
import { recordFacts } from '../record/recorder';
import type { ImportStep } from './import-step';
import { putPullRequestAside, readEach } from './put-aside';
import { readTogether } from './read-together';

/** Then other repositories take their turn. */
const pullRequestsAStep = 10;

/** A list that is asked for singly, and what becomes of each of it. */
interface Part {
  readonly query: PullRequestQuery;
  readonly read: (step: ImportStep, one: StoredPullRequest) => Promise<void>;
}

/**
 * What nothing cheaper could answer, in this order. Open pull requests come first: their branches exist now and may be
 * gone tomorrow. Then the merged ones whose commits the walk did not tell; and those of whose merge no witness is known
 * yet but the merge commit, whatever branch it is on.
 */
const singleParts: Readonly<Record<string, Part>> = {
  open: { query: { state: 'OPEN' }, read: readCommitsOf },
  merged: { query: { needs: 'commits' }, read: readCommitsOf },
  undated: { query: { needs: 'merge_time' }, read: readMergeCommit },
};
const order = Object.keys(singleParts);
const startOf = (part = ''): string => `${part}:${Number.MAX_SAFE_INTEGER}`;

/**
 * First what can be read together, then singly. Each is written at once, so none is asked twice. The cursor is the part
 * and the number below which it goes on.
 */
export async function readRemainingCommits(step: ImportStep): Promise<RepositoryImport> {
  return step.row.cursor === null ? readTogetherFirst(step) : readNextSingles(step);
}

async function readTogetherFirst(step: ImportStep): Promise<RepositoryImport> {
  await readTogether(step);
  const next = { ...step.row, cursor: startOf(order[0]) };
  await step.stores.imports.advance(next);
  return next;
}

async function readNextSingles(step: ImportStep): Promise<RepositoryImport> {
  const { stores, clock, workspace, repositoryUuid, row } = step;
  const { name, part, below } = toPlace(row.cursor);
  const wanted = await stores.pullRequests.list(workspace, repositoryUuid, {
    ...part.query,
    below,
    limit: pullRequestsAStep,
  });
  await readEach(step, wanted, {
    read: (one) => part.read(step, one),
    putAside: ({ number }, error) => putPullRequestAside(step, number, error),
  });
  const last = wanted.at(-1);
  const next = last === undefined ? toNextPart(row, name, clock.now()) : { ...row, cursor: `${name}:${last.number}` };
  await stores.imports.advance(next);
  return next;
}

function toPlace(cursor: string | null): { name: string; part: Part; below: number } {
  const [name = '', below] = (cursor ?? '').split(':');
  const part = singleParts[name];
  return part === undefined
    ? toPlace(startOf(order[0]))
    : { name, part, below: Number(below ?? Number.MAX_SAFE_INTEGER) };
}

function toNextPart(row: RepositoryImport, name: string, now: number): RepositoryImport {
  const next = order[order.indexOf(name) + 1];
  return next === undefined
    ? { ...row, phase: 'done', cursor: null, finishedAt: now }
    : { ...row, cursor: startOf(next) };
}

async function readCommitsOf(step: ImportStep, one: StoredPullRequest): Promise<void> {
  const { stores, clock, api, workspace, repositoryUuid } = step;
  const { number } = one;
  if (one.commitsState !== 'unread') return;
  const found = await readCommits(api, { workspace, repositoryUuid, snapshot: one }, stores);
  const times = toMergeCommitTimes(number, found.mergeCommitAt, clock.now());
  await stores.database.transaction(async (tx) => {
    const row = { number, head: one.source.hash, commits: [...found.commits], seenAt: findArrival(one, clock.now()) };
    const isToBeSaved = one.state !== 'OPEN' || found.commits.length > 0;
    const rows = isToBeSaved ? [{ ...row, isComplete: found.isComplete }] : [];
    await recordFacts(stores, { workspace, repositoryUuid, tx }, { commits: rows, mergeTimes: times });
    if (found.isLate) await planReading(step, { workspace, repositoryUuid, number }, { payload: readWhole, tx });
  });
}

async function readMergeCommit(step: ImportStep, one: StoredPullRequest): Promise<void> {
  const { stores, clock, api, workspace, repositoryUuid } = step;
  const { number, mergeHash } = one;
  if (mergeHash === null) return;
  const walked = await stores.commits.findByPrefix(workspace, repositoryUuid, mergeHash);
  const times =
    walked === null
      ? await askMergeCommit(api, { workspace, repositoryUuid, number, mergeHash }, clock.now())
      : toMergeCommitTimes(number, walked.authoredAt, clock.now());
  await recordFacts(stores, { workspace, repositoryUuid }, { mergeTimes: times });
}
