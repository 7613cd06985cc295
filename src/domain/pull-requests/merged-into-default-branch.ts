import type { MergedPullRequest } from './pull-request';

/** The default branch is the one at the moment of the merge; while none is known the merge is not judged. */
export function isMergedIntoDefaultBranch({
  destinationBranch,
  defaultBranchAtMerge,
}: Pick<MergedPullRequest, 'destinationBranch' | 'defaultBranchAtMerge'>): boolean {
  return destinationBranch !== null && destinationBranch === defaultBranchAtMerge;
}
