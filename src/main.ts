import { CannotStart } from './machine/cannot-start';
import { systemClock } from './machine/clock';
import { createLog } from './machine/log';
import { WrongSettings } from './settings';

type Stage = 'starting' | 'running' | 'ending';

const stopWithinMs = 10_000;
const oldestNode = [20, 19] as const;
let stage: Stage = 'starting';

/** Exit codes: 0 stopped as asked, 1 failed, 2 the environment is wrong. */
async function main(): Promise<void> {
  checkNode(process.versions.node);
  // A part of the installation that is missing is then told by `fail`, as everything else is.
  const { startDrumbeat } = await import('./compose.js');
  const drumbeat = await startDrumbeat(process.env);
  stage = 'running';
  process.stdout.write(`Drumbeat listens at ${drumbeat.url}\n`);
  stop = () => drumbeat.close();
}

/** Before the start is through there is nothing to end: a migration that is cut off leaves nothing behind. */
let stop: () => Promise<void> = async () => {
  say('Drumbeat was asked to stop before it had started.');
};

function endAsAsked(): void {
  stage = 'ending';
  const tooLong = setTimeout(() => {
    say(`Drumbeat was asked to stop; what was under way did not end within ${stopWithinMs / 1000} seconds.`);
    process.exit(1);
  }, stopWithinMs);
  tooLong.unref();
  stop().then(() => process.exit(0), fail);
}

function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new CannotStart(`Node ${version} is too old: ${oldestNode.join('.')} or newer is needed.`);
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

process.once('SIGTERM', endAsAsked);
process.once('SIGINT', endAsAsked);
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
// With nothing left to wait for Node ends a process quietly and well, whatever has become of its start.
process.on('exit', (code) => {
  if (code !== 0 || stage === 'ending') return;
  say('Drumbeat cannot start: something that it waited for never answered.');
  process.exitCode = 1;
});

main().catch(fail);
