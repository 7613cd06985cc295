import type { IncidentRules } from './incident-rules';
import type { Instant } from '../instant';
import { toDeployId, type MergedPullRequest } from '../pull-requests/pull-request';
import type { Incident, IncidentSource } from './incident';

/** Any case; the digits end where another character, or nothing, follows. */
const revertBranch = /^revert-pr-(\d+)/i;

/** The merged pull requests of one repository, ready to be asked. */
interface SystemHistory {
  readonly byNumber: ReadonlyMap<number, MergedPullRequest>;
  /** By the moment of the merge, then by number. */
  readonly deployments: readonly MergedPullRequest[];
}

interface Rules {
  readonly revert: boolean;
  readonly branchPrefixes: readonly string[];
  readonly titlePrefixes: readonly string[];
}

/**
 * All incidents that merged pull requests prove (definitions, section 4), in the order of their fixes. Takes every
 * merged pull request, to whatever branch, of any number of repositories; a fix is always a deployment.
 * Costs one sort and a binary search per incident.
 */
export function findIncidents(pullRequests: readonly MergedPullRequest[], rules: IncidentRules): Incident[] {
  const histories = groupBySystem(pullRequests);
  const lowered = toLowered(rules);
  const incidents: Incident[] = [];
  for (const fix of pullRequests) {
    const source = fix.isDeployment ? findSource(fix, lowered) : null;
    const history = histories.get(fix.repositoryUuid);
    if (source !== null && history !== undefined) {
      incidents.push(toIncident({ fix, source, history }));
    }
  }
  return incidents;
}

function groupBySystem(pullRequests: readonly MergedPullRequest[]): Map<string, SystemHistory> {
  const groups = new Map<string, { byNumber: Map<number, MergedPullRequest>; deployments: MergedPullRequest[] }>();
  for (const pullRequest of pullRequests) {
    let group = groups.get(pullRequest.repositoryUuid);
    if (group === undefined) {
      group = { byNumber: new Map(), deployments: [] };
      groups.set(pullRequest.repositoryUuid, group);
    }
    group.byNumber.set(pullRequest.number, pullRequest);
    if (pullRequest.isDeployment) {
      group.deployments.push(pullRequest);
    }
  }
  for (const group of groups.values()) {
    group.deployments.sort((a, b) => a.mergedAt - b.mergedAt || a.number - b.number);
  }
  return groups;
}

function toLowered(rules: IncidentRules): Rules {
  return {
    revert: rules.revert,
    branchPrefixes: rules.branchPrefixes.map((prefix) => prefix.toLowerCase()),
    titlePrefixes: rules.titlePrefixes.map((prefix) => prefix.toLowerCase()),
  };
}

/** A pull request that matches both rules is one incident, by the revert rule. */
function findSource(fix: MergedPullRequest, rules: Rules): IncidentSource | null {
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
}

function toIncident({ fix, source, history }: Proof): Incident {
  const reverted = source === 'revert' ? findReverted(fix, history) : null;
  const createdAt = reverted?.mergedAt ?? findFirstCommitAt(fix);
  const deployment = reverted?.isDeployment === true ? reverted : findLastDeployment(history, createdAt, fix);
  return {
    incidentId: toDeployId(fix.repositoryUuid, fix.number),
    repositoryUuid: fix.repositoryUuid,
    createdAt,
    resolvedAt: fix.mergedAt,
    source,
    deployment,
    fix,
  };
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

/** The last deployment at or before the instant, of several the one with the highest number; never the fix itself. */
function findLastDeployment(history: SystemHistory, at: Instant, fix: MergedPullRequest): MergedPullRequest | null {
  const { deployments } = history;
  let [low, high] = [0, deployments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = deployments[middle];
    if (candidate !== undefined && candidate.mergedAt <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const last = deployments[low - 1];
  return (last === fix ? deployments[low - 2] : last) ?? null;
}
