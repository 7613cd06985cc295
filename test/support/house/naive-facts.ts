import type { Commit, PullRequest, Repository, Workspace } from '../../../simulator/world/model';

/*
 * What a workspace's deployments and incidents are, worked out from the world itself, by the words of docs/definitions.md
 * alone: no code of the product.
 */

export interface NaiveChange {
  readonly change_id: string;
  readonly time_created: string;
}

export interface NaiveDeployment {
  readonly deploy_id: string;
  readonly system: { readonly uuid: string; readonly slug: string; readonly name: string };
  readonly number: number;
  readonly at: number;
  readonly openedAt: number;
  readonly branch: string;
  readonly title: string;
  readonly changes: readonly Commit[];
  readonly teams: readonly string[];
  readonly complete: boolean;
}

export interface NaiveIncident {
  readonly incident_id: string;
  readonly system: NaiveDeployment['system'];
  readonly createdAt: number;
  readonly resolvedAt: number;
  readonly source: 'revert' | 'naming_convention';
  readonly blamed: NaiveDeployment | null;
  readonly fix: NaiveDeployment;
}

/** A merged pull request, to whatever branch, with its own words in the world. */
export interface NaiveMerge extends NaiveDeployment {
  readonly pullRequest: PullRequest;
  readonly repository: Repository;
}

export interface NaiveFacts {
  readonly merged: readonly NaiveMerge[];
  /** Merged, and nothing in the world tells when: nowhere in `merged`. */
  readonly undated: readonly Pick<NaiveDeployment, 'deploy_id' | 'system' | 'teams'>[];
  readonly deployments: readonly NaiveDeployment[];
  readonly incidents: readonly NaiveIncident[];
}

export interface NaiveReading {
  readonly prefixes?: readonly string[];
  /** Where a world's lists and its graph contradict each other (real history has gaps): which to believe. */
  readonly believe?: 'lists' | 'graph';
}

export function readNaiveFacts(workspace: Workspace, reading: NaiveReading = {}): NaiveFacts {
  const { prefixes = ['hotfix'], believe = 'lists' } = reading;
  const all: NaiveMerge[] = [];
  const undated: NaiveMerge[] = [];
  const deployments: NaiveDeployment[] = [];
  const incidents: NaiveIncident[] = [];
  for (const repository of workspace.repositories.values()) {
    const merged = [...repository.pullRequests.values()].filter(({ state }) => state === 'MERGED');
    const settled = merged.map((one) => ({
      ...{ pullRequest: one, repository },
      ...toDeployment({ workspace, repository, believe }, one),
    }));
    const merges = settled.filter(({ at }) => Number.isFinite(at));
    const own = merges.filter(({ pullRequest }) => pullRequest.destination.branch === repository.mainBranch);
    all.push(...merges);
    undated.push(...settled.filter(({ at }) => !Number.isFinite(at)));
    const mergeTimes = new Map(merges.map(({ number, at }) => [number, at]));
    deployments.push(...own);
    incidents.push(...own.flatMap((fix) => toIncident(fix, { own, mergeTimes, prefixes }) ?? []));
  }
  return { merged: all, undated, deployments, incidents };
}

/** By the activity, else by the merge commit; endless where neither tells. */
function mergeTimeOf({ activities, mergeHash }: PullRequest, { commits }: Repository): number {
  const times = activities.flatMap((activity) =>
    activity.kind === 'update' && activity.state === 'MERGED' ? [activity.at] : [],
  );
  const merge = times.length === 0 ? commits.get(mergeHash ?? '') : undefined;
  return toMillisecond(merge?.authoredAt ?? Math.min(...times));
}

/** Instants are kept to the millisecond, further digits cut. */
function toMillisecond(at: number): number {
  return Math.floor(at);
}

interface Place {
  readonly workspace: Workspace;
  readonly repository: Repository;
  readonly believe: 'lists' | 'graph';
}

function toDeployment({ workspace, repository, believe }: Place, one: PullRequest): NaiveDeployment {
  const brought = believe === 'graph' ? findBroughtIn(repository, one) : [];
  const changes = brought.length > 0 ? toCommits(repository, brought) : findChanges(repository, one);
  return {
    deploy_id: `${repository.uuid}/pullrequests/${one.id}`,
    system: { uuid: repository.uuid, slug: repository.slug, name: repository.name },
    number: one.id,
    at: mergeTimeOf(one, repository),
    openedAt: toMillisecond(one.createdAt),
    branch: one.source.branch,
    title: one.title,
    changes,
    teams: workspace.groups
      .filter(({ memberUuids }) => memberUuids.length >= 2 && memberUuids.includes(one.authorUuid ?? ''))
      .map(({ slug }) => slug)
      .sort(),
    complete: changes.length > 0,
  };
}

/** The branch's own commits while it exists; else what the merge commit brought in; else nothing. */
function findChanges(repository: Repository, one: PullRequest): Commit[] {
  const isThere = one.source.fork === null ? repository.branches.has(one.source.branch) : !one.source.isForkGone;
  const hashes = isThere ? one.commits : findBroughtIn(repository, one);
  return toCommits(repository, hashes);
}

function toCommits(repository: Repository, hashes: Iterable<string>): Commit[] {
  return [...new Set(hashes)].flatMap((hash) => repository.commits.get(hash) ?? []);
}

/** In a fast-forward the merge is the branch's own head: it brought nothing in. */
function findBroughtIn(repository: Repository, { mergeHash, source }: PullRequest): string[] {
  const parents = mergeHash === source.hash ? [] : (repository.commits.get(mergeHash ?? '')?.parents ?? []);
  const [first, second] = parents;
  if (first === undefined || second === undefined) return [];
  const before = reach(repository, first);
  return [...reach(repository, second)].filter((hash) => !before.has(hash));
}

function reach(repository: Repository, head: string): Set<string> {
  const found = new Set<string>();
  const waiting = [head];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (found.has(hash)) continue;
    found.add(hash);
    waiting.push(...(repository.commits.get(hash)?.parents ?? []));
  }
  return found;
}

interface Surroundings {
  readonly own: readonly NaiveDeployment[];
  readonly mergeTimes: ReadonlyMap<number, number>;
  readonly prefixes: readonly string[];
}

function toIncident(fix: NaiveDeployment, { own, mergeTimes, prefixes }: Surroundings): NaiveIncident | null {
  const reverted = /^revert-pr-(\d+)/iu.exec(fix.branch)?.[1];
  const isNamed = prefixes.some((prefix) => fix.branch.toLowerCase().startsWith(prefix.toLowerCase()));
  if (reverted === undefined && !isNamed) return null;
  const createdAt = mergeTimes.get(Number(reverted)) ?? findStart(fix);
  return {
    incident_id: fix.deploy_id,
    system: fix.system,
    createdAt,
    resolvedAt: fix.at,
    source: reverted === undefined ? 'naming_convention' : 'revert',
    blamed: own.find(({ number }) => number === Number(reverted)) ?? findLastBefore(own, createdAt, fix),
    fix,
  };
}

function findStart(fix: NaiveDeployment): number {
  const first = Math.min(...fix.changes.map(({ authoredAt }) => authoredAt));
  return Number.isFinite(first) ? first : fix.openedAt;
}

function findLastBefore(own: readonly NaiveDeployment[], at: number, fix: NaiveDeployment): NaiveDeployment | null {
  const before = own.filter((one) => one !== fix && one.at <= at);
  return before.sort((one, other) => one.at - other.at || one.number - other.number).at(-1) ?? null;
}
