import { addCommit } from '../commit-graph';
import { mergePullRequest } from '../merge-pull-request';
import { toRawAuthor } from '../people';
import { uuidOf, type Chance } from '../random';
import { day, toWholeSecond } from '../working-time';
import { planPullRequests, type PullRequestPlan, type RepositoryPlan } from './pull-request-plan';
import { varyActivities } from './vary-activities';
import { writeActivities, writeComment } from './write-activities';
import { BranchHistory, writeCommits } from './write-commits';
import type { Account, Fork, Instant, PullRequest, Repository } from '../model';

/** An empty repository: no commit, no branch. */
export function createRepository(
  from: Pick<RepositoryPlan, 'slug' | 'name' | 'language' | 'strategy' | 'from'>,
): Repository {
  return {
    uuid: uuidOf(`repository ${from.slug}`),
    slug: from.slug,
    name: from.name,
    mainBranch: null,
    createdAt: from.from - 40 * day,
    updatedAt: from.from,
    isPrivate: true,
    language: from.language,
    strategy: from.strategy,
    commits: new Map(),
    prefixes: new Map(),
    branches: new Map(),
    pullRequests: new Map(),
    nextCommentId: 1000,
  };
}

interface Growth {
  readonly plan: RepositoryPlan;
  readonly chance: Chance;
  readonly histories: Map<string, BranchHistory>;
  readonly numbers: Map<PullRequestPlan, number>;
}

/** Grows a repository with all its pull requests; closings happen in their order, so the graph is a true history. */
export function growRepository(plan: RepositoryPlan, chance: Chance): Repository {
  const repository = createRepository(plan);
  const growth: Growth = { plan, chance, histories: new Map(), numbers: new Map() };
  const plans = planPullRequests(plan, chance);
  plans.forEach((one, index) => growth.numbers.set(one, index + 1));
  startBranches(repository, growth);
  const byClosing = [...plans].sort((one, other) => (one.closedAt ?? Infinity) - (other.closedAt ?? Infinity) || 0);
  const grown = byClosing.map((one) => growPullRequest(repository, growth, one));
  for (const pullRequest of grown.sort((one, other) => one.id - other.id)) {
    repository.pullRequests.set(pullRequest.id, pullRequest);
    repository.updatedAt = Math.max(repository.updatedAt, pullRequest.updatedAt);
  }
  varyActivities(repository, plan, chance);
  return repository;
}

function startBranches(repository: Repository, { plan, histories }: Growth): void {
  const at = toWholeSecond(plan.from - 40 * day);
  const author = plan.authors[0] ?? null;
  const root = addCommit(repository, {
    parents: [],
    authorUuid: author?.uuid ?? null,
    rawAuthor: toRawAuthor(author),
    authoredAt: at,
    committedAt: at,
    message: 'Initial commit\n',
    size: { linesAdded: 120, linesRemoved: 0, files: 3 },
  });
  repository.mainBranch = plan.mainBranch;
  for (const name of [plan.mainBranch, 'release/stable']) {
    repository.branches.set(name, root.hash);
    const history = new BranchHistory();
    history.add(at, root.hash);
    histories.set(name, history);
  }
}

function growPullRequest(repository: Repository, growth: Growth, plan: PullRequestPlan): PullRequest {
  const history = growth.histories.get(plan.destination);
  if (history === undefined) {
    throw new Error(`No branch ${plan.destination}.`);
  }
  const story = writeCommits(repository, { plan: growth.plan, chance: growth.chance, history }, plan);
  const review = writeActivities(repository, growth, { plan, story });
  const pullRequest = toPullRequest(growth, plan, {
    commits: story.commits.map(({ hash }) => hash),
    head: story.commits.at(-1)?.hash ?? '',
    base: history.head,
  });
  pullRequest.activities = review.activities;
  pullRequest.reviewerUuids = review.reviewerUuids;
  pullRequest.updatedAt = review.activities.at(-1)?.at ?? plan.openedAt;
  if (pullRequest.source.fork === null) {
    repository.branches.set(pullRequest.source.branch, pullRequest.source.hash);
  }
  closePullRequest(repository, growth, { plan, pullRequest, history });
  return pullRequest;
}

