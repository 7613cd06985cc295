/* eslint import-x/no-default-export: off -- the test runner asks for it */
import { PostgresBroker } from './postgres-broker';

/** `TEST_DATABASE_URL` names a server to use; else the run has one of its own, started when first asked for. */
export default async function setUp(): Promise<void> {
  if (process.env.TEST_DATABASE_URL !== undefined) {
    return;
  }
  const broker = new PostgresBroker();
  process.env.TEST_POSTGRES_BROKER = await broker.listen();
  (globalThis as { postgresBroker?: PostgresBroker }).postgresBroker = broker;
}
