import { createChance, type Chance } from '../../../simulator/world/random';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import type { Simulator } from '../../../simulator/simulator';

const minute = 60_000;
const hour = 60 * minute;

interface LiveDays {
  /** Slugs. */
  readonly repositories: readonly string[];
  /** UUIDs of those who do it. */
  readonly people: readonly string[];
  readonly pullRequests: number;
  /** When the first one is opened. */
  readonly from: number;
  /** From one to the next, in milliseconds. Default: an hour. */
  readonly apart?: number;
  readonly seed: number;
}

interface Life {
  readonly simulator: Simulator;
  readonly repository: string;
  readonly people: readonly string[];
  readonly at: number;
  readonly chance: Chance;
}

/**
 * Pull requests that are opened, talked about, pushed to, approved and mostly merged, some as fixes of the one before;
 * gives what is told of each act, in order. Their branches stay, so that the world goes on to know their commits.
 */
export function* live(simulator: Simulator, days: LiveDays): Generator<SimulatorNotice[]> {
  const chance = createChance(days.seed);
  for (let index = 0; index < days.pullRequests; index += 1) {
    const repository = chance.pick(days.repositories);
    yield* liveOnce({
      simulator,
      repository,
      people: days.people,
      at: days.from + index * (days.apart ?? hour),
      chance,
    });
  }
}

function* liveOnce({ simulator, repository, people, at, chance }: Life): Generator<SimulatorNotice[]> {
  const { pullRequests } = simulator;
  const [by, reviewer] = [chance.pick(people), chance.pick(people)];
  const newest = Math.max(0, ...simulator.room.enter({ repository }).repository.pullRequests.keys());
  const branch = `live/${newest + 1}`;
  const sourceBranch = chance.happens(0.15)
    ? `revert-pr-${newest}`
    : chance.happens(0.15)
      ? `hotfix/${newest + 1}`
      : branch;
  const doing = { repository, by, at };
  const commits = [{ authoredAt: at - 30 * minute }, {}];
  const { pullRequest, notices } = pullRequests.openPullRequest({
    ...doing,
    ...{ sourceBranch, commits, closeSourceBranch: false },
  });
  yield notices;
  const on = { ...doing, id: pullRequest.id };
  yield pullRequests.comment({ ...on, by: reviewer, at: at + 3 * minute }).notices;
  if (chance.happens(0.5)) yield pullRequests.push({ ...on, at: at + 9 * minute, commits: [{}] });
  if (chance.happens(0.7)) yield pullRequests.approve({ ...on, by: reviewer, at: at + 12 * minute });
  const strategy = chance.pick(['squash', 'merge_commit'] as const);
  if (chance.happens(0.8)) yield pullRequests.merge({ ...on, by: reviewer, at: at + 20 * minute, strategy });
}
