import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDrumbeat } from '../src/compose';
import { startSimulator, type Simulator } from './simulator';
import { sampleDays } from './world/growth/sample-world';
import { day } from './world/working-time';
import type { Clock, World } from './world/model';

export interface DemoPlace {
  /** Of the simulated Bitbucket; 0 takes a free one. */
  readonly port: number;
  /** That of the world as well. */
  readonly clock: Clock;
  /** What the product is started with besides. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A simulated Bitbucket and the product before it, in a folder of their own. */
export interface DemoProduct {
  readonly simulator: Simulator;
  readonly appUrl: string;
  readonly folder: string;
  /** What the product was started with. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts both; no workspace is connected yet. */
export async function startDemoProduct(world: World, place: DemoPlace): Promise<DemoProduct> {
  const { port, clock } = place;
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
    ...place.environment,
  };
  const drumbeat = await startDrumbeat(environment, { clock });
  return {
    ...{ simulator, folder, environment, appUrl: drumbeat.url },
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
