/* eslint import-x/no-default-export: off -- the test runner asks for it */
import type { PostgresBroker } from './postgres-broker';

/** Stops what the set-up, or a test through it, has started. */
export default async function tearDown(): Promise<void> {
  await (globalThis as { postgresBroker?: PostgresBroker }).postgresBroker?.stop();
}
