import type { MergedPullRequest } from '../../pull-requests/pull-request';
import type { Deployment } from '../deployment';
import { formatDeployId } from '../deploy-id';
import type { DeploymentStrategy } from './strategy';

/** Every pull request that is merged into the default branch is one deployment (docs/definitions.md, 3). */
export const mergedPullRequests: DeploymentStrategy = {
  source: 'pull_request',
  findDeployments: ({ pullRequests, teamsOf }) =>
    pullRequests.filter(isMergedIntoDefaultBranch).map((one) => toDeployment(one, teamsOf(one))),
};

/** The default branch is the one at the moment of the merge; while none is known the merge is not judged. */
function isMergedIntoDefaultBranch({ destinationBranch, defaultBranchAtMerge }: MergedPullRequest): boolean {
  return destinationBranch !== null && destinationBranch === defaultBranchAtMerge;
}

function toDeployment(pullRequest: MergedPullRequest, teams: readonly string[]): Deployment {
  const { repositoryUuid, number, mergedAt, changes, teamsAsOf, destinationBranch, isComplete } = pullRequest;
  return {
    deployId: formatDeployId({ repositoryUuid, number }),
    repositoryUuid,
    createdAt: mergedAt,
    changes,
    teams,
    teamsAsOf,
    source: 'pull_request',
    ref: destinationBranch,
    isComplete,
    ordinal: number,
  };
}
