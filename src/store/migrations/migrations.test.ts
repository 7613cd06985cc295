import { defaultBotPatterns } from '../../domain/reviews/find-bots';
import { defaultWorkspaceSettings } from '../../domain/settings/workspace-settings';
import { aWorkspaceUuid as workspace, aRepositoryUuid as repository } from '../../../test/support/builders';
import {
  createTestDatabase,
  databaseKinds,
  testEncryptionKey,
  type TestDatabaseUrl,
} from '../../../test/support/test-database';
import { Encryption } from '../encryption/encryption';
import { openDatabase } from '../open-database';
import { jobs } from '../schema/work';
import { openStores } from '../stores';
import { firstSchema } from './0001-first-schema';
import { allMigrations } from './all-migrations';

const columns = `workspace, repository, number, title, state, is_draft, opened_at, updated_at, seen, commits_state,
  source_hash, lines_added, lines_removed, size_problem, merged_at, sealed_at`;
/** Number, state, source head, lines, problem: as a database of the first schema holds them. */
const pullRequests = [
  `1, 'sized', 'MERGED', 0, 1, 2, 8, 'complete', '${'a'.repeat(40)}', 3, 4, NULL, 5, 5`,
  `2, 'too large', 'MERGED', 0, 1, 2, 8, 'complete', NULL, NULL, NULL, 'too large', 5, 5`,
  `3, 'not yet', 'MERGED', 0, 1, 2, 8, 'complete', 'bbbbbbbbbbbb', NULL, NULL, NULL, 5, 5`,
  `4, 'open', 'OPEN', 0, 1, 2, 8, 'complete', 'cccccccccccc', NULL, NULL, NULL, NULL, NULL`,
];

/** A database as the product left it before there were reviews and corrections. */
async function fillFirst(url: string): Promise<void> {
  const database = await openDatabase({ url, migrations: [firstSchema] });
  await database.write(`INSERT INTO workspaces (uuid, slug, name, version, connected_at) VALUES ($1, 'a', 'A', 7, 1)`, [
    workspace,
  ]);
  await database.write(
    `INSERT INTO workspace_settings VALUES ($1, 'Europe/Berlin', 'dora-2024', 0, 'fix\nhotfix', '')`,
    [workspace],
  );
  for (const values of pullRequests) {
    await database.write(`INSERT INTO pull_requests (${columns}) VALUES ($1, $2, ${values})`, [workspace, repository]);
  }
  await database.close();
}

describe.each(databaseKinds)('A database of the first schema on %s', (kind) => {
  let created: TestDatabaseUrl;
  beforeEach(async () => {
    created = await createTestDatabase(kind);
    await fillFirst(created.url);
  });
  afterEach(() => created.remove());

  it('keeps what it holds, and has the new defaults', async () => {
    const database = await openDatabase({ url: created.url });
    const stores = openStores(database, { encryptionKey: testEncryptionKey });
    expect(await stores.workspaces.get(workspace)).toMatchObject({ slug: 'a', version: 7, administratorsReadAt: null });
    expect(await stores.settings.get(workspace)).toEqual({
      timezone: 'Europe/Berlin',
      levels: 'dora-2024',
      incidentRules: { revert: false, branchPrefixes: ['fix', 'hotfix'], titlePrefixes: [] },
      exclusions: { people: [], bots: defaultBotPatterns, repositories: [] },
      viewersWithoutRights: 'everybody',
    });
    expect(await stores.settings.get('{other}')).toEqual(defaultWorkspaceSettings);
    await database.close();
  });

  it('reads no size twice, and those of open pull requests now too', async () => {
    const database = await openDatabase({ url: created.url });
    const { pullRequests: store, progress } = openStores(database, { encryptionKey: testEncryptionKey });
    const wanted = await store.list(workspace, repository, { needs: 'size' });
    expect(wanted.map(({ number }) => number)).toEqual([4, 3]);
    const merged = await store.readMerged(workspace, '1970-01');
    expect(merged.map(({ linesChanged }) => linesChanged)).toEqual([7, null, null]);
    expect((await progress.readWhole(workspace, [])).counts).toMatchObject([{ merged: 3, open: 1, unsized: 2 }]);
    await database.close();
  });
});

