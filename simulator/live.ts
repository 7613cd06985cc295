import { createChance, type Chance } from './world/random';
import { isBot } from './world/people';
import { hour, minute } from './world/working-time';
import { writeBranch, writeTitle } from './world/growth/words';
import type { SimulatorNotice } from './connect/deliver-notice';
import type { Simulator } from './simulator';
import type { Account, MergeStrategy, PullRequest, Repository } from './world/model';
import type { NewCommit } from './live/control-room';
import { findDailyMerges, listRunning, mayMerge } from './live/daily-pace';

export interface LiveOptions {
  /** From one activity to the next. */
  readonly everyMs: number;
  readonly seed?: number;
  /** Told of every activity in a sentence. */
  readonly onActivity?: (sentence: string) => void;
}

export interface Live {
  /** Ends after the activity under way. */
  stop(): Promise<void>;
}

/** How far a pull request of the live world has come. */
interface Running {
  readonly repository: Repository;
  readonly id: number;
  step: 'opened' | 'commented' | 'approved';
  /** Whose approval it has. */
  approvedBy: Account | null;
}

interface Stage {
  readonly simulator: Simulator;
  readonly chance: Chance;
  /** For whom is asked for a review, so that all else stays as it was drawn. */
  readonly asking: Chance;
  readonly running: Running[];
  /** As many are open as in the beginning. */
  readonly usuallyOpen: number;
  readonly mostMergesADay: number;
  readonly merged: { repository: Repository; id: number; title: string }[];
}

interface Act {
  readonly sentence: string;
  readonly notices: readonly SimulatorNotice[];
}

/**
 * Opens, discusses, approves and merges pull requests in the first workspace, one activity at a time, until stopped: at
 * the pace of that workspace, and beginning with what is open.
 */
