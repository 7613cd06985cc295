import type { MergedPullRequest } from '../pull-requests/pull-request';

/**
 * The deployment that brought each merged pull request to production: a deployment is its own; any other goes with the
 * earliest deployment of the same repository, at or after its merge, whose changes hold one of its commits. One that is
 * absent from the answer is not known to be deployed, as after a squash. Takes any number of repositories, in any order.
 */
export function findDeployments<T extends MergedPullRequest>(pullRequests: readonly T[]): Map<T, T> {
  const found = new Map<T, T>();
  const waiting = groupByCommit(pullRequests.filter(({ isDeployment }) => !isDeployment));
  const deployments = pullRequests.filter(({ isDeployment }) => isDeployment);
  deployments.sort((a, b) => a.mergedAt - b.mergedAt || a.number - b.number);
  for (const deployment of deployments) {
    found.set(deployment, deployment);
    for (const { changeId } of waiting.size === 0 ? [] : deployment.changes) {
      const candidates = waiting.get(toCommitKey(deployment, changeId)) ?? [];
      for (const pullRequest of candidates) {
        if (pullRequest.mergedAt <= deployment.mergedAt && !found.has(pullRequest)) {
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
function toCommitKey({ repositoryUuid }: MergedPullRequest, changeId: string): string {
  return `${repositoryUuid}/${changeId}`;
}
