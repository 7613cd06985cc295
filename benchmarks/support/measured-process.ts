import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startDrumbeat } from '../../src/compose';
import { readSharedClock } from './shared-clock';

/*
 * The product in a process of its own, which tells whoever started it what it has cost.
 */

/** Since it was last asked. */
export interface Cost {
  /** Milliseconds of all its threads. */
  readonly cpu: number;
  /** The longest time that nothing else could happen on the main thread, in milliseconds. */
  readonly stall: number;
}

/** After what nobody holds was let go, in bytes. */
export interface Memory {
  readonly heap: number;
  readonly rss: number;
  /** The most that was held since it was last asked, before anything was let go. */
  readonly peak: number;
}

export type Told =
  | { readonly kind: 'listening'; readonly url: string }
  | ({ readonly kind: 'cost' } & Cost)
  | ({ readonly kind: 'memory' } & Memory);
export type Asked = 'cost' | 'memory' | 'stop';

/** Looks every so many milliseconds; a look that is later than that was held up. */
const resolution = 5;

const delays = monitorEventLoopDelay({ resolution });
delays.enable();
let spent = process.cpuUsage();

function tell(told: Told): void {
  process.send?.(told);
}

function readCost(): Cost {
  const { user, system } = process.cpuUsage(spent);
  const stall = Math.max(0, delays.max / 1e6 - resolution);
  spent = process.cpuUsage();
  delays.reset();
  return { cpu: (user + system) / 1000, stall };
}

let peak = 0;
setInterval(notePeak, 20).unref();

function notePeak(): number {
  peak = Math.max(peak, sum(process.memoryUsage()));
  return peak;
}

/** `external` counts what lies in array buffers as well. */
function sum({ heapUsed, external, arrayBuffers }: NodeJS.MemoryUsage): number {
  return heapUsed + Math.max(external, arrayBuffers);
}

async function readMemory(): Promise<Memory> {
  const reached = notePeak();
  for (let turn = 0; turn < 4; turn += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  peak = 0;
  const held = process.memoryUsage();
  return { heap: sum(held), rss: held.rss, peak: reached };
}

async function run(): Promise<void> {
  const drumbeat = await startDrumbeat(process.env, { clock: readSharedClock(process.env) });
  const answers: Readonly<Record<Asked, () => Promise<void>>> = {
    cost: async () => tell({ kind: 'cost', ...readCost() }),
    memory: async () => tell({ kind: 'memory', ...(await readMemory()) }),
    stop: async () => {
      await drumbeat.close();
      process.exit(0);
    },
  };
  process.on('message', (asked: Asked) => void answers[asked]());
  process.once('disconnect', () => process.exit(1));
  tell({ kind: 'listening', url: drumbeat.url });
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
