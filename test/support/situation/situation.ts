import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import type { SimulatorNotice } from '../../../simulator/connect/deliver-notice';
import type { NewRepository } from '../../../simulator/live/repository-controls';
import type { Simulator } from '../../../simulator/simulator';
import type { PullRequest, World } from '../../../simulator/world/model';
import { createAccount } from '../../../simulator/world/people';
import { createEmptyWorld } from '../../../simulator/world/growth/sample-world';
import { createFixedClock, type FixedClock } from '../fixed-clock';
import { startProduct, type ApiReply, type RunningProduct } from '../product/start-product';
import { advance, advanceUntil, settle, type Patience } from './due-work';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A Wednesday. Every situation happens around it. */
export const situationStart = Date.UTC(2026, 10, 18, 12);

export const [ada, ben, cleo, dan] = [
  createAccount('Ada Owner'),
  createAccount('Ben Author'),
  createAccount('Cleo Reviewer'),
  createAccount('Dan Reviewer'),
];

/**
 * A workspace and the product before it, both by a clock that stands still until it is moved on: for situations in
 * which Bitbucket is not as the documents say. Ben is of two teams, red and blue.
 */
export interface Situation {
  readonly product: RunningProduct;
  readonly simulator: Simulator;
  readonly clock: FixedClock;
  /** Installs the app and waits for the end of the import. */
  install(): Promise<void>;
  /** Sends notices, lets all that is due be done, and moves the clock on by a minute. */
  tell(...notices: readonly (readonly SimulatorNotice[])[]): Promise<void>;
  settle(): Promise<void>;
  advance(milliseconds: number): Promise<void>;
  advanceUntil<T>(look: () => Promise<T | null>, patience: Patience): Promise<T>;
  /** Asks the API in the name of a page opened lately. */
  api(route: string): Promise<ApiReply>;
  /** The body of a 200. */
  get<T>(route: string): Promise<T>;
  close(): Promise<void>;
}

function createSituationWorld(): World {
  const toGroup = (slug: string, ...members: (typeof ada)[]) => ({
    ...{ slug, name: slug },
    memberUuids: members.map(({ uuid }) => uuid),
  });
  const groups = [toGroup('red', ada, ben), toGroup('blue', ben, cleo)];
  return createEmptyWorld({ slug: 'acme', people: [ada, ben, cleo, dan], groups, now: situationStart });
}

/** Starts both, with the given repositories; nothing is installed yet. */
export async function startSituation(
  from: { readonly repositories?: readonly NewRepository[]; readonly environment?: Record<string, string> } = {},
): Promise<Situation> {
  const clock = createFixedClock(situationStart);
  const environment = { RECONCILE_MINUTES: '60', ...from.environment };
  const product = await startProduct({ world: createSituationWorld(), clock, environment });
  const { simulator, stores } = product;
  for (const one of from.repositories ?? [{ slug: 'shop' }]) {
    simulator.repositories.createRepository({ at: situationStart - 90 * day, strategy: 'squash', ...one });
  }
  const ground = { stores, clock, app: product.app };
  const findSession = createSessionKeeper(product, clock);
  const api = async (route: string): Promise<ApiReply> => product.api(route, { session: await findSession() });
  const get = async <T>(route: string): Promise<T> => {
    const { status, body } = await api(route);
    if (status !== 200) throw new Error(`${route} answered ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };
  return {
    ...{ product, simulator, clock, api, get },
    install: () => install({ product, clock, get }),
    tell: async (...notices) => {
      await simulator.deliverAll(notices.flat());
      await settle(ground);
      clock.advance(minute);
    },
    settle: () => settle(ground),
    advance: (milliseconds) => advance(ground, milliseconds),
    advanceUntil: (look, patience) => advanceUntil(ground, look, patience),
    close: () => product.close(),
  };
}

/** Opens a page when the last one's session may have run out, by a clock that is moved on. */
function createSessionKeeper(product: RunningProduct, clock: FixedClock): () => Promise<string> {
  let kept = { session: '', until: 0 };
  return async () => {
    if (clock.now() >= kept.until) kept = { session: await product.openPage(), until: clock.now() + 10 * minute };
    return kept.session;
  };
}

type Installed = Pick<Situation, 'product' | 'clock' | 'get'>;

async function install({ product, clock, get }: Installed): Promise<void> {
  await startInstall({ product, clock });
  const ground = { ...product, clock };
  const look = async (): Promise<true | null> => ((await get<ImportStatus>('/import')).state === 'done' ? true : null);
  await advanceUntil(ground, look, { withinMs: 10 * minute, what: 'the import to be done' });
}

/** Installs the app and waits until there is a page to look at, whatever becomes of the import. */
export async function startInstall({ product, clock }: Pick<Situation, 'product' | 'clock'>): Promise<void> {
  await product.install();
  const ground = { ...product, clock };
  const look = (): Promise<true | null> =>
    product.openPage().then(
      () => true,
      () => null,
    );
  await advanceUntil(ground, look, { withinMs: 10 * minute, what: 'the install to be proven' });
}

/** A pull request of a repository of the situation, as Bitbucket has it. */
export function findPullRequest(
  { simulator }: Pick<Situation, 'simulator'>,
  id: number,
  repository = 'shop',
): PullRequest {
  const found = simulator.room.enter({ repository }).repository.pullRequests.get(id);
  if (found === undefined) throw new Error(`No pull request ${id}.`);
  return found;
}
