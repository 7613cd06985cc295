import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser';
import { startProduct, type RunningProduct } from '../product/start-product';
import { testClock } from '../test-clock';
import { addOpenWork } from './open-work';
import { createSmallWorld } from './small-world';

/** A browser, and the product that has read a small world. */
export interface ShownProduct {
  readonly browser: Browser;
  readonly product: RunningProduct;
  close(): Promise<void>;
}

export interface Showing {
  /** Of each busy repository. */
  readonly pullRequests: number;
  /** Default: the open pull requests that grow with the world. */
  readonly hasOpenWork?: boolean;
  /** What else is to be in the world before the product reads it. */
  readonly prepare?: (simulator: RunningProduct['simulator']) => void;
}

export async function showSmallWorld({ pullRequests, hasOpenWork, prepare }: Showing): Promise<ShownProduct> {
  const world = createSmallWorld(testClock.now(), pullRequests);
  const [browser, product] = await Promise.all([launchBrowser(), startProduct({ world })]);
  if (hasOpenWork === true) addOpenWork(product.simulator, testClock.now());
  prepare?.(product.simulator);
  await product.install();
  await product.untilImported();
  const close = async () => {
    await browser.close();
    await product.close();
  };
  return { browser, product, close };
}
