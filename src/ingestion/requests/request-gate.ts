import { RateLimited } from '../../bitbucket/client/errors';
import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { ToldLimit } from '../../bitbucket/client/rate-headers';
import type { WorkspaceStore } from '../../store/workspaces/workspace-store';
import type { RequestStore, RequestUsage } from '../../store/work/request-store';
import type { RequestLane } from '../../domain/requests/request-window';
import { findBlockSize, takeFrom, takeOut, type Block } from './request-block';

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
/** What Bitbucket grants everybody an hour, and the most that it grants anybody. */
const usualLimit = 1000;
const largestLimit = 10_000;
const minute = 60_000;
/** Between two requests of an import some time passes. */
const atRestAfter = 1000;

interface Wanted {
  readonly workspace: string;
  readonly lane: RequestLane;
  readonly purpose: string;
}

interface Waiting {
  readonly lane: RequestLane;
  readonly enter: () => void;
}

/** What this process knows of one workspace. */
interface Traffic {
  pausedUntil: Instant;
  running: number;
  readonly waiting: Waiting[];
  readonly blocks: Map<string, Block>;
  /** Blocks that are being reserved. */
  readonly filling: Map<string, Promise<void>>;
  /** When a request was let through last. */
  letThroughAt: Instant;
  /** Requests answered since the last 429; infinite before the first. */
  answered: number;
  lesson: { readonly limit: number; readonly until: Instant } | null;
  /** What Bitbucket said it grants, as it was last read or written; `undefined`: neither yet. */
  granted: number | null | undefined;
  /** Imports wait until then, because Bitbucket says that little is left. */
  importsWaitUntil: Instant;
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
    await this.#take(traffic, { workspace, lane, purpose });
    // A 429 may have come while the count was being written.
    if (this.#parts.clock.now() < traffic.pausedUntil) throw new RateLimited(traffic.pausedUntil);
  }

  /** Bitbucket refused: nobody asks for this workspace before `until`. */
  async pause(workspace: string, until: Instant): Promise<void> {
    const { requests, clock } = this.#parts;
    const traffic = this.#trafficOf(workspace);
    const isBurst = clock.now() < traffic.pausedUntil;
    traffic.pausedUntil = Math.max(traffic.pausedUntil, until);
    if (!isBurst && traffic.answered < trial) await this.#learn(workspace, traffic);
    if (!isBurst) traffic.answered = 0;
    await requests.pause(workspace, until);
  }

  /**
   * What Bitbucket says with its answers. A larger limit than everybody's is remembered where the operator set none. When
   * little is left, others use it too: what is left is for live work, and an import asks once a minute.
   */
  async note(workspace: string, { limit, isNear }: ToldLimit): Promise<void> {
    const traffic = this.#trafficOf(workspace);
    if (isNear) traffic.importsWaitUntil = this.#parts.clock.now() + minute;
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

  /** Gives back what was reserved and not sent, of the workspaces for which nothing is under way. */
  async settle(): Promise<void> {
    const { clock } = this.#parts;
    for (const traffic of this.#traffic.values()) {
      if (traffic.running > 0 || clock.now() < traffic.letThroughAt + atRestAfter) continue;
      for (const key of [...traffic.blocks.keys()]) await this.#giveBack(traffic, key);
    }
  }

  async #take(traffic: Traffic, of: Wanted): Promise<void> {
    const key = `${of.lane} ${of.purpose}`;
    for (;;) {
      const now = this.#parts.clock.now();
      const until =
        of.lane === 'import' ? Math.max(traffic.pausedUntil, traffic.importsWaitUntil) : traffic.pausedUntil;
      if (now < until) throw new RateLimited(until);
      traffic.letThroughAt = now;
      if (takeFrom(traffic.blocks.get(key), now)) return;
      const under = traffic.filling.get(key);
      if (under === undefined) await this.#fill(traffic, key, { ...of, now });
      // Of several that wait for the same block one fills it.
      else await under.catch(() => undefined);
    }
  }

  #fill(traffic: Traffic, key: string, wanted: Wanted & { readonly now: Instant }): Promise<void> {
    const filling = this.#reserve(traffic, key, wanted).finally(() => traffic.filling.delete(key));
    traffic.filling.set(key, filling);
    return filling;
  }

  async #reserve(traffic: Traffic, key: string, wanted: Wanted & { readonly now: Instant }): Promise<void> {
    const size = findBlockSize(traffic.blocks.get(key), wanted);
    await this.#giveBack(traffic, key);
    const limit = await this.#limitOf(wanted.workspace, wanted.now);
    const answer = await this.#reserveBlock(traffic, { ...wanted, limit }, size);
    if (!answer.granted) throw new RateLimited(answer.retryAt);
    traffic.blocks.set(key, { ...wanted, size, left: answer.count });
  }

  /** Before it is refused, what is reserved for other purposes and not sent is given back. */
  async #reserveBlock(traffic: Traffic, wanted: Parameters<RequestStore['reserveSome']>[0], size: number) {
    const reserve = () => this.#parts.requests.reserveSome(wanted, size);
    const answer = await reserve();
    if (answer.granted || traffic.blocks.size === 0) return answer;
    for (const key of [...traffic.blocks.keys()]) await this.#giveBack(traffic, key);
    return reserve();
  }

  async #giveBack(traffic: Traffic, key: string): Promise<void> {
    const block = traffic.blocks.get(key);
    traffic.blocks.delete(key);
    if (block === undefined || block.left === 0) return;
    const returned = this.#parts.requests.giveBack({ ...block, count: block.left });
    this.#returning = Promise.allSettled([this.#returning, returned]);
    await returned;
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
      traffic = {
        pausedUntil: 0,
        running: 0,
        waiting: [],
        blocks: new Map(),
        filling: new Map(),
        letThroughAt: 0,
        answered: Number.POSITIVE_INFINITY,
        ...{ lesson: null, granted: undefined, importsWaitUntil: 0 },
      };
      this.#traffic.set(workspace, traffic);
    }
    return traffic;
  }
}

function isFree({ running, answered }: Traffic, lane: RequestLane): boolean {
  return running < (answered < trial ? 1 : mostAtOnce[lane]);
}
