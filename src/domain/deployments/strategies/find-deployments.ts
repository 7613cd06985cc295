import type { Deployment } from '../deployment';
import { mergedPullRequests } from './merged-pull-requests';
import type { DeploymentFacts } from './strategy';

/** The deployments of all repositories, each by its strategy: so far all count by merged pull requests. */
export function findDeployments(facts: DeploymentFacts): Deployment[] {
  return mergedPullRequests.findDeployments(facts);
}
