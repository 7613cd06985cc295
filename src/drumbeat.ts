import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandNeeds } from './command-line/commands/operations';
import { runCommandLine } from './command-line/run-command-line';
import { createTerminal } from './command-line/terminal/terminal';
import { checkNode } from './machine/check-node';
import { systemClock } from './machine/clock';
import { serve } from './serve';

/** The command `drumbeat`: src/command-line with the process around it. What a command opens is loaded when it does. */
async function main(): Promise<void> {
  checkNode(process.versions.node);
  // A reader that has seen enough, such as `head`, is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const terminal = createTerminal({
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    environment: process.env,
  });
  const code = await runCommandLine(process.argv.slice(2), terminal, needs);
  // Connections to Bitbucket that are kept for a while would keep the process as well.
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(code);
}

const needs: CommandNeeds = {
  clock: systemClock,
  version: readVersion(),
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
  exit: (code) => process.exit(code),
  wait: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
  open: async (options) => {
    const { openOperations } = await import('./open-operations.js');
    return openOperations(process.env, options);
  },
  serve: async ({ isJson }) =>
    new Promise<never>(() => {
      serve((url) => process.stdout.write(isJson ? `${JSON.stringify({ url })}\n` : `Drumbeat listens at ${url}\n`));
    }),
};

function readVersion(): string {
  const text = readFileSync(path.resolve(__dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
