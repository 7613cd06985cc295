import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { Transaction } from '../../store/database/transaction';
import type { WaitingNotice } from '../../store/work/notice-store';
import { toNotice } from '../../bitbucket/notices/to-notice';
import { readPullRequestKind } from '../plans/reading-plan';
import type { WorkParts } from '../requests/work-parts';

/** A notice of a change that is younger, in milliseconds, may still be on its way. */
const onItsWay = 30_000;
/** Where more notices wait, nobody knows what was lost. */
const mostLookedAt = 200;

interface Found {
  readonly workspace: string;
  readonly repositoryUuid: string;
  /** Of pull requests that are not known, or not as Bitbucket lists them. */
  readonly different: readonly Pick<PullRequestSnapshot, 'number' | 'updatedAt'>[];
}

/**
 * How many of the pull requests that a comparison found different nobody had told of: none where Bitbucket is asked in
 * place of calling, nor those that a notice has told of and that are still to be read.
 */
export async function countRepairs(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { workspace, repositoryUuid, different }: Found,
  tx: Transaction,
): Promise<number> {
  const settled = different.filter(({ updatedAt }) => updatedAt <= clock.now() - onItsWay);
  if (settled.length === 0) return 0;
  if ((await stores.connections.getLive(workspace, tx))?.hearing !== 'notices') return 0;
  const waiting = await stores.notices.listWaiting(workspace, mostLookedAt, tx);
  if (waiting.length === mostLookedAt) return 0;
  const keys = settled.map(({ number }) => `${repositoryUuid}/${number}`);
  const planned = await stores.jobs.pickPresent({ workspace, kind: readPullRequestKind, keys }, tx);
  const told = new Set([...planned, ...waiting.flatMap(findPullRequest)]);
  return new Set(keys.filter((key) => !told.has(key))).size;
}

/** The pull request that a notice is about, as a job to read it is called. */
function findPullRequest({ eventKey, body }: WaitingNotice): string[] {
  try {
    const notice = toNotice(eventKey, JSON.parse(body));
    if (notice.kind === 'pull_request') return [`${notice.repository.uuid}/${notice.pullRequest.number}`];
    return notice.kind === 'pull_request_name' ? [`${notice.repository.uuid}/${notice.number}`] : [];
  } catch {
    // One that cannot be read told of nothing.
    return [];
  }
}
