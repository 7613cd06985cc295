import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { BitbucketUnavailable, Interrupted, RateLimited } from '../../bitbucket/client/errors';
import { computeAge, type Instant } from '../../domain/instant';
import type { Stores } from '../../store/stores';
import type { WorkParts } from '../requests/work-parts';

const minute = 60_000;
/** Whoever was an administrator at a reading this old is asked for again: rights can be taken away. */
const oldestForYes = 15 * minute;
/** Somebody who is not known as one may have become one since; Bitbucket is asked for that at most so often. */
const oldestForNo = minute;
/** What is changed is changed on the word of a reading no older than this. */
const oldestForWriting = minute;
/** So soon Bitbucket is asked again for somebody who writes when it could not be asked. */
const pauseAfterFailure = minute / 12;
/** A page that waits for the answer waits no longer than this. */
const usualDeadlineMs = 5_000;

/** Who they were; `readAt`: `null` for never. */
interface Reading {
  readonly readAt: Instant | null;
  readonly userUuids: ReadonlySet<string>;
}

/** `not_told`: Bitbucket does not tell us who administers the workspace; `unreachable`: it could not be asked just now. */
export type Confirmation = 'yes' | 'no' | 'not_told' | 'unreachable';

interface AdministratorsParts extends Pick<WorkParts, 'clock' | 'log' | 'open'> {
  readonly stores: Pick<Stores, 'administrators'>;
  /** Milliseconds; for tests. */
  readonly deadlineMs?: number;
}