describe.each(databaseKinds)('A database that knew one comparison for the whole workspace on %s', (kind) => {
  let created: TestDatabaseUrl;
  beforeEach(async () => {
    created = await createTestDatabase(kind);
  });
  afterEach(() => created.remove());

  /** A repository that was imported, one whose import failed, and one that nobody imported. */
  async function fill(): Promise<void> {
    const database = await openDatabase({ url: created.url, migrations: allMigrations.slice(0, 2) });
    await database.write(
      `INSERT INTO workspaces (uuid, slug, name, version, connected_at, verified_at) VALUES ($1, 'a', 'A', 7, 1, 9)`,
      [workspace],
    );
    for (const uuid of ['{done}', '{failed}', '{never}']) {
      await database.write(
        `INSERT INTO repositories (workspace, uuid, slug, name, full_name, read_at) VALUES ($1, $2, 's', 'S', 'a/s', 1)`,
        [workspace, uuid],
      );
    }
    for (const phase of ['done', 'failed']) {
      await database.write(
        `INSERT INTO imports (workspace, repository, phase, since, listed, finished, pages, started_at, anew)
         VALUES ($1, $2, $3, 1, 0, 0, 0, 1, 0)`,
        [workspace, `{${phase}}`, phase],
      );
    }
    await database.write(
      `INSERT INTO jobs (workspace, kind, key, state, run_at, attempts, generation)
       VALUES ($1, 'reconcile-finish', 'all', 'ready', 1, 0, 1)`,
      [workspace],
    );
    await database.close();
  }

  it('has a mark for each repository whose history was imported, and no job that nobody knows', async () => {
    await fill();
    const database = await openDatabase({ url: created.url });
    const stores = openStores(database, { encryptionKey: testEncryptionKey });
    const repositories = await stores.repositories.list(workspace);
    expect(repositories.map(({ uuid, verifiedAt }) => [uuid, verifiedAt])).toEqual([
      ['{done}', 9],
      ['{failed}', null],
      ['{never}', null],
    ]);
    expect(await stores.workspaces.get(workspace)).toMatchObject({ verifiedAt: 9, repositoriesReadAt: 9 });
    expect(await database.find(jobs, { where: {} })).toEqual([]);
    await database.close();
  });
});

describe.each(databaseKinds)('A database that knew connections of Connect alone on %s', (kind) => {
  const encryption = new Encryption(testEncryptionKey);
  let created: TestDatabaseUrl;
  beforeEach(async () => {
    created = await createTestDatabase(kind);
    const database = await openDatabase({ url: created.url, migrations: allMigrations.slice(0, 4) });
    for (const [key, status, installedAt, previous] of [
      ['earlier', 'live', 3, 'before'],
      ['later', 'live', 5, null],
      ['gone', 'uninstalled', 9, null],
    ] as const) {
      const encrypt = (text: string) => encryption.encrypt(text, ['connections', workspace, key]);
      await database.write(
        `INSERT INTO connections (workspace, client_key, kind, secret, previous_secret, status, epoch, installed_at)
         VALUES ($1, $2, 'connect', $3, $4, $5, $6, $7)`,
        [workspace, key, encrypt(`of ${key}`), previous && encrypt(previous), status, `epoch of ${key}`, installedAt],
      );
    }
    await database.close();
  });
  afterEach(() => created.remove());

  it('keeps every secret and session, and the later one of two that were live', async () => {
    const database = await openDatabase({ url: created.url });
    const { connections } = openStores(database, { encryptionKey: testEncryptionKey });
    const common = {
      ...{ workspace, kind: 'connect', problem: null, clockAheadSeconds: null },
      ...{ repositories: null, hearing: 'notices', givenAt: null, expiresAt: null },
    };
    expect(await connections.getByReference('connect', 'earlier')).toEqual({
      ...common,
      ...{ reference: 'earlier', credentials: 'of earlier', previousCredentials: 'before', epoch: 'epoch of earlier' },
      ...{ status: 'uninstalled', installedAt: 3, uninstalledAt: 5 },
    });
    expect(await connections.getLive(workspace)).toEqual({
      ...common,
      ...{ reference: 'later', credentials: 'of later', previousCredentials: null, epoch: 'epoch of later' },
      ...{ status: 'live', installedAt: 5, uninstalledAt: null },
    });
    expect(await connections.getByReference('connect', 'gone')).toMatchObject({ credentials: 'of gone' });
    await database.close();
  });
});
