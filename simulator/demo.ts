import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../src/machine/clock';
import { startDrumbeat } from '../src/compose';
import { createProgress, ImportWatch, isOver, noProgress } from './demo-progress';
import { startLive, type Live } from './live';
import { startSimulator, type Simulator } from './simulator';
import { loadHistory } from './world/history/load-history';
import { createSampleWorld, sampleDays } from './world/growth/sample-world';
import { day } from './world/working-time';
import type { Clock, World } from './world/model';

interface DemoOptions {
  readonly history?: string;
  readonly seed: number;
  readonly port: number;
  readonly quiet: boolean;
}

/** A demonstration under way. */
export interface Demo {
  readonly simulator: Simulator;
  readonly appUrl: string;
  close(): Promise<void>;
}

const liveEveryMs = 4000;
const askEveryMs = 500;

interface DemoPlace {
  /** Of the simulated Bitbucket; 0 takes a free one. */
  readonly port: number;
  /** That of the world as well. */
  readonly clock: Clock;
}

/** Starts a simulated Bitbucket and the product before it, and installs the one in the other. */
export async function startDemo(world: World, { port, clock }: DemoPlace): Promise<Demo> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-demo-'));
  const simulator = await startSimulator({ world, appKey: 'drumbeat', port, clock, retryDelayMs: 1000 });
  const environment = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: `sqlite:${path.join(folder, 'drumbeat.sqlite')}`,
    BITBUCKET_URL: simulator.url,
    BITBUCKET_API_URL: simulator.url,
    BITBUCKET_REQUESTS_PER_HOUR: '1000000',
    IMPORT_DAYS: String(findDays(world, clock.now())),
    LOG_LEVEL: 'warn',
  };
  const drumbeat = await startDrumbeat(environment, { clock });
  await simulator.install(drumbeat.url);
  return {
    simulator,
    appUrl: drumbeat.url,
    async close() {
      await drumbeat.close();
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Deep enough for everything in the world. */
function findDays(world: World, now: number): number {
  const repositories = world.workspaces.flatMap((workspace) => [...workspace.repositories.values()]);
  const times = repositories.flatMap(({ pullRequests }) => [...pullRequests.values()].map((one) => one.updatedAt));
  const oldest = times.reduce((least, at) => Math.min(least, at), now);
  return Math.max(sampleDays, Math.ceil((now - oldest) / day) + 1);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(options: DemoOptions): Promise<void> {
  const tell = options.quiet ? (): void => undefined : say;
  const now = systemClock.now();
  const world =
    options.history === undefined
      ? createSampleWorld(options.seed, now)
      : loadHistory(options.history, { shiftTo: now });
  tell(
    options.history === undefined ? 'Made a sample workspace.' : 'Read real history, moved by whole weeks to end now.',
  );
  const starting = startDemo(world, { port: options.port, clock: systemClock });
  const stage: Stage = { isStopping: false, live: null };
  const stop = (): void => {
    stage.isStopping = true;
    void closeAll(starting, stage).finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const demo = await starting;
  process.stdout.write(`${demo.simulator.url}/\n`);
  tell('Open this address in a browser. Ctrl-C stops everything.');
  await watchImport(demo, options.quiet, stage);
  if (!stage.isStopping) {
    tell('Live: every few seconds somebody opens, reviews or merges a pull request.');
    stage.live = startLive(demo.simulator, { everyMs: liveEveryMs, seed: options.seed, onActivity: tell });
  }
}

interface Stage {
  isStopping: boolean;
  live: Live | null;
}

async function closeAll(starting: Promise<Demo>, stage: Stage): Promise<void> {
  const demo = await starting;
  await stage.live?.stop();
  await demo.close();
}

async function watchImport(demo: Demo, isQuiet: boolean, stage: Readonly<Stage>): Promise<void> {
  const watch = new ImportWatch(demo.simulator, demo.appUrl);
  const progress = isQuiet ? noProgress : createProgress(say, process.stderr.isTTY);
  for (let status = await watch.ask(); !stage.isStopping; status = await watch.ask()) {
    if (status !== null) {
      progress.show(status);
    }
    if (status !== null && isOver(status)) {
      progress.end();
      status.problems.forEach(({ message }) => say(message));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

function toNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) {
    throw new InvalidArgumentError('It is a whole number.');
  }
  return number;
}

const command = new Command('demo')
  .description('Shows Drumbeat in a simulated Bitbucket. Prints one address to open.')
  .option('--history <file>', 'real merged pull requests instead of the sample workspace, one JSON object a line')
  .option('--seed <number>', 'another sample workspace', toNumber, 7)
  .option('--port <number>', 'port of the simulated Bitbucket; 0 takes a free one', toNumber, 0)
  .option('--quiet', 'nothing but the address', false)
  .addHelpText('after', '\nExamples:\n  npm run demo\n  npm run demo -- --port 8080 --seed 12\n');

if (require.main === module) {
  command.parse();
  run(command.opts<DemoOptions>()).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
}
