import type { IncidentRules } from './incident-rules';
import type { Instant } from '../instant';
import type { Deployment } from '../deployments/deployment';
import { formatDeployId } from '../deployments/deploy-id';
import { createDeploymentOf } from '../deployments/strategies/all-strategies';
import type { DeploymentOf } from '../deployments/strategies/strategy';
import { isMergedIntoDefaultBranch } from '../pull-requests/merged-into-default-branch';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import type { Incident, IncidentSource } from './incident';

/** Any case; the digits end where another character, or nothing, follows. */
const revertBranch = /^revert-pr-(\d+)/i;

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
  const lowered = toLowered(rules);
  return facts.pullRequests.flatMap((fix) => {
    const source = findSource(fix, lowered);
    const history = histories.get(fix.repositoryUuid);
    const isProof = source !== null && isMergedIntoDefaultBranch(fix) && history !== undefined;
    return isProof ? [toIncident({ fix, source, history, deploymentOf })] : [];
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

function toLowered(rules: IncidentRules): IncidentRules {
  return {
    revert: rules.revert,
    branchPrefixes: rules.branchPrefixes.map((prefix) => prefix.toLowerCase()),
    titlePrefixes: rules.titlePrefixes.map((prefix) => prefix.toLowerCase()),
  };
}

/** A pull request that matches both rules is one incident, by the revert rule. */
function findSource(fix: MergedPullRequest, rules: IncidentRules): IncidentSource | null {
  if (rules.revert && fix.sourceBranch !== null && revertBranch.test(fix.sourceBranch)) {
    return 'revert';
  }
  const isNamed =
    (fix.sourceBranch !== null && startsWithAny(fix.sourceBranch, rules.branchPrefixes)) ||
    startsWithAny(fix.title, rules.titlePrefixes);
  return isNamed ? 'naming_convention' : null;
}

function startsWithAny(text: string, prefixes: readonly string[]): boolean {
  if (prefixes.length === 0) {
    return false;
  }
  const lowered = text.toLowerCase();
  return prefixes.some((prefix) => lowered.startsWith(prefix));
}

interface Proof {
  readonly fix: MergedPullRequest;
  readonly source: IncidentSource;
  readonly history: SystemHistory;
  readonly deploymentOf: DeploymentOf;
}

function toIncident({ fix, source, history, deploymentOf }: Proof): Incident {
  const deployment = deploymentOf(fix);
  const reverted = source === 'revert' ? findReverted(fix, history) : null;
  const createdAt = reverted?.mergedAt ?? findFirstCommitAt(fix);
  const direct = reverted === null ? null : deploymentOf(reverted);
  const blamed = direct ?? findLastDeployment(history, createdAt, deployment);
  return {
    incidentId: formatDeployId(fix),
    repositoryUuid: fix.repositoryUuid,
    createdAt,
    resolvedAt: fix.mergedAt,
    source,
    deployId: toId(blamed),
    fixDeployId: toId(deployment),
  };
}

function toId(deployment: Deployment | null): string | null {
  return deployment === null ? null : deployment.deployId;
}

/** The merged pull request that the branch names. One that names itself names none: it cannot undo its own merge. */
function findReverted(fix: MergedPullRequest, history: SystemHistory): MergedPullRequest | null {
  const number = Number(revertBranch.exec(fix.sourceBranch ?? '')?.[1] ?? Number.NaN);
  return number === fix.number ? null : (history.byNumber.get(number) ?? null);
}

/** The earliest author date among the changes; without any the opening, also for a revert, where the rule is silent. */
function findFirstCommitAt(fix: MergedPullRequest): Instant {
  const earliest = fix.changes.reduce((first, change) => Math.min(first, change.createdAt), Number.POSITIVE_INFINITY);
  return earliest === Number.POSITIVE_INFINITY ? fix.openedAt : earliest;
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
