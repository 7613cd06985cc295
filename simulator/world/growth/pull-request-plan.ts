import { day, hour, isQuietSeason, minute, toWorkingTime } from '../working-time';
import { writeBranch, writeDependencyUpdate, writeTitle } from './words';
import type { Chance } from '../random';
import type { Account, Instant, MergeStrategy } from '../model';

/** What a repository of an invented world is to become. */
export interface RepositoryPlan {
  readonly slug: string;
  readonly name: string;
  readonly language: string;
  readonly mainBranch: string;
  readonly strategy: MergeStrategy;
  /** About how many pull requests it gets; reverts and hotfixes come on top. */
  readonly pullRequests: number;
  readonly from: Instant;
  readonly now: Instant;
  readonly authors: readonly Account[];
  readonly bots: readonly Account[];
  readonly former: readonly Account[];
  /** A release that had to be taken back, at this moment. */
  readonly badReleaseAt: Instant | null;
}

export interface PullRequestPlan {
  readonly kind: 'feature' | 'bot' | 'revert' | 'hotfix';
  readonly title: string;
  /** A revert's branch is only known once its target has a number. */
  readonly branch: string | null;
  readonly reverts: PullRequestPlan | null;
  readonly author: Account | null;
  readonly firstCommitAt: Instant;
  readonly openedAt: Instant;
  /** `null`: still open. */
  readonly closedAt: Instant | null;
  readonly fate: 'merged' | 'declined' | 'superseded' | 'open';
  readonly commitCount: number;
  readonly isDraft: boolean;
  readonly destination: string;
}

/** All pull requests of a repository in the order of their opening, so their place gives their number. */
export function planPullRequests(plan: RepositoryPlan, chance: Chance): PullRequestPlan[] {
  const plans: PullRequestPlan[] = [];
  while (plans.length < plan.pullRequests) {
    const openedAt = drawOpening(plan, chance);
    const drawn =
      chance.happens(0.08) && plan.bots.length > 0
        ? planUpdate(plan, chance, openedAt)
        : planFeature(plan, chance, openedAt);
    plans.push(drawn);
    plans.push(...planFailures(plan, chance, drawn));
  }
  if (plan.badReleaseAt !== null) {
    plans.push(...planBadRelease(plan, chance, plans));
  }
  return plans.filter(({ openedAt }) => openedAt < plan.now).sort((one, other) => one.openedAt - other.openedAt);
}

function drawOpening(plan: RepositoryPlan, chance: Chance): Instant {
  const draw = (): Instant => toWorkingTime(plan.from + Math.floor(chance.next() * (plan.now - plan.from)), chance);
  const first = draw();
  const opening = isQuietSeason(first) && chance.happens(0.5) ? draw() : first;
  return opening < plan.now ? opening : plan.now - Math.floor(chance.next() * 10 * day) - hour;
}

/** The closing of a pull request, or that it is still open at the end of the story. */
function close(
  plan: RepositoryPlan,
  at: Instant,
  fate: PullRequestPlan['fate'],
): Pick<PullRequestPlan, 'closedAt' | 'fate'> {
  return at >= plan.now - minute ? { closedAt: null, fate: 'open' } : { closedAt: Math.floor(at), fate };
}

function planFeature(plan: RepositoryPlan, chance: Chance, openedAt: Instant): PullRequestPlan {
  const title = writeTitle(chance);
  const closedAt = toWorkingTime(openedAt + chance.logNormal(19, 1.2) * hour, chance) + chance.between(0, 999);
  const roll = chance.next();
  const fate = roll < 0.06 ? 'declined' : roll < 0.07 ? 'superseded' : 'merged';
  const isForgotten = openedAt > plan.now - 60 * day && chance.happens(0.07);
  return {
    kind: 'feature',
    title: `ACME-${chance.between(100, 9999)}: ${title}`,
    branch: writeBranch(title, chance.happens(0.3) ? 'bugfix' : 'feature', chance.between(100, 99_999)),
    reverts: null,
    author: drawAuthor(plan, chance, openedAt),
    firstCommitAt: openedAt - Math.floor(chance.logNormal(11, 1.3) * hour) - minute,
    openedAt,
    ...close(plan, isForgotten ? plan.now : closedAt, fate),
    commitCount: Math.min(40, Math.max(1, Math.round(chance.logNormal(2.6, 0.8)))),
    isDraft: chance.happens(0.07),
    destination: chance.happens(0.04) ? 'release/stable' : plan.mainBranch,
  };
}

