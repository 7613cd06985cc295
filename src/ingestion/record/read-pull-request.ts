import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { NotFoundInBitbucket } from '../../bitbucket/errors';
import type { Instant } from '../../domain/instant';
import type { MergeTimeSource, PullRequestSnapshot } from '../../domain/pull-request';
import type { PullRequestAct } from '../../domain/review';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { Repository } from '../../store/repositories/repository-store';
import type { OpenBitbucket } from '../bitbucket-access';
import type { JobHandler } from '../jobs/job-handler';
import { freshenGroups, indexGroups, type GroupsParts } from './groups';
import { isSameCommit, readCommits } from './read-commits';

/** One pull request to be read again from Bitbucket; `key` of the job. */
export interface PullRequestKey {
  readonly repositoryUuid: string;
  readonly number: number;
}

export const readPullRequestKind = 'read-pull-request';

export const toJobKey = ({ repositoryUuid, number }: PullRequestKey): string => `${repositoryUuid}/${number}`;

function fromJobKey(key: string): PullRequestKey {
  const cut = key.lastIndexOf('/');
  return { repositoryUuid: key.slice(0, cut), number: Number(key.slice(cut + 1)) };
}

interface Reading extends PullRequestKey {
  readonly workspace: string;
  readonly api: BitbucketApi;
}

export interface ReadPullRequestParts extends GroupsParts {
  readonly open: OpenBitbucket;
  /** Called when its size is to be read: it is new, was pushed to, or was merged at a head not yet sized. */
  readonly onUnsized: (workspace: string, repositoryUuid: string) => Promise<void>;
}

/**
 * Makes one pull request true: whatever a notice said, Bitbucket is asked what is so, and all of it is written by the
 * path that the history import uses too. So notices may come twice, late and in any order.
 */
export function createReadPullRequest(parts: ReadPullRequestParts): JobHandler {
  return {
    lane: 'live',
    async run(job) {
      const key = fromJobKey(job.key);
      const reading = { ...key, workspace: job.workspace, api: parts.open(job.workspace, 'live') };
      if ((await parts.stores.connections.getLive(job.workspace)) === null) return 'done';
      await recordPullRequest(parts, reading);
      const stored = await parts.stores.pullRequests.get(job.workspace, key.repositoryUuid, key.number);
      if (stored === null) return 'done';
      await recordCommits(parts, reading, stored);
      if (stored.state === 'MERGED' && stored.sealedAt === null) await recordMerge(parts, reading, stored);
      if (needsSize(stored)) await parts.onUnsized(job.workspace, key.repositoryUuid);
      return 'done';
    },
  };
}

function needsSize({ state, isSizeTried }: StoredPullRequest): boolean {
  return !isSizeTried && (state === 'OPEN' || state === 'MERGED');
}

interface ActivityReading {
  readonly acts: readonly PullRequestAct[];
  readonly mergedAt: Instant | null;
}

async function readActivity({ api, workspace, repositoryUuid, number }: Reading): Promise<ActivityReading> {
  const acts: PullRequestAct[] = [];
  const merges: Instant[] = [];
  let cursor: string | null = null;
  do {
    const page = await api.listActivity(workspace, repositoryUuid, { number, cursor });
    for (const entry of page.items) {
      if (entry.act !== null) acts.push(entry.act);
      if (entry.mergedAt !== null) merges.push(entry.mergedAt);
    }
    cursor = page.next;
  } while (cursor !== null);
  // An edit after the merge is an `update` with state MERGED too: the first one is the merge.
  return { acts, mergedAt: merges.length === 0 ? null : Math.min(...merges) };
}

type MergeTime = { readonly number: number; readonly source: MergeTimeSource; readonly at: Instant };

/** Every moment that may be the merge, each with its source; the store knows whom to trust most. */
async function findMergeTimes(
  { api, workspace, repositoryUuid, number }: Reading,
  snapshot: PullRequestSnapshot,
  byActivity: Instant | null,
): Promise<MergeTime[]> {
  if (snapshot.state !== 'MERGED') return [];
  const times: MergeTime[] = [];
  if (byActivity !== null) times.push({ number, source: 'activity', at: byActivity });
  else if (snapshot.mergeHash !== null) {
    const merge = await api.getCommit(workspace, repositoryUuid, snapshot.mergeHash);
    if (merge !== null) times.push({ number, source: 'merge_commit', at: merge.authoredAt });
  }
  if (snapshot.closedAt !== null) times.push({ number, source: 'closed_on', at: snapshot.closedAt });
  return times;
}

