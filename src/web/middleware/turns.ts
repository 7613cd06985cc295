/** Under way for one caller at once; a browser asks for few, and one processor does not make more of them sooner. */
const mostAtOnce = 4;
const mostWaiting = 60;
const longestWaitMs = 10_000;
/** While others ask, half of the process is as much as one caller gets for long; half a minute of it all at once. */
const share = 0.5;
const mostSavedMs = 30_000;
/** What one answer counts at most, for one that is sent slowly costs no work while it waits; and what one may owe. */
const mostOwedMs = 4_000;
/** Callers who are remembered; of more, those who asked longest ago. */
const mostCallers = 10_000;

export interface Turn {
  /** To be called once, however the answer ended. */
  end(): void;
}

/** There are too many before it: worth trying again so many seconds later. */
export interface NoTurn {
  readonly secondsToWait: number;
}

interface Caller {
  running: number;
  /** Each lets one begin. */
  readonly waiting: (() => void)[];
  /** Milliseconds of work that may be asked for, as of `at`; less than nothing: what was asked for too much. */
  saved: number;
  at: number;
  isPaused: boolean;
}

/** The process's time as it goes by; not of the calendar. */
export interface Pace {
  now(): number;
  /** Runs once, later; what is returned calls it off. */
  later(milliseconds: number, run: () => void): () => void;
}

/**
 * Who asks for much waits for it, others do not: of each caller a few answers are made at once, and where others ask too
 * they get half of the process's time for long. What is more waits its turn for a while, and is refused then.
 */
export class Turns {
  readonly #pace: Pace;
  /** Asked longest ago first. */
  readonly #callers = new Map<string, Caller>();
  /** Those who are being answered or wait for it. */
  readonly #busy = new Set<Caller>();
  /** Answers under way, and how much of the time one of them had that was always under way. */
  #underWay = 0;
  #each = 0;
  #countedAt = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.#callers.size;
  }

  async take(name: string): Promise<Turn | NoTurn> {
    const caller = this.#find(name);
    const isAdmitted = caller.waiting.length < mostWaiting && (await this.#waitFor(caller));
    return isAdmitted ? this.#begin(caller) : { secondsToWait: Math.ceil(this.#measurePause(caller) / 1000) + 1 };
  }

  #find(name: string): Caller {
    const now = this.#pace.now();
    const caller = this.#callers.get(name) ?? { running: 0, waiting: [], saved: mostSavedMs, at: now, isPaused: false };
    this.#callers.delete(name);
    this.#callers.set(name, caller);
    for (const [other, { running, waiting }] of this.#callers) {
      if (this.#callers.size <= mostCallers) break;
      if (running + waiting.length === 0 && other !== name) this.#callers.delete(other);
    }
    return caller;
  }

  /** Whether its turn came in time. */
  #waitFor(caller: Caller): Promise<boolean> {
    return new Promise((resolve) => {
      const callOff = this.#pace.later(longestWaitMs, () => {
        caller.waiting.splice(caller.waiting.indexOf(admit), 1);
        this.#noteIfQuiet(caller);
        resolve(false);
      });
      const admit = () => {
        callOff();
        resolve(true);
      };
      caller.waiting.push(admit);
      this.#busy.add(caller);
      this.#goOn(caller);
    });
  }

  #noteIfQuiet(caller: Caller): void {
    if (caller.running + caller.waiting.length === 0) this.#busy.delete(caller);
  }

  /** Lets those begin whose turn it is; where the caller has had too much and others ask too, later. */
  #goOn(caller: Caller): void {
    this.#save(caller);
    const mayBegin = caller.saved > 0 || this.#busy.size === 1;
    while (caller.running < mostAtOnce && mayBegin) {
      const admit = caller.waiting.shift();
      if (admit === undefined) return;
      caller.running += 1;
      admit();
    }
    if (mayBegin || caller.waiting.length === 0 || caller.isPaused) return;
    caller.isPaused = true;
    this.#pace.later(this.#measurePause(caller), () => {
      caller.isPaused = false;
      this.#goOn(caller);
    });
  }

  /** Milliseconds until the caller may ask for work again. */
  #measurePause({ saved }: Caller): number {
    return saved > 0 ? 0 : Math.ceil(1 - saved / share);
  }

  #save(caller: Caller): void {
    const now = this.#pace.now();
    caller.saved = Math.min(mostSavedMs, caller.saved + (now - caller.at) * share);
    caller.at = now;
  }

  #begin(caller: Caller): Turn {
    this.#count(1);
    const begunAt = this.#each;
    let isOver = false;
    return {
      end: () => {
        if (isOver) return;
        isOver = true;
        this.#count(-1);
        this.#save(caller);
        caller.running -= 1;
        caller.saved = Math.max(-mostOwedMs, caller.saved - Math.min(mostOwedMs, this.#each - begunAt));
        this.#noteIfQuiet(caller);
        this.#goOn(caller);
      },
    };
  }

  /** Time that went by was shared by those who were under way. */
  #count(change: 1 | -1): void {
    const now = this.#pace.now();
    if (this.#underWay > 0) this.#each += (now - this.#countedAt) / this.#underWay;
    this.#countedAt = now;
    this.#underWay += change;
  }
}
