import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../test/support/postgres/free-port';
import { buildProduct, type SpawnedProduct } from '../../test/support/spawned-product';

type Environment = Readonly<Record<string, string>>;

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

/** The server as a process of its own, which may be killed and started again at the same address. */
export class KillableProduct {
  readonly url: string;
  /** Milliseconds that each start took until the server listened. */
  readonly starts: number[] = [];
  /** How often it was started, whether it came so far or not. */
  launches = 0;
  /** What it wrote to standard error: the last 20,000 characters. */
  said = '';
  readonly #environment: Environment;
  readonly #file: string;
  #running: Running | null = null;

  /** Not started yet. */
  constructor(environment: Environment, port: number) {
    this.url = `http://localhost:${port}`;
    this.#environment = { PATH: process.env['PATH'] ?? '', ...environment, PORT: String(port) };
    this.#file = useBuilt().file;
  }

  get isRunning(): boolean {
    const child = this.#running?.child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Resolves when it has ended, by whatever. */
  get ended(): Promise<void> {
    return this.#running?.ended ?? Promise.resolve();
  }

  /** Starts it, with what is given on top of its environment. @throws ProductEnded */
  async start(more: Environment = {}): Promise<void> {
    await this.kill();
    const begun = performance.now();
    this.launches += 1;
    const env = { ...this.#environment, ...more };
    const child = spawn(process.execPath, [this.#file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-mostSaid);
    });
    this.#running = { child, ended: new Promise((resolve) => child.once('exit', () => resolve())) };
    await untilListening(child, () => this.said);
    this.starts.push(performance.now() - begun);
  }

  /** SIGKILL; resolves when nothing of it is left. */
  async kill(): Promise<void> {
    this.#running?.child.kill('SIGKILL');
    await this.ended;
  }

  /** SIGTERM; its exit code, or `null` where it had to be killed. */
  async stop(): Promise<number | null> {
    const child = this.#running?.child;
    child?.kill('SIGTERM');
    const tooLong = setTimeout(() => child?.kill('SIGKILL'), stopWithinMs);
    await this.ended;
    clearTimeout(tooLong);
    return child?.exitCode ?? null;
  }

  /** Kills what runs and removes what was built. */
  async remove(): Promise<void> {
    await this.kill();
    leaveBuilt();
  }
}

/** Not started yet. */
export async function makeKillableProduct(environment: Environment): Promise<KillableProduct> {
  return new KillableProduct(environment, await findFreePort());
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
