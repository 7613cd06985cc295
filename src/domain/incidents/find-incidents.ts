import type { IncidentRules } from './incident-rules';
import type { Instant } from '../instant';
import type { Deployment } from '../deployments/deployment';
import { formatDeployId } from '../deployments/deploy-id';
import { createDeploymentOf } from '../deployments/strategies/all-strategies';
import type { DeploymentOf } from '../deployments/strategies/strategy';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { createFindProof } from './find-proof';
import type { Incident } from './incident';
import type { IncidentProof } from './incident-proof';

/** What incidents are found in; of any number of repositories, in any order. */
export interface IncidentFacts {
  /** Every merged pull request, to whatever branch. */
  readonly pullRequests: readonly MergedPullRequest[];
  readonly deployments: readonly Deployment[];
}

/** The history of one repository, ready to be asked. */
interface SystemHistory {
  readonly byNumber: Map<number, MergedPullRequest>;
  /** By their moment, of several at one instant by their ordinal. */
  readonly deployments: Deployment[];
}

/**
 * All incidents that merged pull requests prove (docs/definitions.md, 4), in the order of their fixes; a fix is
 * always merged into the default branch. Costs one sort and a binary search per incident.
 */
export function findIncidents(facts: IncidentFacts, rules: IncidentRules): Incident[] {
  const histories = groupBySystem(facts);
  const deploymentOf = createDeploymentOf(facts.deployments, facts.pullRequests);
  const findProof = createFindProof(rules);
  return facts.pullRequests.flatMap((fix) => {
    const proof = findProof(fix);
    const history = histories.get(fix.repositoryUuid);
    return proof !== null && history !== undefined ? [toIncident({ fix, proof, history, deploymentOf })] : [];
  });
}

function groupBySystem({ pullRequests, deployments }: IncidentFacts): Map<string, SystemHistory> {
  const groups = new Map<string, SystemHistory>();
  const groupOf = (repositoryUuid: string): SystemHistory => {
    const group = groups.get(repositoryUuid) ?? { byNumber: new Map(), deployments: [] };
    groups.set(repositoryUuid, group);
    return group;
  };
  pullRequests.forEach((one) => groupOf(one.repositoryUuid).byNumber.set(one.number, one));
  deployments.forEach((one) => groupOf(one.repositoryUuid).deployments.push(one));
  for (const group of groups.values()) {
    group.deployments.sort((a, b) => a.createdAt - b.createdAt || a.ordinal - b.ordinal);
  }
  return groups;
}

interface Proven {
  readonly fix: MergedPullRequest;
  readonly proof: IncidentProof;
  readonly history: SystemHistory;
  readonly deploymentOf: DeploymentOf;
}

function toIncident({ fix, proof, history, deploymentOf }: Proven): Incident {
  const deployment = deploymentOf(fix);
  const reverted = history.byNumber.get(proof.revertedNumber ?? 0) ?? null;
  const createdAt = reverted?.mergedAt ?? proof.startedAt;
  const direct = reverted === null ? null : deploymentOf(reverted);
  const blamed = direct ?? findLastDeployment(history, createdAt, deployment);
  return {
    incidentId: formatDeployId(fix),
    repositoryUuid: fix.repositoryUuid,
    createdAt,
    resolvedAt: fix.mergedAt,
    source: proof.source,
    deployId: toId(blamed),
    fixDeployId: toId(deployment),
  };
}

function toId(deployment: Deployment | null): string | null {
  return deployment === null ? null : deployment.deployId;
}

/** The last deployment at or before the instant, of several the one with the highest ordinal; never the fix itself. */
function findLastDeployment({ deployments }: SystemHistory, at: Instant, fix: Deployment | null): Deployment | null {
  let [low, high] = [0, deployments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = deployments[middle];
    if (candidate !== undefined && candidate.createdAt <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const last = deployments[low - 1];
  return (last === fix ? deployments[low - 2] : last) ?? null;
}
