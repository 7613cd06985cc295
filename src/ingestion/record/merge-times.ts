import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { Instant } from '../../domain/instant';
import type { PullRequestKey } from '../plans/reading-plan';
import { isWitness, type MergeTimeSource } from '../../domain/pull-requests/merge-time';

/** A moment that may be the merge, and who says so. */
export interface MergeTime {
  readonly number: number;
  readonly source: MergeTimeSource;
  readonly at: Instant;
}

/** The date of a merge commit, as far as it can be believed. */
export function toMergeCommitTimes(number: number, at: Instant | null, now: Instant): MergeTime[] {
  return at === null || !isWitness(at, now) ? [] : [{ number, source: 'merge_commit', at }];
}

/** The next witness after the activity, asked for: the merge commit can be read singly, whatever branch it is on. */
export async function askMergeCommit(
  api: BitbucketApi,
  of: PullRequestKey & { readonly mergeHash: string },
  now: Instant,
): Promise<MergeTime[]> {
  const commit = await api.getCommit(of.workspace, of.repositoryUuid, of.mergeHash);
  return toMergeCommitTimes(of.number, commit?.authoredAt ?? null, now);
}
