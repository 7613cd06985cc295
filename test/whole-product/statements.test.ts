import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startDrumbeat, type Drumbeat } from '../../src/compose';
import { createSessions } from '../../src/doors/sessions';
import { openDatabase } from '../../src/store/open-database';
import { openStores } from '../../src/store/stores';
import { sectionNames } from '../../src/web/pages/settings/sections';
import { createFixedClock } from '../support/fixed-clock';
import { toEnvironment } from '../support/product/start-product';
import { createTestDatabase, testEncryptionKey } from '../support/test-database';

/** What a page or an answer may cost the database while nothing has changed since the last one. */
const mostStatements = 7;
/** Beside numbers it says how the workspace is connected, and lists tokens and sign-in links; few people open it. */
const mostOfSettings = 12;

const fixtures = path.resolve(__dirname, '../fixtures');
const { askedAt } = JSON.parse(readFileSync(path.join(fixtures, 'answers.json'), 'utf8')) as { askedAt: number };
const administrator = '{aaaaaaaa-0000-4000-8000-000000000001}';

const nobody = { repositoryUuid: '', number: 0 };

interface Asked {
  readonly status: number;
  readonly statements: number;
}

let app: Drumbeat;
let session: string;
let repository: string;
let merged: number;
let open: number;
const sent: string[] = [];
const ends: (() => Promise<void>)[] = [];

/** The database of a workspace with history, corrections and open pull requests, without a worker beside the pages. */
beforeAll(async () => {
  const created = await createTestDatabase('sqlite');
  ends.push(() => created.remove());
  writeFileSync(
    created.url.replace('sqlite:', ''),
    gunzipSync(readFileSync(path.join(fixtures, 'database-0004.sqlite.gz'))),
  );
  const clock = createFixedClock(askedAt);
  const environment = { ...toEnvironment('http://127.0.0.1:9'), DATABASE_URL: created.url, ROLE: 'web' };
  app = await startDrumbeat(environment, { clock, onStatement: (sql) => void sent.push(sql) });
  ends.push(() => app.close());
  const database = await openDatabase({ url: created.url, poolSize: 2 });
  ends.push(() => database.close());
  const stores = openStores(database, { encryptionKey: testEncryptionKey });
  const [{ uuid: workspace } = { uuid: '' }] = await stores.workspaces.list();
  await stores.administrators.replaceAll(workspace, { userUuids: [administrator], now: askedAt });
  [{ repositoryUuid: repository, number: open } = nobody] = await stores.pullRequests.readOpen(workspace);
  const query = { state: 'MERGED', limit: 1 };
  [{ number: merged } = nobody] = await stores.pullRequests.list(workspace, repository, query);
  const sessions = createSessions({ ...stores, encryptionKey: testEncryptionKey, clock });
  const who = { userUuid: administrator, viewer: administrator, signIn: null };
  const grant = { workspace, repositoryUuid: null, role: 'write', page: 'settings', ...who } as const;
  ({ session } = (await sessions.issue(grant)) ?? { session: '' });
});

afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** Asked twice: the first time may read what has changed since the workspace was last looked at. */
async function ask(address: string): Promise<Asked> {
  const headers = { authorization: `Bearer ${session}` };
  await (await fetch(`${app.url}${address}`, { headers })).text();
  sent.length = 0;
  const reply = await fetch(`${app.url}${address}`, { headers });
  await reply.text();
  return { status: reply.status, statements: sent.length };
}

const range = 'from=2023-10-01&to=2024-07-15&interval=month';
const pages: readonly (readonly [string, () => string])[] = [
  ['the overview', () => `/pages/workspace?${range}`],
  ['a repository', () => `/pages/repository?repository=${repository}&${range}`],
  ['Changes & Reviews', () => `/pages/reviews?${range}`],
  ['Work in Progress', () => `/pages/work-in-progress?${range}`],
  ['the deployments', () => `/pages/deployments?${range}`],
  ['the deployments that failed', () => `/pages/deployments?outcome=failed&${range}`],
  ['the incidents', () => `/pages/incidents?${range}`],
  ['the merged pull requests', () => `/pages/pull-requests?${range}`],
  ['the open pull requests', () => `/pages/pull-requests?state=open&${range}`],
  ['a page with nothing to show', () => '/pages/deployments?from=2020-01-01&to=2020-01-31'],
  ['a merged pull request', () => `/pages/pull-request?repository=${repository}&number=${merged}`],
  ['an open pull request', () => `/pages/pull-request?repository=${repository}&number=${open}`],
  ['the panel of a repository', () => `/pages/repository-panel?repository=${repository}`],
  ['the panel of a pull request', () => `/pages/pull-request-panel?repository=${repository}&pull_request=${open}`],
  ...sectionNames.map((section) => [`the settings, ${section}`, () => `/pages/settings?section=${section}`] as const),
  ['getting started', () => '/pages/getting-started'],
];
const routes: readonly (readonly [string, () => string])[] = [
  '/metrics/accelerate',
  '/metrics/reviews',
  '/metrics/work-in-progress',
  '/deployments',
  '/incidents',
  '/pull-requests?state=merged',
  '/pull-requests?state=open',
  '/systems',
  '/teams',
  '/settings',
  '/import',
].map((route) => [route, () => `/api/v1${route}`]);

describe.each([
  ['A page', pages],
  ['An answer of the API', routes],
])(
  '%s costs at most seven statements, the settings twelve, authentication and import status included:',
  (_name, asked) => {
    it.each(asked)('%s', async (name, toAddress) => {
      const { status, statements } = await ask(toAddress());
      process.stdout.write(`${String(statements).padStart(3)} statements: ${name}\n`);

      expect(status).toBe(200);
      expect(statements).toBeGreaterThan(0);
      expect(statements).toBeLessThanOrEqual(name.startsWith('the settings') ? mostOfSettings : mostStatements);
    });
  },
);
