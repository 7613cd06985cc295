import { isMergedIntoDefaultBranch } from '../../pull-requests/merged-into-default-branch';
import type { MergedPullRequest } from '../../pull-requests/pull-request';
import { createTeamsOf } from '../../teams/team-membership';
import type { Team } from '../../teams/team';
import type { Deployment } from '../deployment';
import { formatDeployId, parseDeployId } from '../deploy-id';
import type { DeploymentStrategy } from './strategy';

const source = 'pull_request';

export interface MergeFacts {
  /** Every merged pull request, to whatever branch, of any number of repositories, in any order. */
  readonly merged: readonly MergedPullRequest[];
  /** A merge counts for its groups, and for those of these that are kept by hand and had its author. */
  readonly teams: readonly Team[];
}

/** Every pull request that is merged into the default branch is one deployment (docs/definitions.md, 3). */
export const mergedPullRequests: DeploymentStrategy<MergeFacts> = {
  source,
  findDeployments({ merged, teams }) {
    const teamsOf = createTeamsOf(teams);
    return merged.filter(isMergedIntoDefaultBranch).map((one) => toDeployment(one, teamsOf(one)));
  },
  createDeploymentOf(deployments) {
    const byId = new Map(deployments.map((deployment) => [deployment.deployId, deployment]));
    return (pullRequest) => byId.get(formatDeployId(pullRequest)) ?? null;
  },
  parseDeployed(deployId) {
    const parts = parseDeployId(deployId);
    return (
      parts && {
        repositoryUuid: parts.repositoryUuid,
        name: `#${parts.number}`,
        path: `pull-requests/${parts.number}`,
      }
    );
  },
};

function toDeployment(pullRequest: MergedPullRequest, teams: readonly string[]): Deployment {
  const { repositoryUuid, number, mergedAt, changes, teamsAsOf, destinationBranch, isComplete } = pullRequest;
  return {
    deployId: formatDeployId({ repositoryUuid, number }),
    repositoryUuid,
    createdAt: mergedAt,
    changes,
    teams,
    teamsAsOf,
    source,
    ref: destinationBranch,
    isComplete,
    ordinal: number,
  };
}
