import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser';
import { startHouse, type House } from '../house/house';
import { testClock } from '../test-clock';
import { addOpenWork } from './open-work';
import { createSmallWorld } from './small-world';

/** A browser, and the product that has read a small world. */
export interface ShownProduct {
  readonly browser: Browser;
  readonly house: House;
  close(): Promise<void>;
}

export interface Showing {
  /** Of each busy repository. */
  readonly pullRequests: number;
  /** Default: the open pull requests that grow with the world. */
  readonly hasOpenWork?: boolean;
  /** What else is to be in the world before the product reads it. */
  readonly prepare?: (simulator: House['simulator']) => void;
}

export async function showSmallWorld({ pullRequests, hasOpenWork, prepare }: Showing): Promise<ShownProduct> {
  const world = createSmallWorld(testClock.now(), pullRequests);
  const [browser, house] = await Promise.all([launchBrowser(), startHouse({ world })]);
  if (hasOpenWork === true) addOpenWork(house.simulator, testClock.now());
  prepare?.(house.simulator);
  await house.install();
  await house.untilImported();
  const close = async () => {
    await browser.close();
    await house.close();
  };
  return { browser, house, close };
}
