import { existsSync, rmSync } from 'node:fs';
import { CannotStart } from '../../src/machine/cannot-start';
import { startDrumbeat, type Drumbeat } from '../../src/compose';
import { startSimulator, type Simulator } from '../../simulator/simulator';
import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { openDatabase } from '../../src/store/open-database';
import { createApiCaller, toEnvironment, untilImported } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import { createTestDatabase, type TestDatabaseUrl } from '../support/test-database';

/** The way of docs/operations.md, "The key is lost", from end to end. */

let created: TestDatabaseUrl;
let simulator: Simulator;
let app: Drumbeat | null = null;

beforeEach(async () => {
  created = await createTestDatabase('sqlite');
  const world = createEmptyWorld({ slug: 'acme', people: [createAccount('Ada Owner')] });
  simulator = await startSimulator({ world, appKey: 'drumbeat', clock: testClock });
  simulator.repositories.createRepository({ slug: 'shop' });
});

afterEach(async () => {
  await app?.close();
  await simulator.close();
  await created.remove();
});

function start(): Promise<Drumbeat> {
  const environment = { ...toEnvironment(simulator.url), DATABASE_URL: created.url, ENCRYPTION_KEY: '' };
  return startDrumbeat(environment, { clock: testClock });
}

async function installAndImport(): Promise<void> {
  app = await start();
  expect((await simulator.install(app.url)).status).toBe(204);
  const { url } = app;
  await untilImported(createApiCaller(simulator, () => url));
}

async function change(...statements: string[]): Promise<void> {
  const database = await openDatabase({ url: created.url });
  for (const statement of statements) await database.write(statement, []);
  await database.close();
}

it('a lost key file stops the start, and without the stored secrets every workspace can be installed again', async () => {
  const keyFile = `${created.url.slice('sqlite:'.length)}.key`;
  await installAndImport();
  await app?.close();
  app = null;
  rmSync(keyFile);

  const refused = start();
  await expect(refused).rejects.toThrow(CannotStart);
  await expect(refused).rejects.toThrow(`The key file ${keyFile} is missing`);
  expect(existsSync(keyFile)).toBe(false);

  await change('DELETE FROM connections', 'DELETE FROM pending_installs', 'DELETE FROM encryption_key');
  await installAndImport();
  expect(existsSync(keyFile)).toBe(true);
});