/** Who administers a workspace, read from Bitbucket as seldom as it can be. */
export class Administrators {
  readonly #parts: AdministratorsParts;
  /** When they were last asked for, whatever came of it. */
  readonly #triedAt = new Map<string, Instant>();
  /** Where Bitbucket does not tell us, and when it said so: who asks does not change that. */
  readonly #refusedAt = new Map<string, Instant>();
  readonly #latest = new Map<string, Reading>();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: AdministratorsParts) {
    this.#parts = parts;
  }

  /**
   * Reads them unless that was tried in the last quarter of an hour. What Bitbucket does not tell holds nothing up.
   * @throws RateLimited, Interrupted: whoever works for this goes on later, or in the next process
   */
  async freshen(workspace: string, api: BitbucketApi): Promise<void> {
    const readAt = await this.#parts.stores.administrators.readAt(workspace);
    if (!this.#isOlder(workspace, readAt, oldestForYes)) return;
    try {
      await this.#readOnce(workspace, api);
    } catch (error) {
      if (error instanceof RateLimited || error instanceof Interrupted) throw error;
      this.#parts.log.warn({ err: error, workspace }, 'The administrators of a workspace cannot be read.');
    }
  }

  /** `null`: Bitbucket never told who they are. */
  async isAdministrator(workspace: string, userUuid: string): Promise<boolean | null> {
    const known = await this.#find(workspace, userUuid);
    const isKnown = known.is === true;
    const mayBeOld = isKnown || this.#refusedAt.has(workspace);
    const isOld = this.#isOlder(workspace, known.readAt, mayBeOld ? oldestForYes : oldestForNo);
    // Also whoever asks while the answer is on its way waits for it.
    if (!isOld && (isKnown || !this.#underWay.has(workspace))) return known.is;
    await this.#readWithinDeadline(workspace);
    return (await this.#find(workspace, userUuid)).is;
  }

  /**
   * For what changes something: by a reading of the last minute, and never by what was so before when Bitbucket is
   * silent. It is asked once a minute at most, and after a failure every five seconds at most.
   */
  async confirm(workspace: string, userUuid: string): Promise<Confirmation> {
    const known = await this.#findFresh(workspace, userUuid);
    if (known !== null || this.#hasJustFailed(workspace)) return known ?? 'unreachable';
    await this.#readWithinDeadline(workspace);
    return (await this.#findFresh(workspace, userUuid)) ?? 'unreachable';
  }

  /** `null`: nothing that may be acted on. */
  async #findFresh(workspace: string, userUuid: string): Promise<Confirmation | null> {
    const now = this.#parts.clock.now();
    const refusedAt = this.#refusedAt.get(workspace) ?? null;
    if (isWithin({ readAt: refusedAt }, now, oldestForYes)) return 'not_told';
    const { is, readAt } = await this.#find(workspace, userUuid);
    if (!isWithin({ readAt }, now)) return null;
    return is === true ? 'yes' : 'no';
  }

  #hasJustFailed(workspace: string): boolean {
    const triedAt = this.#triedAt.get(workspace) ?? -Infinity;
    return !this.#underWay.has(workspace) && Math.abs(this.#parts.clock.now() - triedAt) < pauseAfterFailure;
  }

  async #find(workspace: string, userUuid: string): Promise<{ is: boolean | null; readAt: Instant | null }> {
    const { readAt, userUuids } = await this.#findReading(workspace);
    return { readAt, is: readAt === null ? null : userUuids.has(userUuid.toLowerCase()) };
  }

  /** As stored, by this process or another; or, for a minute, as it was found there before: pages ask at every visit. */
  async #findReading(workspace: string): Promise<Reading> {
    const latest = this.#latest.get(workspace);
    if (latest !== undefined && isWithin(latest, this.#parts.clock.now())) return latest;
    const { administrators } = this.#parts.stores;
    const readAt = await administrators.readAt(workspace);
    const userUuids = new Set(readAt === null ? [] : await administrators.list(workspace));
    this.#latest.set(workspace, { readAt, userUuids });
    return { readAt, userUuids };
  }

  #isOlder(workspace: string, readAt: Instant | null, age: number): boolean {
    const triedAt = this.#triedAt.get(workspace) ?? -Infinity;
    const now = this.#parts.clock.now();
    return computeAge(readAt ?? -Infinity, now) > age && computeAge(triedAt, now) > age;
  }

  async #readWithinDeadline(workspace: string): Promise<void> {
    const { log, open, deadlineMs = usualDeadlineMs } = this.#parts;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)));
    const reading = this.#readOnce(workspace, open(workspace, 'live')).catch((error: unknown) => {
      log.warn({ err: error, workspace }, 'The administrators of a workspace cannot be read.');
    });
    await Promise.race([reading, deadline]);
    clearTimeout(timer);
  }

  /** Those who ask while it is being read wait for the same answer. */
  #readOnce(workspace: string, api: BitbucketApi): Promise<void> {
    const found = this.#underWay.get(workspace);
    if (found !== undefined) return found;
    const reading = this.#read(workspace, api).finally(() => this.#underWay.delete(workspace));
    this.#underWay.set(workspace, reading);
    return reading;
  }

  async #read(workspace: string, api: BitbucketApi): Promise<void> {
    const { stores, clock } = this.#parts;
    const now = clock.now();
    this.#triedAt.set(workspace, now);
    const userUuids = await this.#ask(workspace, api);
    if (userUuids === null) this.#refusedAt.set(workspace, now);
    else this.#refusedAt.delete(workspace);
    if (userUuids !== null) await stores.administrators.replaceAll(workspace, { userUuids, now });
    this.#latest.delete(workspace);
  }

  /** `null` where Bitbucket does not tell; also where it answers something else, and has never told yet. */
  async #ask(workspace: string, api: BitbucketApi): Promise<readonly string[] | null> {
    try {
      return await api.listAdministrators(workspace);
    } catch (error) {
      const isOtherAnswer = error instanceof BitbucketUnavailable && error.status === 200;
      if (isOtherAnswer && (await this.#parts.stores.administrators.readAt(workspace)) === null) return null;
      throw error;
    }
  }
}

/** Nothing is believed that seems to have been read later than now. */
function isWithin({ readAt }: Pick<Reading, 'readAt'>, now: Instant, age = oldestForWriting): boolean {
  return readAt !== null && readAt <= now && now - readAt <= age;
}
