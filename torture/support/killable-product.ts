import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../test/support/postgres/free-port';
import { buildProduct, type SpawnedProduct } from '../../test/support/spawned-product';

type Environment = Readonly<Record<string, string>>;

/** The server as a process of its own, which may be killed and started again at the same address. */
export interface KillableProduct {
  readonly url: string;
  /** Milliseconds that each start took until the server listened. */
  readonly starts: readonly number[];
  /** How often it was started, whether it came so far or not. */
  readonly launches: number;
  /** What it wrote to standard error, of its last 20,000 characters. */
  readonly said: string;
  /** Starts it, with what is given on top of its environment. @throws when it ends before it listens */
  start(more?: Environment): Promise<void>;
  /** SIGKILL; resolves when nothing of it is left. */
  kill(): Promise<void>;
  /** SIGTERM; its exit code, or `null` where it had to be killed. */
  stop(): Promise<number | null>;
  /** Resolves when it has ended, by whatever. */
  readonly ended: Promise<void>;
  /** Kills what runs and removes what was built. */
  remove(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

const mostSaid = 20_000;
const stopWithinMs = 20_000;

let built: SpawnedProduct | null = null;
let users = 0;

/** Translated once for all that there are at a time, so that a start costs little. */
function useBuilt(): SpawnedProduct {
  built ??= buildProduct();
  users += 1;
  return built;
}

function leaveBuilt(): void {
  users -= 1;
  if (users > 0) return;
  built?.remove();
  built = null;
}

/** Not started yet. */
export async function makeKillableProduct(environment: Environment): Promise<KillableProduct> {
  const { file } = useBuilt();
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const starts: number[] = [];
  let running: Running | null = null;
  let said = '';
  let launches = 0;
  const kill = async (): Promise<void> => {
    running?.child.kill('SIGKILL');
    await running?.ended;
  };
  return {
    url,
    starts,
    get launches() {
      return launches;
    },
    get said() {
      return said;
    },
    async start(more = {}) {
      await kill();
      const begun = performance.now();
      launches += 1;
      const env = { PATH: process.env['PATH'] ?? '', ...environment, ...more, PORT: String(port) };
      const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-mostSaid)));
      running = { child, ended: new Promise((resolve) => child.once('exit', () => resolve())) };
      await untilListening(child, () => said);
      starts.push(performance.now() - begun);
    },
    kill,
    async stop() {
      running?.child.kill('SIGTERM');
      const tooLong = setTimeout(() => running?.child.kill('SIGKILL'), stopWithinMs);
      await running?.ended;
      clearTimeout(tooLong);
      return running?.child.exitCode ?? null;
    },
    get ended() {
      return running?.ended ?? Promise.resolve();
    },
    async remove() {
      await kill();
      leaveBuilt();
    },
  };
}

function untilListening(child: ChildProcess, read: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) =>
      reject(new ProductEnded(`The product ended with ${String(code ?? signal)} before it listened: ${read()}`)),
    );
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('Drumbeat listens at ')) resolve();
    });
  });
}

/** It was not there any more before it listened. */
export class ProductEnded extends Error {
  override readonly name = 'ProductEnded';
}
