import type { Ingestion } from './ingestion/ingestion';
import type { Listening } from './machine/listen';
import type { Log } from './machine/log';
import type { Core } from './open-core';
import type { Reporting } from './reporting/reporting';

/**
 * How long each step of the end is waited for, in milliseconds: less than seven seconds in all. What takes longer is left to the
 * next process, for a run may be cut off anywhere, and what was acknowledged is on the disk.
 */
const patience = { answers: 1_500, interrupted: 1_500, leases: 1_000, requests: 500, memory: 500, database: 1_500 };

interface Running {
  readonly listening: Pick<Listening, 'leave' | 'close' | 'cut'>;
  readonly ingestion: Pick<Ingestion, 'worker' | 'settle'>;
  readonly reporting: Pick<Reporting, 'settle'>;
  readonly core: Pick<Core, 'close'>;
  /** Interrupts whoever waits for Bitbucket. */
  readonly ending: AbortController;
  readonly log: Log;
}

/** The end of a process, in two steps: it says that it will go, and it goes. */
export function createShutDown(running: Running) {
  const { listening, ingestion, reporting, core, ending, log } = running;
  let isLeaving = false;
  let work: Promise<void> | null = null;
  const leave = (): void => {
    isLeaving = true;
    listening.leave();
    work ??= ingestion.worker.stop();
  };
  const end = async (what: string, step: Promise<unknown>, milliseconds: number): Promise<void> => {
    try {
      if (!(await isOverWithin(step, milliseconds))) log.warn(`At the end of the process ${what} took too long.`);
    } catch (error) {
      log.warn({ err: error }, `At the end of the process ${what} has failed.`);
    }
  };
  return {
    isLeaving: () => isLeaving,
    /** Begins no work any more, and lets those who send requests notice; what is asked meanwhile is answered. */
    leave,
    /**
     * Lets requests end, interrupts work and what was begun beside the start, gives work back and closes the database: a
     * few seconds at most, whatever is in the way.
     */
    close: async (besides: Promise<void> | null): Promise<void> => {
      leave();
      const answered = listening.close();
      await isOverWithin(answered, patience.answers);
      ending.abort();
      const ended = Promise.all([answered, work, besides]);
      await end('what was under way', ended, patience.interrupted);
      listening.cut();
      await end('the giving back of work', ingestion.worker.giveBack(), patience.leases);
      await end('the giving back of requests', ingestion.settle(), patience.requests);
      await end('the writing of finished columns', reporting.settle(), patience.memory);
      await end('the closing of the database', core.close(), patience.database);
    },
  };
}

/** Whether it is over, well or badly, before its time is; an error is thrown. */
async function isOverWithin(step: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([step.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
