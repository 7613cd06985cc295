import { RateLimited } from '../../bitbucket/client/errors';
import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { ToldLimit } from '../../bitbucket/client/rate-headers';
import type { WorkspaceStore } from '../../store/workspaces/workspace-store';
import type { RequestStore, RequestUsage } from '../../store/work/request-store';
import type { RequestLane } from '../../domain/requests/request-window';
import { anchorPause, pickLonger } from '../../domain/requests/pause';
import { createTraffic, usualLimit, type Traffic } from './traffic';
import { findBlockSize, takeFrom, takeOut, toRest, type Block } from './request-block';

/**
 * Under way at once for one workspace, in both lanes together: a killed process asks again for what was under way, and
 * a 429 meets it all. One of an import is plenty for a budget of one in four seconds, and live work never waits for it.
 */
const mostAtOnce: Readonly<Record<RequestLane, number>> = { live: 2, import: 1 };
/** After a 429 it goes on one at a time until so many were answered; another 429 before that has taught something. */
const trial = 10;
/** A lesson is drawn only from counts that are worth the name. */
const leastShareToLearn = 0.1;
const lessonLasts = 24 * 3_600_000;
/** The most that Bitbucket grants anybody an hour. */
const largestLimit = 10_000;
const minute = 60_000;
/** Between two requests of an import some time passes. */
const atRestAfter = 1000;

interface Wanted {
  readonly workspace: string;
  readonly lane: RequestLane;
  readonly purpose: string;
}

interface Asked extends Wanted {
  readonly now: Instant;
}

interface RequestGateParts {
  readonly requests: Pick<RequestStore, 'reserveSome' | 'giveBack' | 'pause' | 'usage'>;
  readonly workspaces: Pick<WorkspaceStore, 'get' | 'update'>;
  /** What the operator allows; `null`: as much as Bitbucket says it grants. */
  readonly requestsPerHour: number | null;
  readonly clock: Clock;
}

/**
 * Every request to Bitbucket passes here: few at a time, counted in the store's rolling hour, none during a pause. When
 * Bitbucket refuses although the budget had room, and again at once after the pause, its real limit is smaller than
 * ours, and nobody tells how small: half of what was used is kept to for a day.
 */
export class RequestGate {
  readonly #parts: RequestGateParts;
  readonly #traffic = new Map<string, Traffic>();
  /** What is on its way back to the store, and counts neither here nor there. */
  #returning: Promise<unknown> = Promise.resolve();

  constructor(parts: RequestGateParts) {
    this.#parts = parts;
  }

  /** Runs `ask`, which sends one request after another, when it is its turn. */
  async pass<T>(workspace: string, lane: RequestLane, ask: () => Promise<T>): Promise<T> {
    const traffic = this.#trafficOf(workspace);
    while (!isFree(traffic, lane)) {
      await new Promise<void>((enter) => traffic.waiting.push({ lane, enter }));
    }
    traffic.running += 1;
    try {
      const answer = await ask();
      traffic.answered += 1;
      return answer;
    } finally {
      traffic.running -= 1;
      for (const { enter } of traffic.waiting.splice(0)) enter();
    }
  }

  /** Resolves when one more request may be sent now. @throws RateLimited */
  async reserve(workspace: string, lane: RequestLane, purpose: string): Promise<void> {
    const traffic = this.#trafficOf(workspace);
    const block = await this.#take(traffic, { workspace, lane, purpose });
    // A 429 may have come while the count was being written.
    const until = this.#findPauseEnd(traffic, lane);
    if (until !== null) {
      block.left += 1;
      throw new RateLimited(until);
    }
  }

  /** Bitbucket refused: nobody asks for this workspace before `until`. */
  async pause(workspace: string, until: Instant): Promise<void> {
    const { requests, clock } = this.#parts;
    const traffic = this.#trafficOf(workspace);
    const isBurst = this.#findPauseEnd(traffic, 'live') !== null;
    const pause = { since: clock.now(), until };
    traffic.paused = pickLonger(traffic.paused, pause);
    if (!isBurst && traffic.answered < trial) await this.#learn(workspace, traffic);
    if (!isBurst) traffic.answered = 0;
    await requests.pause(workspace, pause);
  }