/** Few people write most; some have left since; now and then Bitbucket does not know who it was. */
function drawAuthor(plan: RepositoryPlan, chance: Chance, openedAt: Instant): Account | null {
  if (chance.happens(0.004)) {
    return null;
  }
  const isLongAgo = openedAt < plan.from + (plan.now - plan.from) * 0.6;
  if (isLongAgo && plan.former.length > 0 && chance.happens(0.05)) {
    return chance.pick(plan.former);
  }
  const place = Math.floor(plan.authors.length * chance.next() ** 1.7);
  return plan.authors[place] ?? null;
}

function planUpdate(plan: RepositoryPlan, chance: Chance, openedAt: Instant): PullRequestPlan {
  const closedAt = toWorkingTime(openedAt + chance.logNormal(3, 1.4) * hour, chance) + chance.between(0, 999);
  return {
    kind: 'bot',
    ...writeDependencyUpdate(chance),
    reverts: null,
    author: plan.bots[0] ?? null,
    firstCommitAt: openedAt - 2 * minute,
    openedAt,
    ...close(plan, closedAt, chance.happens(0.1) ? 'declined' : 'merged'),
    commitCount: 1,
    isDraft: false,
    destination: plan.mainBranch,
  };
}

/** A few merges hurt: some are reverted, some are followed by a hotfix. */
function planFailures(plan: RepositoryPlan, chance: Chance, cause: PullRequestPlan): PullRequestPlan[] {
  if (cause.fate !== 'merged' || cause.closedAt === null || cause.destination !== plan.mainBranch) {
    return [];
  }
  if (chance.happens(0.022)) {
    return [planRevert(plan, chance, { cause, openedAt: cause.closedAt + chance.logNormal(2.5, 1) * hour })];
  }
  return chance.happens(0.025) ? [planHotfix(plan, chance, cause.closedAt + chance.logNormal(3, 1) * hour)] : [];
}

function planRevert(
  plan: RepositoryPlan,
  chance: Chance,
  from: { readonly cause: PullRequestPlan; readonly openedAt: Instant },
): PullRequestPlan {
  const openedAt = Math.floor(from.openedAt);
  return {
    kind: 'revert',
    title: `Revert "${from.cause.title}"`,
    branch: null,
    reverts: from.cause,
    author: drawAuthor(plan, chance, plan.now),
    firstCommitAt: openedAt - 3 * minute,
    openedAt,
    ...close(plan, openedAt + Math.floor(chance.logNormal(18, 0.8) * minute), 'merged'),
    commitCount: 1,
    isDraft: false,
    destination: plan.mainBranch,
  };
}

function planHotfix(plan: RepositoryPlan, chance: Chance, startsAt: Instant): PullRequestPlan {
  const title = writeTitle(chance);
  const openedAt = Math.floor(startsAt + chance.logNormal(35, 0.7) * minute);
  return {
    kind: 'hotfix',
    title: `Hotfix: ${title}`,
    branch: `hotfix/${title.toLowerCase().replaceAll(' ', '-')}-${chance.between(100, 999)}`,
    reverts: null,
    author: drawAuthor(plan, chance, plan.now),
    firstCommitAt: Math.floor(startsAt),
    openedAt,
    ...close(plan, openedAt + Math.floor(chance.logNormal(25, 0.8) * minute), 'merged'),
    commitCount: chance.between(1, 3),
    isDraft: false,
    destination: plan.mainBranch,
  };
}

/** The last four merges before the bad release are taken back within the hour, then comes a hotfix. */
function planBadRelease(plan: RepositoryPlan, chance: Chance, plans: readonly PullRequestPlan[]): PullRequestPlan[] {
  const releaseAt = plan.badReleaseAt ?? plan.now;
  const causes = plans
    .filter((one) => one.kind === 'feature' && one.fate === 'merged' && one.destination === plan.mainBranch)
    .filter(({ closedAt }) => closedAt !== null && closedAt < releaseAt)
    .sort((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0))
    .slice(0, 4);
  const reverts = causes.map((cause, index) =>
    planRevert(plan, chance, { cause, openedAt: releaseAt + (20 + 9 * index) * minute }),
  );
  return [...reverts, planHotfix(plan, chance, releaseAt + 90 * minute)];
}
