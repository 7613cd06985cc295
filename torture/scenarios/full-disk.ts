import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../simulator/simulator';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { createAccount } from '../../simulator/world/people';
import { systemClock } from '../../src/machine/clock';
import { openDatabase } from '../../src/store/open-database';
import { findFreePort } from '../../test/support/postgres/free-port';
import { toEnvironment } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { buildProduct } from '../../test/support/spawned-product';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { startServing } from '../support/serving-process';

type Size = 'notices';

const withinMs = 120_000;
const mostToNoticeMs = 5_000;
/** Enough for one notice to need new room in any file. */
const longText = 'x'.repeat(80_000);

/** A small file system of its own, where one may be mounted. */
export const fullDisk = toAnyScenario<Size>({
  name: 'full-disk',
  promise:
    'On a full disk nothing is acknowledged that is not kept, `/readyz` says so, and all goes on once there is room.',
  usual: { notices: 60 },
  run,
});

async function run({ sizes }: Run<Size>): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-disk-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', folder]).status === 0;
  try {
    if (isMounted) return await fillAndEmpty(folder, sizes.notices);
    return { figures: { 'left out': 'no file system may be mounted here' }, broken: [] };
  } finally {
    if (isMounted) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillAndEmpty(folder: string, notices: number): Promise<Outcome> {
  const url = `sqlite:${path.join(folder, 'drumbeat.sqlite')}`;
  const product = buildProduct();
  const world = createEmptyWorld({ slug: 'acme', people: [createAccount('Ada Owner')] });
  const simulator = await startSimulator({ world, appKey: 'drumbeat', clock: systemClock });
  const port = await findFreePort();
  const environment = { ...toEnvironment(simulator.url), DATABASE_URL: url };
  const serving = startServing(product.file, port, environment);
  try {
    const asked = { simulator, port, number: 0 };
    asked.number = await install(asked);
    const before = await tellMany(asked, notices);
    const fill = path.join(folder, 'fill');
    fillDisk(fill);
    const seen = await measureUntil(asked, 503);
    const full = await tellMany(asked, notices);
    rmSync(fill);
    const again = await measureUntil(asked, 200);
    const after = await tellMany(asked, notices);
    const { code } = await serving.stop();
    const kept = await listKept(url);
    return judge({ before, full, after, seen, again, kept, code });
  } finally {
    await serving.kill();
    await simulator.close();
    product.remove();
  }
}

interface Asked {
  readonly simulator: Simulator;
  readonly port: number;
  /** Of the pull request that everything is said to. */
  number: number;
}

async function install({ simulator, port }: Asked): Promise<number> {
  await waitUntil(async () => ((await readReady(port))?.status === 200 ? true : null), { withinMs, what: 'the start' });
  simulator.repositories.createRepository({ slug: 'shop' });
  await simulator.install(`http://127.0.0.1:${port}`);
  const look = async (): Promise<true | null> => ((await fetch(simulator.pageUrl('workspace'))).ok ? true : null);
  await waitUntil(look, { withinMs, what: 'the installation' });
  return simulator.pullRequests.openPullRequest({ repository: 'shop', title: 'Sell more' }).pullRequest.id;
}

interface Told {
  readonly acknowledged: string[];
  readonly statuses: Set<number>;
}

async function tellMany({ simulator, number }: Asked, notices: number): Promise<Told> {
  const told: Told = { acknowledged: [], statuses: new Set() };
  for (let sent = 0; sent < notices; sent += 1) {
    const { notices: some } = simulator.pullRequests.comment({ repository: 'shop', id: number, text: longText });
    for (const notice of some) {
      const { status } = await simulator.deliver(notice);
      told.statuses.add(status ?? 0);
      if (status === 204) told.acknowledged.push(notice.requestUuid);
    }
  }
  return told;
}

function fillDisk(file: string): void {
  const handle = openSync(file, 'w');
  for (const size of [1024 * 1024, 4096]) {
    try {
      for (;;) writeSync(handle, Buffer.alloc(size, 1));
    } catch {
      // Full, for pieces of this size.
    }
  }
  closeSync(handle);
}

interface Seen {
  readonly milliseconds: number;
  readonly text: string;
}

async function measureUntil({ port }: Asked, status: number): Promise<Seen> {
  const begun = performance.now();
  const look = async (): Promise<string | null> => {
    const answer = await readReady(port);
    return answer?.status === status ? answer.text : null;
  };
  const text = await waitUntil(look, { withinMs, what: `/readyz to answer ${status}` });
  return { text, milliseconds: Math.round(performance.now() - begun) };
}

async function readReady(port: number): Promise<{ status: number; text: string } | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: answer.status, text: await answer.text() };
  } catch {
    await pause(100);
    return null;
  }
}

async function listKept(url: string): Promise<ReadonlySet<string>> {
  const database = await openDatabase({ url });
  const rows = await database.read<{ id: string }>('SELECT delivery_id AS id FROM notices', []);
  await database.close();
  return new Set(rows.map(({ id }) => id));
}

interface Found {
  readonly before: Told;
  readonly full: Told;
  readonly after: Told;
  readonly seen: Seen;
  readonly again: Seen;
  readonly kept: ReadonlySet<string>;
  readonly code: number | null;
}

function judge({ before, full, after, seen, again, kept, code }: Found): Outcome {
  const acknowledged = [before, full, after].flatMap((told) => told.acknowledged);
  const lost = acknowledged.filter((id) => !kept.has(id)).length;
  const odd = [...full.statuses].filter((status) => status !== 204 && status !== 503);
  const rules: readonly (readonly [boolean, string])[] = [
    [lost === 0, `${lost} acknowledged notices are not there.`],
    [full.statuses.has(503) && odd.length === 0, `Notices were answered ${[...full.statuses].join(', ')}.`],
    [/disk/u.test(seen.text), `/readyz said: ${seen.text}`],
    [Math.max(seen.milliseconds, again.milliseconds) <= mostToNoticeMs, 'It took too long to be seen.'],
    [after.statuses.size === 1 && after.statuses.has(204), 'It did not go on once there was room.'],
    [code === 0, `The process ended with ${code ?? 'a signal'}.`],
  ];
  const figures = {
    'acknowledged before, while full, after': [before, full, after].map((told) => told.acknowledged.length).join(', '),
    'acknowledged and lost': lost,
    'answers while full': [...full.statuses].join(', '),
    'seen after ms': seen.milliseconds,
    'ready again after ms': again.milliseconds,
  };
  return { figures, broken: rules.filter(([holds]) => !holds).map(([, sentence]) => sentence) };
}