export function startLive(simulator: Simulator, options: LiveOptions): Live {
  const { world, clock } = simulator;
  const seed = options.seed ?? 1;
  const running = listRunning(world).map(({ repository, pullRequest }) =>
    toRunning(simulator, repository, pullRequest),
  );
  const stage: Stage = {
    ...{ simulator, chance: createChance(seed), asking: createChance(seed + 1), running, merged: [] },
    usuallyOpen: Math.max(3, running.length),
    mostMergesADay: findDailyMerges(world, clock.now()),
  };
  let current: Promise<void> | null = null;
  const timer = setInterval(() => {
    // A slow delivery is waited for: activities never overtake each other.
    current ??= activity(stage, options).finally(() => {
      current = null;
    });
  }, options.everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}

async function activity(stage: Stage, options: LiveOptions): Promise<void> {
  const act = actOnce(stage);
  if (act === null) return;
  options.onActivity?.(act.sentence);
  await stage.simulator.deliverAll(act.notices);
}

/** What has been said on it so far tells how far it has come. */
function toRunning({ world }: Simulator, repository: Repository, { id, activities }: PullRequest): Running {
  const approval = activities.findLast((one) => one.kind === 'approval');
  const isCommented = activities.some(({ kind }) => kind === 'comment');
  const step = approval !== undefined ? 'approved' : isCommented ? 'commented' : 'opened';
  const approvedBy = world.workspaces[0]?.people.get(approval?.actorUuid ?? '') ?? null;
  return { repository, id, step, approvedBy };
}

/**
 * One activity: opens a pull request while few are open, else takes one a step further; the oldest that is approved is
 * merged, as long as the day is no busier than others. `null`: nobody does anything.
 */
function actOnce(stage: Stage): Act | null {
  const { chance, running, simulator, mostMergesADay: most } = stage;
  if (running.length < stage.usuallyOpen) return open(stage);
  const isBusy = !mayMerge(simulator.world, { now: simulator.clock.now(), most });
  const ready = isBusy ? [] : running.filter(({ step }) => step === 'approved');
  const waiting = running.filter(({ step }) => step !== 'approved');
  const [oldest] = ready.toSorted((one, other) => findOpening(one) - findOpening(other));
  if (oldest !== undefined && (waiting.length === 0 || chance.happens(0.4))) return advance(stage, oldest);
  return waiting.length === 0 ? null : advance(stage, chance.pick(waiting));
}

function findOpening({ repository, id }: Running): number {
  return repository.pullRequests.get(id)?.createdAt ?? 0;
}

function open(stage: Stage): Act {
  const { chance, simulator } = stage;
  const repository = chance.pick(repositoriesOf(simulator));
  const author = drawPerson(stage);
  const now = simulator.clock.now();
  const culprit = stage.merged.find((one) => one.repository === repository);
  const isRevert = culprit !== undefined && chance.happens(0.12);
  const plain = writeTitle(chance);
  const branch = chance.happens(0.08)
    ? `hotfix/${plain.toLowerCase().replaceAll(' ', '-')}`
    : writeBranch(plain, 'feature', chance.between(100, 99_999));
  const { pullRequest, notices } = simulator.pullRequests.openPullRequest({
    repository: repository.uuid,
    by: author.uuid,
    title: isRevert ? `Revert "${culprit.title}"` : plain,
    sourceBranch: isRevert ? `revert-pr-${culprit.id}` : branch,
    commits: isRevert ? [{}] : drawCommits(chance, now),
    closeSourceBranch: chance.happens(0.8),
    reviewers: drawReviewers(stage, author),
  });
  stage.running.push({ repository, id: pullRequest.id, step: 'opened', approvedBy: null });
  const sentence = `${author.displayName} opens ${repository.slug} #${pullRequest.id}: ${pullRequest.title}`;
  return { sentence, notices };
}

function repositoriesOf(simulator: Simulator): Repository[] {
  const repositories = simulator.world.workspaces[0]?.repositories.values() ?? [];
  return [...repositories].filter(({ mainBranch }) => mainBranch !== null);
}

function drawPerson({ simulator, chance }: Stage, exceptUuid?: string | null): Account {
  const people = [...(simulator.world.workspaces[0]?.people.values() ?? [])];
  const staff = people.filter((one) => !isBot(one) && !one.isFormer && one.uuid !== exceptUuid);
  return chance.pick(staff.length === 0 ? people : staff);
}

/** None, one or two, each once. */
function drawReviewers(stage: Stage, author: Account): string[] {
  const drawn = Array.from({ length: stage.asking.between(0, 2) }, () =>
    drawPerson({ ...stage, chance: stage.asking }, author.uuid),
  );
  return [...new Set(drawn.map(({ uuid }) => uuid))];
}

function drawCommits(chance: Chance, now: number): NewCommit[] {
  const count = chance.between(1, 4);
  const startedAt = now - chance.logNormal(14, 1) * hour;
  return Array.from({ length: count }, (_, index) => ({
    message: writeTitle(chance),
    authoredAt: Math.min(now - minute, startedAt + (index * (now - startedAt)) / count),
    linesAdded: Math.round(chance.logNormal(25, 1)),
    linesRemoved: chance.between(0, 20),
  }));
}

function advance(stage: Stage, running: Running): Act {
  const pullRequest = running.repository.pullRequests.get(running.id);
  const reviewer = drawPerson(stage, pullRequest?.authorUuid);
  const doing = { repository: running.repository.uuid, id: running.id, by: reviewer.uuid };
  const name = `${running.repository.slug} #${running.id}`;
  const { pullRequests } = stage.simulator;
  const { chance } = stage;
  switch (running.step) {
    case 'opened': {
      running.step = 'commented';
      const inline = { path: 'src/main.ts', from: null, to: 12 };
      return { sentence: `${reviewer.displayName} comments on ${name}`, ...pullRequests.comment({ ...doing, inline }) };
    }
    case 'commented':
      running.step = 'approved';
      running.approvedBy = reviewer;
      return { sentence: `${reviewer.displayName} approves ${name}`, notices: pullRequests.approve(doing) };
    case 'approved':
      return chance.happens(0.12) ? withdraw(stage, running) : close(stage, running, pullRequest?.title ?? '');
  }
}

/** Whoever approved has second thoughts; somebody has to approve again. */
function withdraw({ simulator }: Stage, running: Running): Act {
  const { repository, id, approvedBy } = running;
  running.step = 'commented';
  const doing = { repository: repository.uuid, id, ...(approvedBy === null ? {} : { by: approvedBy.uuid }) };
  const name = approvedBy?.displayName ?? 'Somebody';
  const notices = simulator.pullRequests.unapprove(doing);
  return { sentence: `${name} takes the approval of ${repository.slug} #${id} back`, notices };
}

function close(stage: Stage, running: Running, title: string): Act {
  const { repository, id } = running;
  stage.running.splice(stage.running.indexOf(running), 1);
  const by = repository.pullRequests.get(id)?.authorUuid;
  const doing = { repository: repository.uuid, id, ...(by === null || by === undefined ? {} : { by }) };
  const name = `${repository.slug} #${id}`;
  if (stage.chance.happens(0.06)) {
    return { sentence: `${name} is declined`, notices: stage.simulator.pullRequests.decline(doing) };
  }
  stage.merged.unshift({ repository, id, title });
  stage.merged.splice(20);
  const notices = stage.simulator.pullRequests.merge({ ...doing, strategy: strategyOf(repository) });
  return { sentence: `${name} is merged`, notices };
}

/** A branch that fell behind cannot be fast-forwarded: people rebase it then. */
function strategyOf({ strategy }: Repository): MergeStrategy {
  return strategy === 'fast_forward' ? 'rebase' : strategy;
}
