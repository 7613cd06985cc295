import { fork, type ChildProcess } from 'node:child_process';
import { buildProduct } from './build-product';
import type { Asked, Cost, Memory, Told } from './measured-process';

/** What some work took, in milliseconds. */
export interface Measured<T> extends Cost {
  readonly result: T;
  readonly wall: number;
}

/** The product in a process of its own. */
export interface MeasuredProduct {
  readonly url: string;
  /** From the start of the process until it listened, in milliseconds. */
  readonly startedWithin: number;
  /** What it costs the product while `work` goes on here. */
  measure<T>(work: () => Promise<T>): Promise<Measured<T>>;
  /** Since the start, or since it was last measured. */
  readCost(): Promise<Cost>;
  readMemory(): Promise<Memory>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Of Node. */
  readonly flags?: readonly string[];
}

/** Starts it. @throws when it ends instead. */
export async function startMeasured({ environment, flags = [] }: StartOptions): Promise<MeasuredProduct> {
  const file = buildProduct().product;
  const startedAt = performance.now();
  const child = fork(file, {
    execArgv: ['--expose-gc', '--max-old-space-size=12000', ...flags],
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { url } = await hear(child, 'listening');
  const startedWithin = performance.now() - startedAt;
  const readCost = (): Promise<Cost> => ask(child, 'cost');
  return {
    url,
    startedWithin,
    readCost,
    readMemory: () => ask(child, 'memory'),
    async measure(work) {
      await readCost();
      const begun = performance.now();
      const result = await work();
      const wall = performance.now() - begun;
      return { result, wall, ...(await readCost()) };
    },
    async stop() {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.send('stop' satisfies Asked);
      await closed;
    },
  };
}

type ToldOf<Kind extends Told['kind']> = Extract<Told, { readonly kind: Kind }>;

function ask<Kind extends 'cost' | 'memory'>(child: ChildProcess, kind: Kind): Promise<ToldOf<Kind>> {
  const told = hear(child, kind);
  child.send(kind);
  return told;
}

function hear<Kind extends Told['kind']>(child: ChildProcess, kind: Kind): Promise<ToldOf<Kind>> {
  return new Promise((resolve, reject) => {
    const onClose = (code: number | null): void => reject(new Error(`The product has ended: ${String(code)}`));
    const onMessage = (told: Told): void => {
      if (told.kind !== kind) return;
      child.off('message', onMessage).off('close', onClose);
      resolve(told as ToldOf<Kind>);
    };
    child.on('message', onMessage).once('close', onClose);
  });
}
