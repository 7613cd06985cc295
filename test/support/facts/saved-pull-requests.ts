import type { Person } from '../../../src/domain/people/person';
import type { PullRequestActivity } from '../../../src/domain/pull-requests/pull-request-activity';
import type { ListedCommit } from '../../../src/domain/commits/find-pushed-commits';
import type { Stores } from '../../../src/store/stores';
import { aPerson, aPullRequestSnapshot, aWorkspaceUuid } from '../builders';

/** What a test says of a pull request; everything else is as usual: open, to the default branch, without commits. */
export interface PullRequestToSave {
  readonly number: number;
  readonly openedAt: number;
  /** `null`: open. */
  readonly mergedAt?: number | null;
  readonly title?: string;
  readonly sourceBranch?: string;
  readonly destination?: string;
  readonly author?: Person | null;
  readonly isDraft?: boolean;
  readonly isQueued?: boolean;
  readonly commits?: readonly ListedCommit[];
  /** Added and removed. */
  readonly lines?: readonly [number, number];
  readonly activities?: readonly PullRequestActivity[];
  /** Slugs. */
  readonly teams?: readonly string[];
}

const usual = {
  ...{ mergedAt: null, title: 'Count the drums', sourceBranch: 'feature/count', destination: 'main' },
  ...{ isDraft: false, isQueued: false, commits: [], activities: [], teams: [], lines: null },
};

/** Saves a pull request as the record of it leaves it; a merged one recorded. */
export async function savePullRequest(
  { pullRequests, mergeRecords }: Pick<Stores, 'pullRequests' | 'mergeRecords'>,
  repositoryUuid: string,
  said: PullRequestToSave,
): Promise<void> {
  const { number, mergedAt, lines, ...told } = { ...usual, ...said };
  const { source, destination } = aPullRequestSnapshot();
  const snapshot = aPullRequestSnapshot({
    ...{ number, title: told.title, isDraft: told.isDraft, isQueued: told.isQueued, openedAt: told.openedAt },
    author: said.author === undefined ? aPerson() : said.author,
    state: mergedAt === null ? 'OPEN' : 'MERGED',
    updatedAt: mergedAt ?? told.openedAt,
    source: { ...source, branch: told.sourceBranch },
    destination: { ...destination, branch: told.destination },
  });
  await pullRequests.saveSnapshots(aWorkspaceUuid, repositoryUuid, [snapshot]);
  const activities = told.activities.map((activity) => ({ number, activity }));
  await pullRequests.saveActivities(aWorkspaceUuid, repositoryUuid, activities);
  const list = { number, head: null, commits: told.commits, isComplete: told.commits.length > 0 };
  await pullRequests.saveCommits(aWorkspaceUuid, repositoryUuid, [list]);
  if (lines !== null) {
    const size = { number, head: source.hash, linesAdded: lines[0], linesRemoved: lines[1] };
    await pullRequests.saveSize(aWorkspaceUuid, repositoryUuid, size);
  }
  if (mergedAt !== null) {
    await pullRequests.saveMergeTimes(aWorkspaceUuid, repositoryUuid, [{ number, source: 'activity', at: mergedAt }]);
    const mergeRecord = {
      number,
      teams: told.teams,
      defaultBranch: 'main',
      mergeRecordedAt: mergedAt,
      teamsAsOf: 'merge' as const,
    };
    await mergeRecords.recordMerges(aWorkspaceUuid, repositoryUuid, [mergeRecord]);
  }
}