  /**
   * What Bitbucket says with its answers. A larger limit than everybody's is remembered where the operator set none. When
   * little is left, others use it too: what is left is for live work, and an import asks once a minute.
   */
  async note(workspace: string, { limit, isNear }: ToldLimit): Promise<void> {
    const traffic = this.#trafficOf(workspace);
    const now = this.#parts.clock.now();
    if (isNear) traffic.importsPaused = { since: now, until: now + minute };
    if (limit === null || this.#parts.requestsPerHour !== null) return;
    const granted = limit > usualLimit ? Math.min(limit, largestLimit) : null;
    if (granted === traffic.granted) return;
    traffic.granted = granted;
    await this.#parts.workspaces.update(workspace, { requestLimit: granted });
  }

  /** As the store counts, without what is reserved and not sent; `limit`: what an hour may hold. */
  async usage(workspace: string, now: Instant): Promise<RequestUsage & { readonly limit: number }> {
    await this.#returning.catch(() => undefined);
    const usage = await this.#parts.requests.usage(workspace, now);
    const blocks = [...(this.#traffic.get(workspace)?.blocks.values() ?? [])];
    return { ...blocks.reduce(takeOut, usage), limit: await this.#findLimit(workspace) };
  }

  /** Gives back what was reserved and not sent, of the workspaces for which nothing is under way; at the end, of all. */
  async settle({ isEnd = false }: { readonly isEnd?: boolean } = {}): Promise<void> {
    const { clock } = this.#parts;
    for (const traffic of this.#traffic.values()) {
      const isAtRest = traffic.running === 0 && Math.abs(clock.now() - traffic.letThroughAt) >= atRestAfter;
      if (isEnd || isAtRest) await this.#return(this.#withdraw(traffic));
    }
  }

  async #take(traffic: Traffic, of: Wanted): Promise<Block> {
    const { lane, purpose } = of;
    for (;;) {
      const now = this.#parts.clock.now();
      const until = this.#findPauseEnd(traffic, lane);
      if (until !== null) throw new RateLimited(until);
      traffic.letThroughAt = now;
      const block = traffic.blocks.get(lane);
      if (takeFrom(block, { now, purpose })) return block;
      const under = traffic.filling.get(lane);
      if (under === undefined) await this.#fill(traffic, { ...of, now });
      // Of several that wait for the same block one fills it.
      else await under.catch(() => undefined);
    }
  }

  /** `null`: a lane may go on. */
  #findPauseEnd(traffic: Traffic, lane: RequestLane): Instant | null {
    const now = this.#parts.clock.now();
    traffic.paused = anchorPause(traffic.paused, now);
    traffic.importsPaused = anchorPause(traffic.importsPaused, now);
    const { until } = lane === 'live' ? traffic.paused : pickLonger(traffic.paused, traffic.importsPaused);
    return now < until ? until : null;
  }

  #fill(traffic: Traffic, wanted: Asked): Promise<void> {
    const filling = this.#reserve(traffic, wanted).finally(() => traffic.filling.delete(wanted.lane));
    traffic.filling.set(wanted.lane, filling);
    return filling;
  }

  /** What is left of the last block goes back with the same write. */
  async #reserve(traffic: Traffic, wanted: Asked): Promise<void> {
    const limit = await this.#limitOf(wanted.workspace, wanted.now);
    const size = findBlockSize(traffic.blocks.get(wanted.lane), wanted);
    const reserve = (returned: readonly Block[]) =>
      this.#note(
        this.#parts.requests.reserveSome({ ...wanted, limit }, { most: size, returned: returned.map(toRest) }),
      );
    const answer = await reserve(this.#withdraw(traffic, wanted.lane));
    // Before it is refused, what the other lane has reserved and not sent is given back too.
    const others = answer.granted ? [] : this.#withdraw(traffic);
    const last = others.length === 0 ? answer : await reserve(others);
    if (!last.granted) throw new RateLimited(last.retryAt);
    traffic.blocks.set(wanted.lane, { ...wanted, size, left: last.count });
  }

  /** Takes away what is left of the block of a lane, or of all: nobody sends any of it from now on. */
  #withdraw(traffic: Traffic, only?: RequestLane): Block[] {
    const blocks = [...traffic.blocks.values()].filter(({ lane }) => only === undefined || lane === only);
    for (const { lane } of blocks) traffic.blocks.delete(lane);
    return blocks.filter(({ left }) => left > 0);
  }

  async #return(blocks: readonly Block[]): Promise<void> {
    if (blocks.length > 0) await this.#note(this.#parts.requests.giveBack(blocks.map(toRest)));
  }

  async #note<T>(writing: Promise<T>): Promise<T> {
    this.#returning = Promise.allSettled([this.#returning, writing]);
    return writing;
  }

  async #limitOf(workspace: string, now: Instant): Promise<number> {
    const { lesson } = this.#trafficOf(workspace);
    return lesson === null || now >= lesson.until ? this.#findLimit(workspace) : lesson.limit;
  }

  /** Read each time: another process may have heard of it, or the workspace may have come with other credentials. */
  async #findLimit(workspace: string): Promise<number> {
    const { workspaces, requestsPerHour } = this.#parts;
    if (requestsPerHour !== null) return requestsPerHour;
    const granted = (await workspaces.get(workspace))?.requestLimit ?? null;
    this.#trafficOf(workspace).granted = granted;
    return granted ?? usualLimit;
  }

  async #learn(workspace: string, traffic: Traffic): Promise<void> {
    const now = this.#parts.clock.now();
    const { used, limit: whole } = await this.usage(workspace, now);
    if (used < whole * leastShareToLearn) return;
    const limit = Math.max(1, Math.floor(Math.min(used, await this.#limitOf(workspace, now)) / 2));
    traffic.lesson = { limit, until: now + lessonLasts };
  }

  #trafficOf(workspace: string): Traffic {
    let traffic = this.#traffic.get(workspace);
    if (traffic === undefined) {
      traffic = createTraffic();
      this.#traffic.set(workspace, traffic);
    }
    return traffic;
  }
}

function isFree({ running, answered }: Traffic, lane: RequestLane): boolean {
  return running < (answered < trial ? 1 : mostAtOnce[lane]);
}
