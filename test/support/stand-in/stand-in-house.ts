import { randomBytes } from 'node:crypto';
import { startDrumbeat, type Drumbeat } from '../../../src/compose';
import type { Clock } from '../../../src/domain/clock';
import { waitUntil } from '../house/wait-until';
import { testClock } from '../test-clock';
import { uuidOf } from './git-world';
import { plainQuirks, type Quirks } from './quirks';
import { createSmallWorld, type SmallWorld } from './small-world';
import { StandIn } from './stand-in';

export interface Descriptor {
  readonly baseUrl: string;
  readonly lifecycle: Readonly<Record<string, string>>;
  readonly modules: Readonly<Record<string, unknown>>;
}

export interface StandInHouse {
  readonly world: SmallWorld;
  readonly quirks: Quirks;
  readonly bitbucket: StandIn;
  readonly app: Drumbeat;
  readonly descriptor: Descriptor;
  lifecycle(event: string, secret?: string): Promise<number>;
  /** A page of the descriptor with its context parameters filled in as an examiner would, and its answer. */
  openPage(template: string, fill?: (value: string) => string): Promise<Response>;
  session(): Promise<string>;
  ask(route: string, init?: RequestInit): Promise<Response>;
  get<T>(route: string): Promise<T>;
  untilImported(): Promise<{ problems: unknown[]; sizes: { total: number; done: number } }>;
  close(): Promise<void>;
}

/** The product before the stand-in, in memory; nothing is installed yet. */
export async function startStandInHouse(
  wanted: Partial<Quirks> = {},
  environment: Readonly<Record<string, string>> = {},
  clock: Clock = testClock,
): Promise<StandInHouse> {
  const quirks = { ...plainQuirks, ...wanted };
  const world = createSmallWorld(clock.now());
  const bitbucket = new StandIn(world, quirks, clock);
  await bitbucket.start();
  const whole = {
    ...{ PORT: '0', DATABASE_URL: 'sqlite::memory:', BITBUCKET_URL: bitbucket.url, BITBUCKET_API_URL: bitbucket.url },
    ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), LOG_LEVEL: process.env['HOUSE_LOG'] ?? 'silent' },
    ...environment,
  };
  const app = await startDrumbeat(whole, { clock });
  const descriptor = (await (await fetch(`${app.url}/atlassian-connect.json`)).json()) as Descriptor;
  let kept: string | null = null;
  const house: StandInHouse = {
    ...{ world, quirks, bitbucket, app, descriptor },
    lifecycle: (event, secret) =>
      bitbucket.callLifecycle(new URL(descriptor.lifecycle[event] ?? '', `${app.url}/`).href, event, secret),
    openPage: (template, fill = encodeURIComponent) => {
      const url = `${app.url}${fillTemplate(template, house, fill)}`;
      return fetch(`${url}${url.includes('?') ? '&' : '?'}jwt=${bitbucket.sign('GET', url.slice(app.url.length))}`);
    },
    async session() {
      const [tab] = descriptor.modules['profileTabs'] as { url: string }[];
      const page = await house.openPage(tab?.url ?? '');
      return /<meta name="session" content="([^"]+)"/u.exec(await page.text())?.[1] ?? '';
    },
    async ask(route, init = {}) {
      if (kept === null || kept === '') kept = await house.session();
      const headers = { authorization: `Bearer ${kept}`, ...(init.headers as Record<string, string> | undefined) };
      return fetch(`${app.url}/api/v1${route}`, { ...init, headers });
    },
    async get<T>(route: string) {
      const answer = await house.ask(route);
      if (answer.status !== 200) throw new Error(`${route} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    untilImported: () => untilImported(house),
    async close() {
      await app.close();
      await bitbucket.close();
    },
  };
  return house;
}

function fillTemplate(template: string, { world, bitbucket }: StandInHouse, fill: (value: string) => string): string {
  const { present } = bitbucket.api;
  const workspace = present.uuid(world.uuid);
  const repository = present.uuid(world.repositories[0]?.uuid ?? '');
  const values: Readonly<Record<string, string>> = {
    ...{ 'target_user.uuid': workspace, 'principal.uuid': workspace, 'repository.owner.uuid': workspace },
    ...{ 'repository.uuid': repository, 'pullrequest.id': '1', 'user.uuid': uuidOf('ada') },
  };
  return template.replaceAll(/\{([\w.]+)\}/gu, (whole, name: string) => fill(values[name] ?? whole));
}

async function untilImported(house: StandInHouse): ReturnType<StandInHouse['untilImported']> {
  let last = '';
  const look = async () => {
    const answer = await house.ask('/import');
    last = await answer.text();
    const status = answer.ok
      ? (JSON.parse(last) as { state: string; problems: []; sizes: { total: 0; done: 0 } })
      : null;
    return status?.state === 'done' ? status : null;
  };
  return waitUntil(look, { withinMs: 120_000, what: 'the import to end' }).catch((cause: unknown) => {
    const asked = house.bitbucket.asked.slice(-5).map(({ path, status }) => `${status} ${path}`);
    throw new Error(`The import does not end: ${last.slice(0, 2000)}\n${asked.join('\n')}`, { cause });
  });
}
