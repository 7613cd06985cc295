import type { MergedPullRequest } from '../../pull-requests/pull-request';
import type { Deployment, DeploymentSource } from '../deployment';

/** What deployments are found in. */
export interface DeploymentFacts {
  /** Every merged pull request, to whatever branch, of any number of repositories, in any order. */
  readonly pullRequests: readonly MergedPullRequest[];
  /** Slugs of the teams that a merge counts for. */
  readonly teamsOf: (pullRequest: MergedPullRequest) => readonly string[];
}

/** One way of telling what was deployed, and when: from facts to deployments, and nothing else. */
export interface DeploymentStrategy {
  readonly source: DeploymentSource;
  /** In the order of the facts they come from. */
  findDeployments(facts: DeploymentFacts): Deployment[];
}
