import type { Deployment } from './deployment';
import { mergedPullRequests } from './strategies/merged-pull-requests';
import type { DeploymentFacts } from './strategies/strategy';

/** The deployments of all repositories, each by its strategy: so far all count by merged pull requests. */
export function findDeployments(facts: DeploymentFacts): Deployment[] {
  return mergedPullRequests.findDeployments(facts);
}
