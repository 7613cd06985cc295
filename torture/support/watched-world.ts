import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator';
import type { Workspace, World } from '../../simulator/world/model';
import { live } from '../../test/support/product/live-days';
import {
  createApiCaller,
  productAppKey,
  toEnvironment,
  type ApiCaller,
} from '../../test/support/product/start-product';
import { makeKillableProduct, ProductEnded, type KillableProduct } from './killable-product';

/** The product before a Bitbucket, with whatever may happen to either of them. */
export interface Stage {
  readonly simulator: Simulator;
  readonly workspace: Workspace;
  readonly product: KillableProduct;
  readonly api: ApiCaller;
  close(): Promise<void>;
}

interface StageOptions {
  readonly world: World;
  readonly databaseUrl: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly simulator?: Omit<SimulatorOptions, 'world' | 'appKey'>;
  /** On top of the environment, at the first start alone. */
  readonly atFirst?: Readonly<Record<string, string>>;
}

/** As long as nobody asks for it nothing is compared: what is lost stays lost. */
const noReconciliation = '10000';
/** A server that was killed listens again before the last of three attempts. */
const retryDelayMs = 2_500;

/** Starts both; nothing is installed yet. Where the first start ends before it is through, another follows. */
export async function openStage({ world, databaseUrl, ...options }: StageOptions): Promise<Stage> {
  const simulator = await startSimulator({ world, appKey: productAppKey, retryDelayMs, ...options.simulator });
  const product = await makeKillableProduct({
    ...toEnvironment(simulator.url),
    ...{ DATABASE_URL: databaseUrl, RECONCILE_MINUTES: noReconciliation, LOG_LEVEL: 'error' },
    ...options.environment,
  });
  await product.start(options.atFirst).catch((error: unknown) => {
    if (options.atFirst === undefined || !(error instanceof ProductEnded)) throw error;
    return product.start();
  });
  return {
    ...{ simulator, product },
    workspace: simulator.room.findWorkspace(undefined),
    api: createApiCaller(simulator, () => product.url),
    async close() {
      await product.remove();
      await simulator.close();
    },
  };
}

const hour = 3_600_000;
/** A life is over by then. */
const lifetime = hour / 2;
/** About what one life tells. */
export const noticesOfLife = 6;

interface Lives {
  readonly seed: number;
  readonly pullRequests: number;
  /** When the last of it is over at the latest. Default: the present. */
  readonly until?: number;
  /** From one life to the next, in milliseconds. Default: an hour. */
  readonly apart?: number;
}

/** What happens in the workspace from now on, a life after the other; each act when it is asked for. */
export function* liveOn(
  { simulator, workspace }: Pick<Stage, 'simulator' | 'workspace'>,
  { seed, pullRequests, until = simulator.clock.now(), apart = hour }: Lives,
): Generator<SimulatorNotice[]> {
  const repositories = [...workspace.repositories.values()].filter(({ mainBranch }) => mainBranch !== null);
  const isAtWork = ({ kind, isFormer }: { kind: string; isFormer: boolean }): boolean => kind === 'user' && !isFormer;
  yield* live(simulator, {
    repositories: repositories.map(({ slug }) => slug),
    people: [...workspace.people.values()].filter(isAtWork).map(({ uuid }) => uuid),
    ...{ pullRequests, seed, apart },
    from: toSecond(until - pullRequests * apart - lifetime),
  });
}

/** Commits have whole seconds. */
const toSecond = (at: number): number => Math.floor(at / 1000) * 1000;
