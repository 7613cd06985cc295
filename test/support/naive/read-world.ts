import type { Account, Act, PullRequest, Repository, Workspace } from '../../../simulator/world/model';
import type { NaiveDelivery } from './accelerate';
import type { NaiveActivity, NaiveChange, NaiveMerge, NaivePullRequest, NaiveReviewedMerge } from './facts';
import { findNaiveIncidents } from './incidents';
import type { NaiveOpen } from './open-work';

/* The facts of a simulated workspace, read from the world itself by docs/definitions.md, 3. */

export interface NaiveFacts extends NaiveDelivery {
  readonly merges: readonly NaiveReviewedMerge[];
  readonly deployments: readonly NaiveMerge[];
  /** Merged, and nothing in the world tells when: nowhere in `merges`. */
  readonly undated: readonly NaivePullRequest[];
  readonly open: readonly NaiveOpen[];
  /** Uuids. */
  readonly bots: ReadonlySet<string>;
}

/** Where a world's lists and its graph contradict each other (real history has gaps): which to believe. */
export type Belief = 'lists' | 'graph';

export function readNaiveFacts(workspace: Workspace, believe: Belief = 'lists'): NaiveFacts {
  const merges: NaiveReviewedMerge[] = [];
  const undated: NaivePullRequest[] = [];
  const open: NaiveOpen[] = [];
  for (const repository of workspace.repositories.values()) {
    const place = { workspace, repository, believe };
    const inState = (state: PullRequest['state']) =>
      [...repository.pullRequests.values()].filter((one) => one.state === state);
    open.push(...inState('OPEN').map((one) => readPullRequest(place, one)));
    for (const one of inState('MERGED')) {
      const read = readPullRequest(place, one);
      const mergedAt = findMergeTime(one, repository);
      const isDeployment = one.destination.branch === repository.mainBranch;
      if (mergedAt === null) undated.push(read);
      else merges.push({ ...read, mergedAt, isDeployment });
    }
  }
  const deployments = merges.filter(({ isDeployment }) => isDeployment);
  return { merges, deployments, undated, open, incidents: findNaiveIncidents(merges), bots: findBots(workspace) };
}

/** Bots by their type, and by the names that are bots' by default. */
function findBots(workspace: Workspace): ReadonlySet<string> {
  const isBot = ({ kind, displayName }: Account) =>
    kind !== 'user' || /(?:\[bot\]|-bot|_bot| bot)$/iu.test(displayName);
  return new Set([...workspace.people.values()].filter(isBot).map(({ uuid }) => uuid));
}

/** By the activity, else by the merge commit. */
function findMergeTime({ activities, mergeHash }: PullRequest, { commits }: Repository): number | null {
  const told = activities.filter((activity) => activity.kind === 'update' && activity.state === 'MERGED');
  if (told.length > 0) return toMillisecond(Math.min(...told.map(({ at }) => at)));
  const merge = commits.get(mergeHash ?? '');
  return merge === undefined ? null : toMillisecond(merge.authoredAt);
}

/** Instants are kept to the millisecond, further digits cut. */
function toMillisecond(at: number): number {
  return Math.floor(at);
}

interface Place {
  readonly workspace: Workspace;
  readonly repository: Repository;
  readonly believe: Belief;
}

function readPullRequest({ workspace, repository, believe }: Place, one: PullRequest): NaiveOpen {
  const brought = believe === 'graph' ? findBroughtIn(repository, one) : [];
  const changes = brought.length > 0 ? listChanges(repository, brought) : findChanges(repository, one);
  const { uuid, slug, name } = repository;
  return {
    system: { uuid, slug, name },
    number: one.id,
    title: one.title,
    sourceBranch: one.source.branch,
    destinationBranch: one.destination.branch,
    openedAt: toMillisecond(one.createdAt),
    changes,
    isComplete: changes.length > 0,
    teams: listTeams(workspace, one),
    authorUuid: one.authorUuid,
    isDraft: one.isDraft,
    firstCommitAt: changes.length === 0 ? null : Math.min(...changes.map(({ createdAt }) => createdAt)),
    linesChanged: countLines(repository, one),
    activities: one.activities.map(readActivity),
  };
}

/** All groups of at least two members in which the author is. */
function listTeams({ groups }: Workspace, { authorUuid }: PullRequest): string[] {
  return groups
    .filter(({ memberUuids }) => memberUuids.length >= 2 && memberUuids.includes(authorUuid ?? ''))
    .map(({ slug }) => slug)
    .sort();
}

function readActivity(act: Act): NaiveActivity {
  return {
    kind: act.kind,
    at: toMillisecond(act.at),
    actorUuid: act.actorUuid,
    isInline: act.kind === 'comment' && act.inline !== null,
    isDeleted: act.kind === 'comment' && act.isDeleted,
    isGone: false,
    state: act.kind !== 'update' ? null : act.isQueued === true ? 'QUEUED' : act.state,
    isDraft: act.kind === 'update' ? act.isDraft : null,
  };
}

/** The branch's own commits while it exists; else what the merge commit brought in; else nothing. */
function findChanges(repository: Repository, one: PullRequest): NaiveChange[] {
  const { fork, isForkGone, branch } = one.source;
  const isThere = one.state === 'OPEN' || (fork === null ? repository.branches.has(branch) : !isForkGone);
  return listChanges(repository, isThere ? one.commits : findBroughtIn(repository, one));
}

function listChanges({ commits }: Repository, hashes: Iterable<string>): NaiveChange[] {
  const found = [...new Set(hashes)].flatMap((hash) => commits.get(hash) ?? []);
  return found.map(({ hash, authoredAt }) => ({ changeId: hash, createdAt: authoredAt }));
}

/** Of all its commits, as its diff tells. */
function countLines({ commits }: Repository, pullRequest: PullRequest): number {
  let lines = 0;
  for (const hash of new Set(pullRequest.commits)) {
    const size = commits.get(hash)?.size;
    lines += (size?.linesAdded ?? 0) + (size?.linesRemoved ?? 0);
  }
  return lines;
}

/** In a fast-forward the merge is the branch's own head: it brought nothing in. */
function findBroughtIn(repository: Repository, { mergeHash, source }: PullRequest): string[] {
  const parents = mergeHash === source.hash ? [] : (repository.commits.get(mergeHash ?? '')?.parents ?? []);
  const [first, second] = parents;
  if (first === undefined || second === undefined) return [];
  const before = reach(repository, first);
  return [...reach(repository, second)].filter((hash) => !before.has(hash));
}

function reach({ commits }: Repository, head: string): Set<string> {
  const found = new Set<string>();
  const waiting = [head];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (found.has(hash)) continue;
    found.add(hash);
    waiting.push(...(commits.get(hash)?.parents ?? []));
  }
  return found;
}