function toPullRequest(
  growth: Growth,
  plan: PullRequestPlan,
  graph: { readonly commits: string[]; readonly head: string; readonly base: string },
): PullRequest {
  const { chance } = growth;
  return {
    ...createPullRequest(growth.numbers.get(plan) ?? 0, plan),
    description: chance.happens(0.4) ? '' : `* ${plan.title}\r\n\r\n\u200c`,
    isDraft: plan.isDraft && plan.fate === 'open',
    source: { branch: nameBranch(growth, plan), hash: graph.head, ...drawFork(growth, plan) },
    destination: { branch: plan.destination, hash: graph.base },
    closeSourceBranch: chance.happens(growth.plan.strategy === 'merge_commit' ? 0.75 : 0.35),
    commits: graph.commits,
  };
}

/** A pull request that was just opened, without commits. */
export function createPullRequest(
  id: number,
  from: {
    readonly title: string;
    readonly author: Account | null;
    readonly openedAt: Instant;
    readonly destination: string;
  },
): PullRequest {
  return {
    id,
    title: from.title,
    description: '',
    authorUuid: from.author?.uuid ?? null,
    state: 'OPEN',
    isDraft: false,
    isQueued: false,
    createdAt: from.openedAt,
    updatedAt: from.openedAt,
    closedByUuid: null,
    reason: '',
    source: { branch: '', hash: '', fork: null, isForkGone: false },
    destination: { branch: from.destination, hash: '' },
    mergeHash: null,
    closeSourceBranch: true,
    commits: [],
    reviewerUuids: [],
    activities: [],
    withdrawn: [],
  };
}

function nameBranch(growth: Growth, plan: PullRequestPlan): string {
  const reverted = plan.reverts === null ? 0 : growth.numbers.get(plan.reverts);
  return plan.branch ?? `revert-pr-${reverted ?? 0}`;
}

/** A few come from forks, half of which were deleted since. */
function drawFork(
  { chance, plan: { slug, name } }: Growth,
  plan: PullRequestPlan,
): { fork: Fork | null; isForkGone: boolean } {
  if (plan.kind !== 'feature' || plan.author === null || !chance.happens(0.015)) {
    return { fork: null, isForkGone: false };
  }
  const fullName = `${plan.author.nickname}/${slug}`;
  return { fork: { uuid: uuidOf(fullName), fullName, name }, isForkGone: chance.happens(0.5) };
}

interface Closing {
  readonly plan: PullRequestPlan;
  readonly pullRequest: PullRequest;
  readonly history: BranchHistory;
}

function closePullRequest(repository: Repository, growth: Growth, { plan, pullRequest, history }: Closing): void {
  if (plan.closedAt === null) {
    return;
  }
  if (plan.fate === 'merged') {
    const merger = growth.chance.happens(0.7) ? plan.author : growth.chance.pick(growth.plan.authors);
    const { strategy } = growth.plan;
    const merge = { strategy, at: plan.closedAt, byUuid: merger?.uuid ?? null, rawAuthor: toRawAuthor(merger) };
    history.add(plan.closedAt, mergePullRequest(repository, pullRequest, merge).newHead);
    commentAfterwards(repository, growth, pullRequest);
    return;
  }
  declinePullRequest(pullRequest, { state: plan.fate === 'superseded' ? 'SUPERSEDED' : 'DECLINED', at: plan.closedAt });
  if (growth.chance.happens(0.8)) {
    repository.branches.delete(pullRequest.source.branch);
  }
}

/** A word after the merge moves `updated_on`: it is no merge time. */
function commentAfterwards(repository: Repository, growth: Growth, pullRequest: PullRequest): void {
  const at = pullRequest.updatedAt + Math.floor(growth.chance.logNormal(1, 1) * day);
  if (growth.chance.happens(0.1) && at < growth.plan.now) {
    pullRequest.activities.push(
      writeComment(repository, growth.chance, { actor: growth.chance.pick(growth.plan.authors), at }),
    );
    pullRequest.updatedAt = at;
  }
}

/** Closes a pull request without merging it. */
export function declinePullRequest(
  pullRequest: PullRequest,
  closing: { readonly state: 'DECLINED' | 'SUPERSEDED'; readonly at: number; readonly byUuid?: string | null },
): void {
  const actorUuid = closing.byUuid ?? pullRequest.authorUuid;
  pullRequest.state = closing.state;
  pullRequest.isDraft = false;
  pullRequest.isQueued = false;
  pullRequest.closedByUuid = actorUuid;
  pullRequest.updatedAt = closing.at;
  pullRequest.reason = closing.state === 'DECLINED' ? 'Not needed any more' : '';
  pullRequest.activities.push({
    kind: 'update',
    at: closing.at,
    actorUuid,
    state: closing.state,
    sourceHash: pullRequest.source.hash,
    destinationHash: pullRequest.destination.hash,
    title: pullRequest.title,
    isDraft: false,
  });
}
