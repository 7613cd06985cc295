import type { MergedPullRequest } from '../pull-requests/pull-request';
import type { Deployment } from './deployment';
import { formatDeployId } from './deploy-id';

/**
 * The deployment that brought each merged pull request to production which is none itself: the earliest deployment of
 * the same repository, at or after its merge, whose changes hold one of its commits. One that is absent from the answer
 * is not known to be deployed, as after a squash. Takes any number of repositories, in any order.
 */
export function findLaterDeployments<T extends MergedPullRequest>(
  pullRequests: readonly T[],
  deployments: readonly Deployment[],
): Map<T, Deployment> {
  const found = new Map<T, Deployment>();
  const own = new Set(deployments.map(({ deployId }) => deployId));
  const waiting = groupByCommit(pullRequests.filter((one) => !own.has(formatDeployId(one))));
  if (waiting.size === 0) return found;
  for (const deployment of deployments.toSorted((a, b) => a.createdAt - b.createdAt || a.ordinal - b.ordinal)) {
    for (const { changeId } of deployment.changes) {
      for (const pullRequest of waiting.get(toCommitKey(deployment, changeId)) ?? []) {
        if (pullRequest.mergedAt <= deployment.createdAt && !found.has(pullRequest)) {
          found.set(pullRequest, deployment);
        }
      }
    }
  }
  return found;
}

function groupByCommit<T extends MergedPullRequest>(pullRequests: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const pullRequest of pullRequests) {
    for (const { changeId } of pullRequest.changes) {
      const key = toCommitKey(pullRequest, changeId);
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [pullRequest]);
      } else {
        group.push(pullRequest);
      }
    }
  }
  return groups;
}

/** A fork may hold the same commit as its origin: each repository is deployed by itself. */
function toCommitKey({ repositoryUuid }: { readonly repositoryUuid: string }, changeId: string): string {
  return `${repositoryUuid}/${changeId}`;
}
