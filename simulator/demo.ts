import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../src/machine/clock';
import { startDemoProduct, type DemoPlace, type DemoProduct } from './demo-product';
import { createProgress, ImportWatch, isOver, noProgress } from './demo-progress';
import { describeGuests, startTokenDemo, type TokenDemo } from './demo-token-door';
import { startLive, type Live } from './live';
import { loadHistory } from './world/history/load-history';
import { createSampleWorld } from './world/growth/sample-world';
import type { World } from './world/model';

interface DemoOptions {
  readonly door: 'connect' | 'token';
  readonly history?: string;
  readonly live: boolean;
  readonly seed: number;
  readonly port: number;
  readonly quiet: boolean;
}

interface Stage {
  readonly stopping: AbortController;
  live: Live | null;
}

/** Numbers of months are not changed in an evening. */
const liveEveryMs = 60_000;
const askEveryMs = 500;

/** Starts a simulated Bitbucket and the product before it, and installs the one in the other. */
export async function startDemo(world: World, place: DemoPlace): Promise<DemoProduct> {
  const demo = await startDemoProduct(world, place);
  await demo.simulator.install(demo.appUrl);
  return demo;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(options: DemoOptions): Promise<void> {
  const tell = options.quiet ? (): void => undefined : say;
  const world = createWorld(options, tell);
  const show = { options, tell, stage: { stopping: new AbortController(), live: null } };
  await (options.door === 'token'
    ? perform(show, startTokenDemo(world, toTokenPlace(options)), showToken)
    : perform(show, startDemo(world, { port: options.port, clock: systemClock }), showConnect));
}

function createWorld({ history, seed }: DemoOptions, tell: (line: string) => void): World {
  const now = systemClock.now();
  const world = history === undefined ? createSampleWorld(seed, now) : loadHistory(history, { shiftTo: now });
  tell(history === undefined ? 'Made a sample workspace.' : 'Read real history, moved by whole weeks to end now.');
  return world;
}

/**
 * The port that was asked for is that of the address to open: here the product's. What a token may not do is said by the
 * command; the log would only repeat it.
 */
function toTokenPlace({ port }: DemoOptions): DemoPlace {
  return { port: 0, clock: systemClock, environment: { PORT: String(port), LOG_LEVEL: 'error' } };
}

interface Show {
  readonly options: DemoOptions;
  readonly tell: (line: string) => void;
  readonly stage: Stage;
}

/** Shows a demonstration once it is there, and then what happens live, until it is stopped. */
async function perform<D extends DemoProduct>(
  { options, tell, stage }: Show,
  starting: Promise<D>,
  present: (demo: D, show: Show) => Promise<void>,
): Promise<void> {
  const showing = starting.then((demo) => present(demo, { options, tell, stage }));
  const { signal } = stage.stopping;
  const stop = (): void => {
    stage.stopping.abort();
    // What is under way ends first: a command has the database open as well.
    void Promise.allSettled([showing])
      .then(() => closeAll(starting, stage))
      .finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await showing;
  } catch (error) {
    if (signal.aborted) return;
    await closeAll(starting, stage);
    throw error;
  }
  if (signal.aborted) return;
  const { simulator } = await starting;
  // Beside real pull requests nothing is invented unless somebody asks for it.
  if (options.history !== undefined && !options.live) return;
  tell('Live: once a minute somebody opens, reviews or merges a pull request.');
  stage.live = startLive(simulator, { everyMs: liveEveryMs, seed: options.seed, onActivity: tell });
}

async function closeAll(starting: Promise<DemoProduct>, stage: Stage): Promise<void> {
  const demo = await starting;
  await stage.live?.stop();
  await demo.close();
}

async function showConnect(demo: DemoProduct, { options, tell, stage }: Show): Promise<void> {
  process.stdout.write(`${demo.simulator.url}/\n`);
  tell('Open this address in a browser. Ctrl-C stops everything.');
  await watchImport(demo, options.quiet, stage);
}

async function watchImport(demo: DemoProduct, isQuiet: boolean, { stopping }: Stage): Promise<void> {
  const watch = new ImportWatch(demo.simulator, demo.appUrl);
  const progress = isQuiet ? noProgress : createProgress(say, process.stderr.isTTY);
  for (let status = await watch.ask(); !stopping.signal.aborted; status = await watch.ask()) {
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

async function showToken(demo: TokenDemo, { options, tell, stage }: Show): Promise<void> {
  const audience = { say: tell, isWatching: !options.quiet, isAtTerminal: !options.quiet };
  const { signal } = stage.stopping;
  tell(`A simulated Bitbucket is at ${demo.simulator.url}, Drumbeat at ${demo.appUrl}: open it now or later.`);
  tell('Somebody has made an access token for the workspace. On the terminal of the server:\n');
  await demo.connect(audience, signal);
  if (!options.quiet) await demo.makeLink(audience, signal);
  process.stdout.write(`${demo.appUrl}/\n`);
  describeGuests(demo).forEach(tell);
  tell('The link above lets an administrator in without Bitbucket. Ctrl-C stops everything.');
}

function toNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) {
    throw new InvalidArgumentError('It is a whole number.');
  }
  return number;
}

const doors = ['connect', 'token'];

const command = new Command('demo')
  .description('Shows Drumbeat before a simulated Bitbucket. Prints one address to open.')
  .addOption(new Option('--door <door>', 'how the workspace comes in').choices(doors).default('connect'))
  .option('--history <file>', 'real merged pull requests instead of the sample workspace, one JSON object a line')
  .option('--live', 'with --history: invent pull requests beside the real ones', false)
  .option('--seed <number>', 'another sample workspace', toNumber, 7)
  .option('--port <number>', 'port of the address that is printed; 0 takes a free one', toNumber, 0)
  .option('--quiet', 'nothing but the address', false)
  .addHelpText(
    'after',
    '\nExamples:\n  npm run demo\n  npm run demo -- --door token\n  npm run demo -- --port 8080 --seed 12\n',
  );

if (require.main === module) {
  command.parse();
  run(command.opts<DemoOptions>()).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
}
