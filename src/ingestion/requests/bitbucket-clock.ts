import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { Log } from '../../machine/log';
import type { WorkspaceStore } from '../../store/workspaces/workspace-store';

/** Clocks may differ by so much, in milliseconds, before anybody is told: answers take their time. */
const toleranceMs = 60_000;

interface BitbucketClockParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly workspaces: Pick<WorkspaceStore, 'get' | 'update'>;
}

/**
 * What the clocks of Bitbucket and this machine differ by, as Bitbucket's answers tell it. More than a minute is said in
 * the log and kept with the workspace, until it is right again.
 */
export class BitbucketClock {
  readonly #parts: BitbucketClockParts;
  /** Milliseconds that Bitbucket is ahead (behind: negative); `null`: no answer has told yet. */
  aheadMs: number | null = null;
  /** What is kept of each workspace, in seconds. */
  readonly #kept = new Map<string, number | null>();

  constructor(parts: BitbucketClockParts) {
    this.#parts = parts;
  }

  /** An answer that left at `sentAt` by Bitbucket's clock has just come. Nobody has to wait for it. */
  note(workspace: string, sentAt: Instant): Promise<void> {
    const { clock, log } = this.#parts;
    const wasOff = this.#isOff();
    this.aheadMs = sentAt - clock.now();
    const aheadSeconds = Math.round(this.aheadMs / 1000);
    if (this.#isOff() && !wasOff) {
      log.warn({ aheadSeconds }, "The clock of this machine and Bitbucket's differ: let a time server set it.");
    }
    return this.#keep(workspace, this.#isOff() ? aheadSeconds : null).catch((error: unknown) => {
      log.error({ err: error }, 'What the clocks differ by could not be kept.');
    });
  }

  /**
   * A moment of our clock as one that cannot be later than Bitbucket's: where ours is ahead, what is marked as seen up
   * to now would leave out what is still to come.
   */
  toSafe(at: Instant): Instant {
    return Math.min(at, this.#parts.clock.now()) + (this.#isOff() ? Math.min(0, this.aheadMs ?? 0) : 0);
  }

  #isOff(): boolean {
    return this.aheadMs !== null && Math.abs(this.aheadMs) > toleranceMs;
  }

  /** Written when it is another by more than a minute, or right again. */
  async #keep(workspace: string, aheadSeconds: number | null): Promise<void> {
    const kept = this.#kept.get(workspace);
    if (kept !== undefined && isAlike(kept, aheadSeconds)) return;
    this.#kept.set(workspace, aheadSeconds);
    const { workspaces } = this.#parts;
    const stored = (await workspaces.get(workspace))?.bitbucketAheadSeconds ?? null;
    if (stored !== aheadSeconds) await workspaces.update(workspace, { bitbucketAheadSeconds: aheadSeconds });
  }
}

function isAlike(one: number | null, other: number | null): boolean {
  return one === null || other === null ? one === other : Math.abs(one - other) * 1000 <= toleranceMs;
}
