import type { MergedPullRequest } from '../../pull-requests/pull-request';
import type { Deployment } from '../deployment';
import { mergedPullRequests, type MergeFacts } from './merged-pull-requests';
import type { Deployed, DeploymentOf, DeploymentStrategy } from './strategy';

/** What all strategies together find deployments in. */
export type DeploymentFacts = MergeFacts;

/** Every strategy there is; so far all repositories count by merged pull requests. */
const strategies: readonly DeploymentStrategy<DeploymentFacts>[] = [mergedPullRequests];

/** What the `source` of a deployment can be. */
export const deploymentSources: readonly string[] = strategies.map(({ source }) => source);

/** The deployments of all repositories, each by its strategy. */
export function findDeployments(facts: DeploymentFacts): Deployment[] {
  return strategies.flatMap((strategy) => strategy.findDeployments(facts));
}

/** For merges and deployments of any number of repositories, in any order. */
export function createDeploymentOf(
  deployments: readonly Deployment[],
  merged: readonly MergedPullRequest[],
): DeploymentOf {
  const lookUps = strategies.map((strategy) => {
    const found = deployments.filter(({ source }) => source === strategy.source);
    return strategy.createDeploymentOf(found, merged);
  });
  return (pullRequest) => findFirst(lookUps, (lookUp) => lookUp(pullRequest));
}

/** What was deployed, by the `deploy_id` of any strategy; `null` for any other text. */
export function parseDeployed(deployId: string): Deployed | null {
  return findFirst(strategies, (strategy) => strategy.parseDeployed(deployId));
}

function findFirst<T, Found>(all: readonly T[], find: (one: T) => Found | null): Found | null {
  for (const one of all) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}
