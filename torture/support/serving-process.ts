import { spawn } from 'node:child_process';

/** The server as a process of its own, at a loopback port. */
export interface ServingProcess {
  readonly port: number;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Ended>;
  /** What was said on standard error. */
  said(): string;
  kill(): Promise<void>;
}

interface Ended {
  readonly code: number | null;
  readonly milliseconds: number;
}

/** `file`: what Node is given. */
export function startServing(
  file: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): ServingProcess {
  const env = { PATH: process.env['PATH'] ?? '', ...environment, PORT: String(port) };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    port,
    said: () => said,
    stop: async () => {
      const begun = performance.now();
      child.kill('SIGTERM');
      const code = await ended;
      return { code, milliseconds: Math.round(performance.now() - begun) };
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
