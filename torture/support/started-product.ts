import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { toEnvironment } from '../../test/support/product/start-product';
import { buildProduct } from '../../test/support/spawned-product';

/** The product as a process of its own. */
export interface StartedProduct {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has logged so far, a line each. */
  readonly lines: readonly string[];
  /** Ends the process at once and takes away what was built of it. */
  remove(): Promise<void>;
}

/** Starts it before a simulated Bitbucket. @throws when it ends instead */
export async function startProcess(
  simulatorUrl: string,
  environment: Readonly<Record<string, string>>,
): Promise<StartedProduct> {
  const built = buildProduct();
  const child = spawn(process.execPath, [built.file], {
    env: { PATH: process.env['PATH'], ...toEnvironment(simulatorUrl), LOG_LEVEL: 'fatal', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const remove = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    built.remove();
  };
  const lines: string[] = [];
  try {
    return { url: await hearAddress(child, lines), child, lines, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function hearAddress(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The product ended with ${String(code)}: ${lines.join('\n')}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /^Drumbeat listens at (\S+)$/u.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}