async function recordPullRequest(parts: ReadPullRequestParts, reading: Reading): Promise<void> {
  const { api, workspace, repositoryUuid, number } = reading;
  const { stores } = parts;
  const snapshot = await api.getPullRequest(workspace, repositoryUuid, number);
  const { acts, mergedAt } = await readActivity(reading);
  const times = await findMergeTimes(reading, snapshot, mergedAt);
  const actRows = acts.map((act) => ({ number, act }));
  await stores.database.transaction(async (tx) => {
    await stores.pullRequests.saveSnapshots(workspace, repositoryUuid, [snapshot], tx);
    await stores.pullRequests.saveActs(workspace, repositoryUuid, actRows, tx);
    await stores.pullRequests.saveMergeTimes(workspace, repositoryUuid, times, tx);
  });
}

/** Commits are wanted while they can be read: of an open pull request, and of a merged one not yet settled. */
function needsCommits(stored: StoredPullRequest): boolean {
  if (stored.state !== 'OPEN' && stored.state !== 'MERGED') return false;
  if (stored.commitsState === 'incomplete') return stored.sealedAt === null;
  return stored.commitsState === 'unread' || !isSameCommit(stored.commitsHead, stored.source.hash);
}

/** Reads the commits when the head of the branch is another than the one whose commits are stored. */
async function recordCommits(parts: ReadPullRequestParts, reading: Reading, stored: StoredPullRequest): Promise<void> {
  const { api, workspace, repositoryUuid, number } = reading;
  const { pullRequests } = parts.stores;
  if (!needsCommits(stored)) return;
  const found = await readCommits(api, { workspace, repositoryUuid, snapshot: stored }, () => Promise.resolve(null));
  // The branch is gone: the last list that was seen is better than none, and marked as not the whole.
  const commits = found.isComplete ? found.commits : await pullRequests.listCommits(workspace, repositoryUuid, number);
  if (stored.state === 'OPEN' && commits.length === 0) return;
  const row = { number, head: stored.source.hash, commits: [...commits], isComplete: found.isComplete };
  await pullRequests.saveCommits(workspace, repositoryUuid, [row]);
}

/** Today's repository; where it is gone meanwhile, as it was last seen. */
async function readRepository(parts: ReadPullRequestParts, reading: Reading): Promise<Repository | null> {
  const { api, workspace, repositoryUuid } = reading;
  const { stores, clock } = parts;
  try {
    const found = await api.getRepository(workspace, repositoryUuid);
    await stores.repositories.saveAll(workspace, [{ ...found, readAt: clock.now() }]);
  } catch (error) {
    if (!(error instanceof NotFoundInBitbucket)) throw error;
  }
  return stores.repositories.get(workspace, repositoryUuid);
}

async function isBeforeInstall({ stores }: ReadPullRequestParts, workspace: string, at: Instant): Promise<boolean> {
  return at < ((await stores.workspaces.get(workspace))?.connectedAt ?? 0);
}

/**
 * Writes down, once, what was so at the merge: the default branch and the groups of the author. Only from here on
 * the pull request counts as a deployment.
 */
async function recordMerge(parts: ReadPullRequestParts, reading: Reading, stored: StoredPullRequest): Promise<void> {
  const { api, workspace, repositoryUuid, number } = reading;
  const { stores, clock } = parts;
  const mergedAt = stored.mergedAt ?? clock.now();
  const repository = await readRepository(parts, reading);
  await freshenGroups(parts, api, { workspace, at: mergedAt, isLive: true });
  const groupsOf = indexGroups(await stores.teams.list(workspace));
  await stores.pullRequests.seal(workspace, repositoryUuid, [
    {
      number,
      defaultBranch: repository?.defaultBranch ?? null,
      teams: groupsOf(stored.author?.uuid ?? null),
      teamsAsOf: (await isBeforeInstall(parts, workspace, mergedAt)) ? 'import' : 'merge',
      sealedAt: clock.now(),
    },
  ]);
}
