import type { ListedCommit } from '../../../src/domain/commits/find-pushed-commits';
import type { Stores } from '../../../src/store/stores';
import type { Person } from '../../../src/domain/people/person';
import { aMergedSnapshot, anInstant, aPullRequestSnapshot, aWorkspaceUuid, day } from '../builders';

/** What a test says of a merged pull request; everything else is as usual. */
export interface Merge {
  readonly number: number;
  readonly mergedAt: number;
  readonly sourceBranch?: string;
  readonly title?: string;
  readonly commits?: readonly ListedCommit[];
  readonly isComplete?: boolean;
  /** Slugs. */
  readonly teams?: readonly string[];
}

/** Pull requests merged into the default branch, with everything recorded, as the record of a merge leaves them. */
export async function saveMerges(
  { pullRequests, mergeRecords }: Pick<Stores, 'pullRequests' | 'mergeRecords'>,
  repositoryUuid: string,
  merges: readonly Merge[],
): Promise<void> {
  const { source } = aPullRequestSnapshot();
  const snapshots = merges.map(({ number, mergedAt, sourceBranch = 'feature/count', title = 'Count' }) =>
    aMergedSnapshot({
      ...{ number, title, openedAt: mergedAt - 1000, updatedAt: mergedAt },
      source: { ...source, branch: sourceBranch },
    }),
  );
  await pullRequests.saveSnapshots(aWorkspaceUuid, repositoryUuid, snapshots);
  const times = merges.map(({ number, mergedAt }) => ({ number, source: 'activity' as const, at: mergedAt }));
  await pullRequests.saveMergeTimes(aWorkspaceUuid, repositoryUuid, times);
  const lists = merges.map(({ number, commits = [], isComplete = true }) => ({
    number,
    head: null,
    commits,
    isComplete,
  }));
  await pullRequests.saveCommits(aWorkspaceUuid, repositoryUuid, lists);
  const records = merges.map(({ number, mergedAt, teams = [] }) => ({
    ...{ number, teams, defaultBranch: 'main', mergeRecordedAt: mergedAt },
    teamsAsOf: 'merge' as const,
  }));
  await mergeRecords.recordMerges(aWorkspaceUuid, repositoryUuid, records);
}

/** What a test says of a merge of which no source tells when. */
export interface UndatedToSave {
  readonly number: number;
  readonly title?: string;
  readonly openedAt?: number;
  readonly author?: Person | null;
  /** Slugs. */
  readonly teams?: readonly string[];
}

/** Merged pull requests of which Bitbucket told everything but when: settled two days after `anInstant`. */
export async function saveUndatedMerges(
  { pullRequests, mergeRecords }: Pick<Stores, 'pullRequests' | 'mergeRecords'>,
  repositoryUuid: string,
  merges: readonly UndatedToSave[],
): Promise<void> {
  const snapshots = merges.map((said) => {
    const { number, title, openedAt, author } = { ...aPullRequestSnapshot(), ...said };
    return aMergedSnapshot({ number, title, openedAt, author, mergeHash: null });
  });
  await pullRequests.saveSnapshots(aWorkspaceUuid, repositoryUuid, snapshots);
  const records = merges.map(({ number, teams = [] }) => ({
    ...{ number, teams, defaultBranch: 'main', mergeRecordedAt: anInstant + 2 * day },
    teamsAsOf: 'import' as const,
  }));
  await mergeRecords.recordMerges(aWorkspaceUuid, repositoryUuid, records);
}
