import {
  addPublicOnes,
  decideByChoice,
  decideInFrame,
  decideSignedIn,
  seesAll,
  type Answered,
  type KnownRights,
  type Sight,
} from '../../domain/people/visible-repositories';
import { computeAge, type Instant } from '../../domain/instant';
import type { Stores } from '../../store/stores';
import type { WorkParts } from '../requests/work-parts';

const minute = 60_000;
/** A page that waits for the answer waits no longer than this. */
const usualDeadlineMs = 2_000;
/** After a failure, or when Bitbucket shows a viewer a repository that is not known as theirs. */
const shortestPause = minute;

interface ViewersParts extends Pick<WorkParts, 'clock' | 'log' | 'open' | 'administrators'> {
  readonly stores: Pick<Stores, 'viewers' | 'administrators' | 'repositories' | 'settings'>;
  readonly viewerRightsMinutes: number;
  /** Milliseconds; for tests. */
  readonly deadlineMs?: number;
}

/** Who looks. */
export interface Looking {
  readonly workspace: string;
  /** `null`: nobody said. */
  readonly viewer: string | null;
  /** In our own window; `null`: inside Bitbucket's frame. */
  readonly signIn: string | null;
  /** `null`: not known here. */
  readonly isAdministrator: boolean | null;
  /** The repository at which Bitbucket itself shows the page to the viewer. */
  readonly shown?: string | null;
}

interface Try {
  readonly at: Instant;
  readonly answered: Answered;
}

type Account = Looking & { readonly viewer: string };

/** What viewers may see of a workspace, read from Bitbucket as seldom as it can be. */
export class Viewers {
  readonly #parts: ViewersParts;
  readonly #believedMs: number;
  /** When each viewer of a workspace was last asked for, and what came of it. */
  readonly #tries = new Map<string, Try>();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: ViewersParts) {
    this.#parts = parts;
    this.#believedMs = parts.viewerRightsMinutes * minute;
  }

  /** Answers within two seconds, whatever Bitbucket does. */
  async see(looking: Looking): Promise<Sight> {
    const sight = looking.signIn === null ? await this.#seeInFrame(looking) : await this.#seeSignedIn(looking);
    if (sight.kind !== 'open' || sight.repositories === null) return sight;
    return addPublicOnes(sight, await this.#parts.stores.repositories.list(looking.workspace));
  }

  async #seeSignedIn({ workspace, viewer }: Looking): Promise<Sight> {
    const { clock, stores } = this.#parts;
    const rights = viewer === null ? null : await stores.viewers.getRights(workspace, viewer);
    const isByLink = viewer?.startsWith('link:') === true;
    return decideSignedIn(rights, { now: clock.now(), believedMs: this.#believedMs, isByLink });
  }

  async #seeInFrame(looking: Looking): Promise<Sight> {
    const { workspace, viewer, isAdministrator } = looking;
    if (isAdministrator === true) return seesAll;
    if (viewer === null) return decideByChoice(await this.#readChoice(workspace));
    return this.#seeByRights({ ...looking, viewer: viewer.toLowerCase() });
  }

  async #seeByRights(account: Account): Promise<Sight> {
    if (await this.#isAdministrator(account)) return seesAll;
    const rights = await this.#findRights(account);
    if (!this.#isDue(account, rights) && !this.#underWay.has(toKey(account))) return this.#decide(account, rights);
    const now = this.#parts.clock.now();
    const reading = this.#readOnce(account);
    // What was believed a moment ago serves while it is read again.
    const serves =
      rights !== null && computeAge(rights.readAt, now) <= 2 * this.#believedMs && !this.#lacksShown(account, rights);
    if (serves) return this.#decide(account, rights);
    await this.#waitFor(reading);
    if (await this.#isAdministrator(account)) return seesAll;
    return this.#decide(account, await this.#findRights(account));
  }

  /** `isAdministrator: false`: somebody who asked has been told so just now. Believed as long as what viewers may see. */
  async #isAdministrator({ workspace, viewer, isAdministrator }: Account): Promise<boolean> {
    const { clock, stores } = this.#parts;
    if (isAdministrator !== null || !(await stores.administrators.has(workspace, viewer))) return false;
    const readAt = (await stores.administrators.readAt(workspace)) ?? -Infinity;
    return clock.now() - readAt <= 2 * this.#believedMs;
  }

  #findRights({ workspace, viewer }: Account): Promise<KnownRights | null> {
    return this.#parts.stores.viewers.getRights(workspace, viewer);
  }

  async #decide(account: Account, rights: KnownRights | null): Promise<Sight> {
    const { clock, stores } = this.#parts;
    const { workspace } = account;
    const answered = this.#tries.get(toKey(account))?.answered ?? null;
    const material = { rights, answered, now: clock.now(), believedMs: this.#believedMs };
    const sight = decideInFrame({ ...material, hasTold: true, choice: 'administrators' });
    if (sight.kind === 'open') return sight;
    const hasTold = await stores.viewers.hasRightsOfAccounts(workspace);
    return decideInFrame({ ...material, hasTold, choice: await this.#readChoice(workspace) });
  }

  async #readChoice(workspace: string) {
    return (await this.#parts.stores.settings.get(workspace)).viewersWithoutRights;
  }

  #isDue(account: Account, rights: KnownRights | null): boolean {
    const now = this.#parts.clock.now();
    const tried = this.#tries.get(toKey(account));
    const pause = tried?.answered === 'not_told' ? this.#believedMs : shortestPause;
    if (tried !== undefined && computeAge(tried.at, now) <= pause) return false;
    return rights === null || computeAge(rights.readAt, now) > this.#believedMs || this.#lacksShown(account, rights);
  }

  /** Bitbucket shows nobody a repository without a right: it is newer than what was read. */
  #lacksShown({ shown = null }: Account, { repositories }: KnownRights): boolean {
    return shown !== null && repositories !== null && !repositories.includes(shown);
  }

  async #waitFor(reading: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const { deadlineMs = usualDeadlineMs } = this.#parts;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)));
    await Promise.race([reading, deadline]);
    clearTimeout(timer);
  }

  /** One question at a time a viewer; those who ask meanwhile wait for the same answer. */
  #readOnce(account: Account): Promise<void> {
    const key = toKey(account);
    const found = this.#underWay.get(key);
    if (found !== undefined) return found;
    const { clock, log } = this.#parts;
    this.#tries.set(key, { at: clock.now(), answered: 'failed' });
    const reading = this.#read(account)
      .then((answered) => void this.#tries.set(key, { at: clock.now(), answered }))
      .catch((error: unknown) => {
        log.warn({ err: error, workspace: account.workspace }, 'What a viewer may see cannot be read.');
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  async #read(account: Account): Promise<Answered> {
    const { clock, open, administrators, stores } = this.#parts;
    const { workspace, viewer } = account;
    const now = clock.now();
    const api = open(workspace, 'live');
    await administrators.freshen(workspace, api);
    if (await this.#isAdministrator(account)) return 'told';
    const repositories = await api.listVisibleRepositories(workspace, viewer);
    if (repositories === null) return 'not_told';
    await stores.viewers.saveRights(workspace, viewer, { isAdministrator: false, repositories, readAt: now });
    return 'told';
  }
}

function toKey({ workspace, viewer }: Account): string {
  return `${workspace} ${viewer}`;
}
