import { systemClock } from './clock';
import { startDrumbeat } from './compose';
import { createLog } from './log';
import { WrongSettings } from './settings';

/** Exit codes: 0 stopped as asked, 1 failed, 2 the environment is wrong. */
async function main(): Promise<void> {
  const drumbeat = await startDrumbeat(process.env);
  process.stdout.write(`Drumbeat listens at ${drumbeat.url}\n`);
  const stop = (): void => {
    const tooLong = setTimeout(() => process.exit(1), 10_000);
    tooLong.unref();
    drumbeat.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): void {
  if (error instanceof WrongSettings) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
  createLog('error', systemClock).error({ err: error }, 'Drumbeat stops.');
  process.exit(1);
}

main().catch(fail);
