import { renameSync, rmSync } from 'node:fs';
import { createMixedWorld } from '../../test/support/product/mixed-world';
import { untilImported } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { openTortureDatabase } from '../support/databases';
import { readKept, reconcileNow, untilWorkedOff, visit } from '../support/kept-work';
import { recount } from '../support/recount';
import { noneSent, sendNotices, type Sent } from '../support/send-notices';
import { liveOn, openStage, type Stage } from '../support/watched-world';

type Size = 'backups' | 'deliveries';

const withinMs = 600_000;
const questions = 10;

/** Backups are made while notices come; then the database is destroyed and the last of them put in its place. */
export const backups = toAnyScenario<Size>({
  name: 'backups',
  promise:
    'Each backup made during writes opens, is whole and agrees with a moment in its span; the last one restores.',
  usual: { backups: 10, deliveries: 1_000 },
  run: backUp,
});

async function backUp({ seed, sizes }: Run<Size>): Promise<Outcome> {
  const database = await openTortureDatabase('sqlite');
  const stage = await openStage({ world: createMixedWorld({ seed, pullRequests: 12 }), databaseUrl: database.url });
  try {
    await stage.simulator.install(stage.product.url);
    await untilImported(stage.api);
    const sent = noneSent();
    const acts = liveOn(stage, { seed, pullRequests: sizes.deliveries });
    const sending = sendNotices({ ...stage, acts, deliveries: sizes.deliveries, seed, sent });
    const made: Made[] = [];
    for (let count = 0; count < sizes.backups; count += 1) {
      const due = Math.floor((count * sizes.deliveries) / sizes.backups);
      const look = async (): Promise<true | null> => (sent.deliveries >= due ? true : null);
      await waitUntil(look, { withinMs, what: `${due} deliveries` });
      made.push(await makeBackup(database.url, sent, count));
    }
    await sending;
    await untilWorkedOff(database.url, withinMs);
    const restored = await restore(stage, { url: database.url, from: made.at(-1), seed });
    return toOutcome(made, sent, restored);
  } finally {
    await stage.close();
    await database.remove();
  }
}

interface Made {
  readonly file: string;
  readonly kept: number;
  readonly milliseconds: number;
  readonly broken: readonly string[];
}

const toFile = (url: string): string => url.replace('sqlite:', '');

/** To a name of its own, looked at, and renamed only then. */
async function makeBackup(url: string, sent: Sent, index: number): Promise<Made> {
  const file = `${toFile(url)}.backup-${index}`;
  const unfinished = `${file}.unfinished`;
  const before = new Set(sent.acknowledged);
  const begun = performance.now();
  await visit(url, (database) => database.write(`VACUUM INTO '${unfinished}'`, []));
  const milliseconds = performance.now() - begun;
  const after = new Set(sent.begun);
  const { broken, kept } = await checkBackup(unfinished, { before, after });
  renameSync(unfinished, file);
  return { file, kept, milliseconds, broken: broken.map((sentence) => `backup ${index}: ${sentence}`) };
}

interface Span {
  /** What was acknowledged before it began. */
  readonly before: ReadonlySet<string>;
  /** What was sent before it ended. */
  readonly after: ReadonlySet<string>;
}

async function checkBackup(file: string, { before, after }: Span): Promise<{ kept: number; broken: string[] }> {
  const url = `sqlite:${file}`;
  const { done, waiting } = await readKept(url);
  const kept = new Set([...done.keys(), ...waiting]);
  const missing = [...before].filter((id) => !kept.has(id));
  const early = [...kept].filter((id) => !after.has(id));
  const faults = await visit(url, async (database) => [
    ...(await database.read<{ integrity_check: string }>('PRAGMA integrity_check', [])).map(
      (row) => row.integrity_check,
    ),
    ...(await database.read('PRAGMA foreign_key_check', [])).map((row) => JSON.stringify(row)),
    ...(await database.read(wrongCounts, [])).map((row) => `wrong count ${JSON.stringify(row)}`),
  ]);
  return {
    kept: kept.size,
    broken: [
      ...faults.filter((fault) => fault !== 'ok'),
      ...(missing.length > 0 ? [`${missing.length} notices are missing that were acknowledged before it began`] : []),
      ...(early.length > 0 ? [`${early.length} notices are there that were sent after its end`] : []),
    ],
  };
}

/** What is counted along with what is written, where the two are not of one moment. */
const wrongCounts = `SELECT c.repository, c.total, count(p.number) AS found FROM pull_request_counts c
  LEFT JOIN pull_requests p ON p.workspace = c.workspace AND p.repository = c.repository
  GROUP BY c.workspace, c.repository, c.total HAVING count(p.number) <> c.total`;

interface Restoring {
  readonly url: string;
  readonly from: Made | undefined;
  readonly seed: number;
}

async function restore({ product, api, workspace, simulator }: Stage, { url, from, seed }: Restoring) {
  await product.kill();
  for (const end of ['', '-wal', '-shm']) rmSync(`${toFile(url)}${end}`, { force: true });
  if (from !== undefined) renameSync(from.file, toFile(url));
  await product.start();
  await reconcileNow(url, withinMs);
  return recount(api, workspace, { seed, questions, until: simulator.clock.now() });
}

function toOutcome(made: readonly Made[], sent: Sent, restored: Awaited<ReturnType<typeof restore>>): Outcome {
  const broken = made.flatMap((one) => one.broken);
  const longest = Math.max(0, ...made.map(({ milliseconds }) => milliseconds));
  return {
    figures: {
      backups: made.length,
      deliveries: sent.deliveries,
      'never acknowledged': sent.lost.length,
      'notices in the first and the last': `${made[0]?.kept ?? 0} and ${made.at(-1)?.kept ?? 0}`,
      longest: `${Math.round(longest)} ms`,
      'backups that are wrong': new Set(broken.map((sentence) => sentence.split(':')[0])).size,
      'values compared after the restore': restored.compared,
      differences: restored.differences.length,
    },
    broken: [...broken, ...restored.differences.slice(0, 5)],
  };
}
