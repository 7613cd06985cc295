import { SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { Simulator } from './simulator';

const importStatus = z.looseObject({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  repositories: z.looseObject({ total: z.number(), done: z.number() }),
  pull_requests: z.looseObject({ total: z.number().nullable(), done: z.number() }),
  requests: z.looseObject({ used: z.number() }),
  problems: z.array(z.looseObject({ message: z.string() })),
});

/** What `GET /api/v1/import` tells, as far as it is shown here. */
export type ImportStatus = z.infer<typeof importStatus>;

/** Asks the product how far its import is, the way a page does: with the session of the workspace page. */
export class ImportWatch {
  #session: string | null = null;

  constructor(
    private readonly simulator: Simulator,
    private readonly appUrl: string,
  ) {}

  /** `null` while the product does not answer yet: the installation is being proved. */
  async ask(): Promise<ImportStatus | null> {
    try {
      return await this.#askOnce();
    } catch {
      return null; // Not up yet, or busy: asked again in a moment.
    }
  }

  async #askOnce(): Promise<ImportStatus | null> {
    this.#session ??= await this.#readSession();
    if (this.#session === null) {
      return null;
    }
    const headers = { authorization: `Bearer ${this.#session}` };
    const response = await fetch(`${this.appUrl}/api/v1/import`, { headers });
    if (!response.ok) {
      this.#session = null;
      return null;
    }
    return importStatus.parse(await response.json());
  }

  async #readSession(): Promise<string | null> {
    const response = await fetch(this.simulator.pageUrl('workspace'));
    const page = await response.text();
    return /<meta name="session" content="([^"]+)"/u.exec(page)?.[1] ?? null;
  }
}

export interface Progress {
  show(status: ImportStatus): void;
  end(): void;
}

export const noProgress: Progress = { show: () => undefined, end: () => undefined };

export function isOver({ state }: ImportStatus): boolean {
  return state === 'done' || state === 'failed';
}

/** A bar on a terminal, a line every tenth elsewhere. */
export function createProgress(say: (line: string) => void, isTerminal: boolean): Progress {
  return isTerminal ? createBar() : createLines(say);
}

function createBar(): Progress {
  const format = 'Importing  [{bar}]  {value} of {total} pull requests, {requests} requests';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true });
  let isStarted = false;
  return {
    show({ pull_requests: { total, done }, requests }) {
      if (!isStarted && total !== null && total > 0) {
        bar.start(total, done, { requests: requests.used });
        isStarted = true;
      }
      if (isStarted) {
        bar.setTotal(Math.max(total ?? 0, done));
        bar.update(done, { requests: requests.used });
      }
    },
    end() {
      if (isStarted) {
        bar.stop();
      }
    },
  };
}

function createLines(say: (line: string) => void): Progress {
  let told = -1;
  return {
    show({ pull_requests: { total, done }, repositories, requests }) {
      const tenths = total === null || total === 0 ? 0 : Math.floor((10 * done) / total);
      if (tenths > told && total !== null && total > 0) {
        told = tenths;
        const parts = [
          `${done} of ${total} pull requests`,
          `${repositories.done} of ${repositories.total} repositories`,
        ];
        say(`Importing: ${parts.join(', ')}, ${requests.used} requests.`);
      }
    },
    end() {
      told = -1;
    },
  };
}
