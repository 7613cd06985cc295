import type { Drumbeat } from './compose';
import { CannotStart } from './machine/cannot-start';
import { checkNode } from './machine/check-node';
import { systemClock } from './machine/clock';
import { createLog } from './machine/log';
import { WrongSettings } from './settings';

type Stage = 'starting' | 'running' | 'ending';

/** For the end itself, after a grace: its steps give up by themselves before. */
const stopWithinMs = 6_800;
/** Ctrl-C comes twice, at once from the terminal and from `npm`, which hands it on. */
const sameSignalMs = 500;
const signals = ['SIGTERM', 'SIGINT'] as const;
let stage: Stage = 'starting';

/**
 * Runs the server until it is asked to stop; `announce` hears of its address. Ends the process, with the codes: 0 stopped
 * as asked, 1 failed, 2 the environment is wrong.
 */
export function serve(announce: (url: string) => void): void {
  for (const signal of signals) process.on(signal, endAsAsked);
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  // With nothing left to wait for Node ends a process quietly and well, whatever has become of its start.
  process.on('exit', (code) => {
    if (code !== 0 || stage === 'ending') return;
    say('Drumbeat cannot start: something that it waited for never answered.');
    process.exitCode = 1;
  });
  start(announce).catch(fail);
}

async function start(announce: (url: string) => void): Promise<void> {
  checkNode(process.versions.node);
  // A part of the installation that is missing is then told by `fail`, as everything else is.
  const { startDrumbeat } = await import('./compose.js');
  const drumbeat = await startDrumbeat(process.env);
  stage = 'running';
  running = drumbeat;
  announce(drumbeat.url);
}

/** `null`: before the start is through there is nothing to end, and a migration that is cut off leaves nothing behind. */
let running: Pick<Drumbeat, 'leave' | 'close'> | null = null;

function endAsAsked(signal: NodeJS.Signals): void {
  if (stage === 'ending') return;
  stage = 'ending';
  // Whoever asks again does not want to wait: then the signal ends the process by itself.
  setTimeout(() => {
    for (const name of signals) process.off(name, endAsAsked);
  }, sameSignalMs).unref();
  end(signal).then(() => process.exit(0), fail);
}

/** Somebody at a terminal has no proxy that would have to notice. */
async function end(signal: NodeJS.Signals): Promise<void> {
  if (running === null) {
    say('Drumbeat was asked to stop before it had started.');
    return;
  }
  if (signal === 'SIGTERM') await running.leave();
  setTimeout(() => {
    say('Drumbeat was asked to stop; what was under way did not end in time.');
    process.exit(1);
  }, stopWithinMs).unref();
  await running.close();
}

/** What an operator can mend is one sentence; a fault of ours is one line of the log with everything there is. */
function fail(error: unknown): void {
  const isStart = stage === 'starting';
  stage = 'ending';
  if (error instanceof WrongSettings) {
    say(error.message);
    process.exit(2);
  }
  if (error instanceof CannotStart) {
    say(`Drumbeat cannot start: ${error.message}`);
  } else {
    createLog('error', systemClock).fatal(
      { err: error },
      `Drumbeat ${isStart ? 'cannot start' : 'stops'} through a fault of its own.`,
    );
  }
  process.exit(1);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
