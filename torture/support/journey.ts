import { setTimeout as pause } from 'node:timers/promises';
import { untilImported } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { tellDeliveries } from './deliveries';
import { reconcileNow, untilWorkedOff, visit } from './kept-work';
import { noneSent, sendNotices, type Sent } from './send-notices';
import { liveOn, type Stage } from './watched-world';

interface Journey {
  readonly stage: Stage;
  /** Of the database. */
  readonly url: string;
  readonly seed: number;
  readonly sent: Sent;
}

type Step = (journey: Journey) => Promise<readonly string[]>;

const withinMs = 300_000;

/**
 * A workspace comes, is imported, lives, is installed again, loses notices, is reconciled and goes; the server, wherever
 * it ends meanwhile, is started again. Gives a sentence for everything that did not hold.
 */
export async function goThrough(stage: Stage, from: Pick<Journey, 'url' | 'seed'>): Promise<string[]> {
  const keeper = keepRunning(stage);
  const journey = { ...from, stage, sent: noneSent() };
  const broken: string[] = [];
  try {
    for (const [name, step] of steps) {
      broken.push(...(await step(journey)).map((sentence) => `${name}: ${sentence}`));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    broken.push(`${reason} ${stage.product.said.slice(-1000)}`);
  } finally {
    keeper.stop();
  }
  return broken;
}

function keepRunning({ product }: Stage): { stop(): void } {
  const wanted = new AbortController();
  const keep = async (): Promise<void> => {
    await product.ended;
    if (wanted.signal.aborted) return;
    await product.start();
    await keep();
  };
  // What does not start is told by the step that waits for it.
  void keep().catch(() => undefined);
  return { stop: () => wanted.abort() };
}

/** Until the server has answered; who installs tries again when it has not. */
async function persist(call: () => Promise<{ readonly status: number }>): Promise<readonly string[]> {
  let status = 0;
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    status = await call().then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 204) return [];
    await pause(300);
  }
  return [`it was answered ${status} to the last`];
}

const install: Step = ({ stage: { simulator, product } }) => persist(() => simulator.install(product.url));

async function readHistory({ stage: { api }, url }: Journey): Promise<readonly string[]> {
  await untilImported(api, withinMs);
  await untilWorkedOff(url, withinMs);
  return [];
}

async function live({ stage, url, seed, sent }: Journey): Promise<readonly string[]> {
  await sendNotices({ ...stage, acts: liveOn(stage, { seed, pullRequests: 4 }), deliveries: 1_000, seed, sent });
  await untilWorkedOff(url, withinMs);
  return [];
}

async function loseAndReconcile({ stage, url, seed }: Journey): Promise<readonly string[]> {
  // Nobody is told of any of it.
  [...liveOn(stage, { seed: seed + 1, pullRequests: 2 })].flat();
  await reconcileNow(url, withinMs);
  return [];
}

async function count({ stage, url, seed, sent }: Journey): Promise<readonly string[]> {
  const { broken } = await tellDeliveries(stage, { url, seed, sent, questions: 3 });
  return broken;
}

/** Everything that is kept of it is to be gone. */
async function uninstall({ stage: { simulator }, url }: Journey): Promise<readonly string[]> {
  const broken = await persist(() => simulator.uninstall());
  const look = async (): Promise<true | null> => ((await countRows(url)) === 0 ? true : null);
  await waitUntil(look, { withinMs, what: 'the workspace to be erased' });
  return broken;
}

function countRows(url: string): Promise<number> {
  return visit(url, async (database) => {
    const tables = await database.read<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table'
         AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) c WHERE c.name = 'workspace')`,
      [],
    );
    const names = ['workspaces', ...tables.map(({ name }) => name)];
    const counts = names.map((name) => database.readOne<{ n: number }>(`SELECT count(*) AS n FROM ${name}`, []));
    return (await Promise.all(counts)).reduce((sum, row) => sum + (row?.n ?? 0), 0);
  });
}

const steps: readonly (readonly [string, Step])[] = [
  ['install', install],
  ['import', readHistory],
  ['live', live],
  ['install again', install],
  ['reconcile', loseAndReconcile],
  ['count', count],
  ['uninstall', uninstall],
];
