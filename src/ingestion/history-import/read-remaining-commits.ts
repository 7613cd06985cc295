import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket } from '../../bitbucket/errors';
import type { RepositoryImport } from '../../store/repositories/import-store';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import { readCommits, type CommitsReading, type FindCommit } from '../record/read-commits';
import type { ImportStep } from './import-repository';

/** Then other repositories take their turn. */
const pullRequestsAStep = 10;
const unreadable: CommitsReading = { commits: [], isComplete: false, mergeCommitAt: null };

/** Open pull requests come first: their branches exist now and may be gone tomorrow. */
const queries = {
  open: { state: 'OPEN' },
  merged: { needs: 'commits' },
} as const;
type Half = keyof typeof queries;

/**
 * Asks singly for what nothing cheaper could answer: the commits of the open pull requests, and of the squashed,
 * fast-forwarded and rebased ones. Each is written at once, so none is asked twice. The cursor is the half and the
 * number below which it goes on.
 */
export async function readRemainingCommits(step: ImportStep): Promise<RepositoryImport> {
  const { parts, workspace, repositoryUuid, row } = step;
  const { stores, clock } = parts;
  const [half, below] = toPlace(row.cursor);
  const wanted = await stores.pullRequests.list(workspace, repositoryUuid, {
    ...queries[half],
    below,
    limit: pullRequestsAStep,
  });
  for (const one of wanted) if (one.commitsState === 'unread') await readOne(step, one);
  const last = wanted.at(-1);
  const next = last === undefined ? toNextHalf(row, half, clock.now()) : { ...row, cursor: `${half}:${last.number}` };
  await stores.imports.advance(next);
  return next;
}

function toPlace(cursor: string | null): [Half, number] {
  const [half, below] = (cursor ?? '').split(':');
  return [half === 'merged' ? 'merged' : 'open', Number(below ?? Number.MAX_SAFE_INTEGER)];
}

function toNextHalf(row: RepositoryImport, half: Half, now: number): RepositoryImport {
  return half === 'open'
    ? { ...row, cursor: `merged:${Number.MAX_SAFE_INTEGER}` }
    : { ...row, phase: 'done', cursor: null, finishedAt: now };
}

/** One pull request that Bitbucket fails on again and again must not hold up those after it. */
const mostFailures = 2;

function isHopeless(error: unknown, failures: number): boolean {
  if (error instanceof Forbidden || error instanceof NotFoundInBitbucket) return true;
  return error instanceof BitbucketUnavailable && error.status !== null && failures >= mostFailures;
}

async function readOne(step: ImportStep, one: StoredPullRequest): Promise<void> {
  const { parts, api, workspace, repositoryUuid, failures } = step;
  const { pullRequests, commits, database } = parts.stores;
  const { number } = one;
  const findWalked: FindCommit = (hash) => commits.findByPrefix(workspace, repositoryUuid, hash);
  const of = { workspace, repositoryUuid, snapshot: one };
  const found = await readCommits(api, of, findWalked).catch((error: unknown) => {
    if (isHopeless(error, failures)) return unreadable;
    throw error;
  });
  if (one.state === 'OPEN' && found.commits.length === 0) return;
  await database.transaction(async (tx) => {
    const row = { number, head: one.source.hash, commits: [...found.commits], isComplete: found.isComplete };
    await pullRequests.saveCommits(workspace, repositoryUuid, [row], tx);
    if (found.mergeCommitAt !== null) {
      const time = { number, source: 'merge_commit' as const, at: found.mergeCommitAt };
      await pullRequests.saveMergeTimes(workspace, repositoryUuid, [time], tx);
    }
  });
}
