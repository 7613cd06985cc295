import { setTimeout as pause } from 'node:timers/promises';
import { startDrumbeat, type Drumbeat } from '../../../src/compose';
import type { Clock, Steady } from '../../../src/domain/clock';
import { systemSteady } from '../../../src/machine/clock';
import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/simulator';
import type { PagePlace } from '../../../simulator/connect/page-url';
import type { World } from '../../../simulator/world/model';
import { openDatabase } from '../../../src/store/open-database';
import { jobs } from '../../../src/store/schema/work';
import { openStores, type Stores } from '../../../src/store/stores';
import { createMigratedDatabase, testEncryptionKey, type DatabaseKind } from '../test-database';
import { testClock } from '../test-clock';
import { waitUntil } from './wait-until';

export interface ProductOptions {
  readonly world: World;
  /** Default: SQLite in a temporary file. */
  readonly kind?: DatabaseKind;
  /** Of product and simulator alike. Default: the test clock, by which the world is to be made as well. */
  readonly clock?: Clock;
  /** What goes on steadily beside the product's clock. Default: the machine's time. */
  readonly steady?: Steady;
  /** A clock in it is Bitbucket's alone: for tests of clocks that differ. */
  readonly simulator?: Omit<SimulatorOptions, 'world' | 'appKey'>;
  /** On top of what every product in tests is started with. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The whole product before a simulated Bitbucket, both on loopback. */
export interface RunningProduct {
  readonly simulator: Simulator;
  readonly app: Drumbeat;
  /** A second look at the product's database: for what the API does not tell. */
  readonly stores: Stores;
  /** What it was started with. */
  readonly environment: Readonly<Record<string, string>>;
  install(workspace?: string): Promise<number>;
  /** Asks the API in the name of a page freshly opened, by default the workspace page. */
  api(route: string, init?: ApiInit): Promise<ApiReply>;
  /** The body of a 200. */
  get<T>(route: string): Promise<T>;
  /** The text of a 200, such as CSV. */
  getText(route: string): Promise<string>;
  /** The session that the page carries. @throws when the page is refused. */
  openPage(place?: PagePlace): Promise<string>;
  untilImported(withinMs?: number): Promise<ImportStatus>;
  /** Until nothing is left to be worked off: no notice, no reading, no import, no size. */
  untilQuiet(withinMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface ApiInit {
  readonly method?: string;
  readonly body?: unknown;
  readonly session?: string;
}

export interface ApiReply {
  readonly status: number;
  readonly body: unknown;
}

export const productAppKey = 'drumbeat';

/** What the product is started with, beside the database: room for every request, and the whole history. */
export function toEnvironment(simulatorUrl: string): Record<string, string> {
  return {
    PORT: '0',
    BITBUCKET_URL: simulatorUrl,
    BITBUCKET_API_URL: simulatorUrl,
    BITBUCKET_REQUESTS_PER_HOUR: '1000000',
    APP_KEY: productAppKey,
    ENCRYPTION_KEY: testEncryptionKey.toString('base64'),
    IMPORT_DAYS: '36500',
    LOG_LEVEL: process.env['PRODUCT_LOG'] ?? 'silent',
  };
}

/** What the client waits between attempts, at a twentieth: no test is about how long. */
const waitBriefly = (milliseconds: number): Promise<unknown> => pause(milliseconds / 20);

/** Starts both; nothing is installed yet. */
export async function startProduct(options: ProductOptions): Promise<RunningProduct> {
  const { world, kind = 'sqlite', clock = testClock, steady = systemSteady } = options;
  const created = await createMigratedDatabase(kind);
  const simulator = await startSimulator({ world, appKey: productAppKey, clock, ...options.simulator });
  const environment = { ...toEnvironment(simulator.url), DATABASE_URL: created.url, ...options.environment };
  const app = await startDrumbeat(environment, { clock, steady, wait: waitBriefly });
  const database = await openDatabase({ url: created.url, poolSize: 2, isVisit: true });
  const stores = openStores(database, { encryptionKey: testEncryptionKey });
  const api = createApiCaller(simulator, () => app.url);
  return {
    simulator,
    app,
    stores,
    environment,
    ...api,
    install: async (workspace) => (await simulator.install(app.url, workspace)).status,
    untilImported: (withinMs) => untilImported(api, withinMs),
    untilQuiet: (withinMs) => untilQuiet(stores, withinMs),
    async close() {
      await database.close();
      await app.close();
      await simulator.close();
      await created.remove();
    },
  };
}

export type ApiCaller = Pick<RunningProduct, 'api' | 'get' | 'getText' | 'openPage'>;

/** Calls the API with sessions taken from signed pages; each is kept while the caller lives. */
export function createApiCaller(simulator: Simulator, toUrl: () => string): ApiCaller {
  return callApiFrom(toUrl, async (place = 'workspace') => {
    const response = await fetch(simulator.pageUrl(place));
    const session = /name="session" content="([^"]+)"/u.exec(await response.text())?.[1];
    if (session === undefined) throw new Error(`The page of ${place} answered ${response.status} without a session.`);
    return session;
  });
}

/** Calls the API with sessions of pages, however those are opened. */
export function callApiFrom(toUrl: () => string, openPage: ApiCaller['openPage']): ApiCaller {
  let kept: string | null = null;
  const ask = (route: string, init: ApiInit, session: string): Promise<Response> =>
    fetchTwice(`${toUrl()}/api/v1${route}`, {
      method: init.method ?? 'GET',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
  const send = async (route: string, init: ApiInit): Promise<{ status: number; text: string }> => {
    let response = await ask(route, init, init.session ?? (kept ??= await openPage()));
    // The kept one may have run out, by a clock that was moved on.
    if (response.status === 401 && init.session === undefined) {
      kept = await openPage();
      response = await ask(route, init, kept);
    }
    return { status: response.status, text: await response.text() };
  };
  const api = async (route: string, init: ApiInit = {}): Promise<ApiReply> => {
    const { status, text } = await send(route, init);
    return { status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const getText = async (route: string): Promise<string> => {
    const { status, text } = await send(route, {});
    if (status !== 200) throw new Error(`${route} answered ${status}: ${text}`);
    return text;
  };
  const get = async <T>(route: string): Promise<T> => {
    const { status, body } = await api(route);
    if (status !== 200) throw new Error(`${route} answered ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };
  return { api, get, getText, openPage };
}

/** A connection kept alive may be closed at the moment it is used again. */
async function fetchTwice(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init));
}

export function untilImported(api: Pick<RunningProduct, 'api'>, withinMs = 150_000): Promise<ImportStatus> {
  return waitUntil(
    async () => {
      // Until the install is proven there is no page to take a session from.
      const reply = await api.api('/import').catch(() => null);
      const status = reply?.status === 200 ? (reply.body as ImportStatus) : null;
      return status?.state === 'done' ? status : null;
    },
    { withinMs, what: 'the import to be done' },
  );
}

const neverOver = new Set(['reconcile', 'erase-workspace', 'read-groups', 'look-after-hook', 'poll', 'prove-install']);

async function untilQuiet(stores: Stores, withinMs = 90_000): Promise<void> {
  const list = async (): Promise<string[]> => {
    const waiting = await stores.database.find(jobs, { where: {} });
    const left = waiting.filter(({ kind, state }) => !neverOver.has(kind) && state !== 'dead');
    return left.map(({ kind, key, problem }) => `${kind} ${key} (${problem ?? 'no problem'})`);
  };
  const look = async (): Promise<true | null> => ((await list()).length === 0 ? true : null);
  await waitUntil(look, { withinMs, what: 'all work to be done' }).catch(async (error: unknown) => {
    throw new Error(`Left is: ${(await list()).join(', ')}.`, { cause: error });
  });
}
