import { addCommit } from '../commit-graph';
import { toRawAuthor } from '../people';
import { minute, toWholeSecond } from '../working-time';
import { writeTitle } from './words';
import type { Chance } from '../random';
import type { Account, Commit, Instant, Repository } from '../model';
import type { PullRequestPlan, RepositoryPlan } from './pull-request-plan';

/** Where a branch stood over time: what a source branch started from, or merged in. */
export class BranchHistory {
  readonly #entries: { at: Instant; hash: string }[] = [];

  add(at: Instant, hash: string): void {
    this.#entries.push({ at, hash });
  }

  headAt(at: Instant): string {
    let low = 0;
    let high = this.#entries.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#entries[middle]?.at ?? Infinity) <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.#entries[low]?.hash ?? '';
  }

  get head(): string {
    return this.#entries.at(-1)?.hash ?? '';
  }
}

export interface BranchStory {
  /** Oldest first. */
  readonly commits: readonly Commit[];
  /** The head after each push: the first is that of the opening. */
  readonly pushes: readonly { readonly at: Instant; readonly hash: string }[];
}

/** Writes the commits of a planned pull request onto the graph, some of them after reviews. */
export function writeCommits(
  repository: Repository,
  world: { readonly plan: RepositoryPlan; readonly chance: Chance; readonly history: BranchHistory },
  plan: PullRequestPlan,
): BranchStory {
  const { chance, history } = world;
  const times = drawTimes(plan, chance);
  const isFastForward = world.plan.strategy === 'fast_forward';
  let head = isFastForward ? history.head : history.headAt(plan.firstCommitAt);
  let mergedIn = head;
  const commits = times.map((at, index) => {
    const main = history.headAt(at);
    const mergesIn = !isFastForward && index > 1 && main !== mergedIn && chance.happens(0.12);
    mergedIn = mergesIn ? main : mergedIn;
    const parents = mergesIn ? [head, main] : [head];
    const message = mergesIn
      ? `Merged ${plan.destination} into ${plan.branch ?? 'revert'}\n`
      : `${writeTitle(chance)}\n`;
    const commit = addCommit(repository, {
      parents,
      message,
      ...sign(plan.author, chance, at),
      ...weigh(chance, plan),
    });
    head = commit.hash;
    return commit;
  });
  return { commits, pushes: drawPushes(commits, plan) };
}

function drawTimes(plan: PullRequestPlan, chance: Chance): Instant[] {
  const late = plan.kind === 'feature' && plan.commitCount > 1 ? Math.floor(plan.commitCount * chance.next() * 0.6) : 0;
  const early = plan.commitCount - late;
  const end = plan.closedAt ?? plan.openedAt + 4 * minute;
  const times = [plan.firstCommitAt];
  for (let index = 1; index < early; index += 1) {
    times.push(plan.firstCommitAt + chance.next() * (plan.openedAt - plan.firstCommitAt));
  }
  for (let index = 0; index < late; index += 1) {
    times.push(plan.openedAt + chance.next() * 0.8 * (end - plan.openedAt));
  }
  return times.map(toWholeSecond).sort((one, other) => one - other);
}

function sign(
  author: Account | null,
  chance: Chance,
  at: Instant,
): Pick<Commit, 'authorUuid' | 'rawAuthor' | 'authoredAt' | 'committedAt'> {
  const isKnown = author !== null && !chance.happens(0.03);
  const rawAuthor = toRawAuthor(author);
  return { authorUuid: isKnown ? author.uuid : null, rawAuthor, authoredAt: at, committedAt: at };
}

function weigh(chance: Chance, plan: PullRequestPlan): Pick<Commit, 'size'> {
  const linesAdded = plan.kind === 'bot' ? chance.between(1, 4) : Math.round(chance.logNormal(28, 1.3));
  return { size: { linesAdded, linesRemoved: Math.round(linesAdded * chance.next()), files: chance.between(1, 6) } };
}

function drawPushes(commits: readonly Commit[], plan: PullRequestPlan): BranchStory['pushes'] {
  const atOpening = commits.filter(({ authoredAt }) => authoredAt <= plan.openedAt).at(-1) ?? commits[0];
  const later = commits.filter(({ authoredAt }) => authoredAt > plan.openedAt);
  const first = atOpening === undefined ? [] : [{ at: plan.openedAt, hash: atOpening.hash }];
  return [...first, ...later.map(({ authoredAt, hash }) => ({ at: authoredAt + 41_234, hash }))];
}
