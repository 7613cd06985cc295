import { type GitCommit, type GitPullRequest, type GitRepository } from './git-world';
import type { Quirks } from './quirks';
import type { SmallWorld } from './small-world';

export interface ExpectedDeployment {
  readonly deploy_id: string;
  readonly at: number;
  readonly changes: readonly GitCommit[];
  readonly complete: boolean;
  readonly teams: readonly string[];
}

export interface ExpectedIncident {
  readonly incident_id: string;
  readonly createdAt: number;
  readonly resolvedAt: number;
  readonly deploy_id: string | null;
}

interface Merged {
  readonly one: GitPullRequest;
  readonly at: number;
  readonly deployment: ExpectedDeployment;
  readonly isDeployment: boolean;
}

/** In order of trust: the activity, the merge commit, `closed_on`. */
function toMergedAt({ commits }: GitRepository, one: GitPullRequest, { quirks }: Facts): number | null {
  if (one.state !== 'MERGED' || one.mergedAt === null) return null;
  const closedOn = quirks.hasClosedOn ? one.mergedAt + 5000 : null;
  return one.told === 'merge' ? one.mergedAt : (commits.get(one.mergeHash ?? '')?.at ?? closedOn);
}

/** Told by the pull request itself, or by its merge commit. */
function isKnown(one: GitPullRequest): boolean {
  return (one.isBranchThere && one.fork !== 'gone') || (one.merging === 'merge' && one.mergeHash !== null);
}

/** By docs/definitions.md, 3, read as plainly as can be. */
function toMerged(repository: GitRepository, one: GitPullRequest, facts: Facts): Merged | null {
  const at = toMergedAt(repository, one, facts);
  if (at === null) return null;
  const complete = isKnown(one);
  const teams = facts.groupsWithTwo.filter(({ members }) => one.author !== null && members.includes(one.author));
  const deployment = {
    ...{ deploy_id: `${repository.uuid}/pullrequests/${one.id}`, at, complete },
    changes: complete ? one.commits : [],
    teams: teams.map(({ slug }) => slug),
  };
  return { one, at, isDeployment: one.into === repository.main, deployment };
}

interface Facts {
  readonly quirks: Quirks;
  readonly groupsWithTwo: SmallWorld['groups'];
}

function isFix({ one, isDeployment }: Merged): boolean {
  return isDeployment && /^(revert-pr-\d|hotfix)/iu.test(one.branch);
}

function findCreation({ one, deployment }: Merged): number {
  const first = Math.min(...deployment.changes.map(({ at }) => at));
  return deployment.changes.length === 0 ? one.createdAt : first;
}

function findBlamed(fix: Merged, all: readonly Merged[], at: number): Merged | undefined {
  const before = all.filter((other) => other.isDeployment && other !== fix && other.at <= at);
  return before.sort((one, other) => one.at - other.at || one.one.id - other.one.id).at(-1);
}

function toIncident(fix: Merged, all: readonly Merged[]): ExpectedIncident {
  const number = /^revert-pr-(\d+)/iu.exec(fix.one.branch)?.[1];
  const reverted = all.find(({ one }) => String(one.id) === number);
  const createdAt = reverted?.at ?? findCreation(fix);
  const blamed = reverted?.isDeployment === true ? reverted : findBlamed(fix, all, createdAt);
  const { deploy_id: incident_id, at: resolvedAt } = fix.deployment;
  return { incident_id, createdAt, resolvedAt, deploy_id: blamed?.deployment.deploy_id ?? null };
}

export interface Expected {
  readonly deployments: readonly ExpectedDeployment[];
  readonly incidents: readonly ExpectedIncident[];
}

/** @param since pull requests that nothing touched since are not imported */
export function expectOf(world: SmallWorld, quirks: Quirks, since = 0): Expected {
  const groups = ['forbidden', 'nonsense'].includes(quirks.groups) ? [] : world.groups;
  const facts = { quirks, groupsWithTwo: groups.filter(({ members }) => members.length > 1) };
  const histories = world.repositories.map((repository) =>
    repository.pullRequests
      .filter(({ updatedAt }) => updatedAt >= since)
      .flatMap((one) => toMerged(repository, one, facts) ?? []),
  );
  return {
    deployments: histories.flat().flatMap((one) => (one.isDeployment ? [one.deployment] : [])),
    incidents: histories.flatMap((all) => all.filter(isFix).map((one) => toIncident(one, all))),
  };
}

function middle(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The five numbers over what passes, in the words of the contract; `days` of the range. */
export function computeNumbers(
  { deployments: all, incidents }: Expected,
  days: number,
  passes: (deployment: ExpectedDeployment) => boolean = () => true,
) {
  const deployments = all.filter(passes);
  const leads = deployments.flatMap(({ at, changes }) => changes.map((change) => (at - change.at) / 1000));
  const ids = new Set(deployments.map(({ deploy_id }) => deploy_id));
  const linked = incidents.filter(({ deploy_id }) => deploy_id !== null && ids.has(deploy_id));
  const fixes = incidents.filter(({ incident_id }) => ids.has(incident_id));
  const failed = new Set(linked.map(({ deploy_id }) => deploy_id));
  const recoveries = linked.map(({ createdAt, resolvedAt }) => (resolvedAt - createdAt) / 1000);
  const kept = (values: readonly number[]) => values.filter((value) => value >= 0);
  const n = deployments.length;
  return {
    deployment_frequency: { value: n / days, deployments: n, days },
    lead_time_for_changes: {
      ...{ value: middle(kept(leads)), n: kept(leads).length, excluded: leads.length - kept(leads).length },
    },
    change_failure_rate: { value: failed.size / n, failed: failed.size, n },
    time_to_recover: {
      ...{ value: middle(kept(recoveries)), n: kept(recoveries).length, unresolved: 0 },
      excluded: recoveries.length - kept(recoveries).length,
    },
    rework_rate: { value: fixes.length / n, rework: fixes.length, n },
    incomplete_deployments: deployments.filter(({ complete }) => !complete).length,
  };
}
