import type { MergedPullRequest } from '../../pull-requests/pull-request';
import type { Deployment } from '../deployment';

/** What was deployed, as its `deploy_id` tells. */
export interface Deployed {
  /** With braces. */
  readonly repositoryUuid: string;
  /** As people call it beside the name of its repository: "#12". */
  readonly name: string;
  /** Of its page in Bitbucket, below that of the repository. */
  readonly path: string;
}

/** Which deployment brought a merge to production; `null`: none, or not yet. */
export type DeploymentOf = (pullRequest: MergedPullRequest) => Deployment | null;

/** One way of telling what was deployed, and when: from the facts that it reads to deployments, and nothing else. */
export interface DeploymentStrategy<Facts> {
  /** By which its deployments are known from those of others. */
  readonly source: string;
  /** In the order of the facts they come from. */
  findDeployments(facts: Facts): Deployment[];
  /** Of the deployments that it found itself. */
  createDeploymentOf(deployments: readonly Deployment[], merged: readonly MergedPullRequest[]): DeploymentOf;
  /** `null` for a text that is no `deploy_id` of its deployments. */
  parseDeployed(deployId: string): Deployed | null;
}
