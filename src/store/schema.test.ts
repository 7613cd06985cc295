import { openDatabase } from './open-database';
import { databaseKinds, openTestStores, type TestStores } from '../../test/support/test-database';
import {
  anActivity,
  aCorrection,
  aDeliveryDay,
  aMergedPullRequest,
  aMergedSnapshot,
  anIncident,
  deploymentsOf,
  anInstant,
  aRepository,
  aRepositoryUuid,
  aCommit,
  aHash,
} from '../../test/support/builders';
import { allTables } from './stores';

/** Sign-ins are of people, who may see several workspaces; what they may see is erased with each. Turns are of all. */
const notOfWorkspaces = ['schema_migrations', 'encryption_key', 'sign_ins', 'turns'];
/** What is asked before, or across, workspaces. */
const otherIndexes = [
  'pending_installs (id)',
  'connections (kind, reference)',
  'pending_installs (client_key)',
  'pending_reinstalls (reference)',
  'api_tokens (token_hash)',
  'sign_in_links (token_hash)',
  'sign_ins (id)',
  'sign_ins (viewer)',
  'turns (name)',
];

async function listTables({ database }: TestStores): Promise<string[]> {
  const sql =
    database.dialect === 'sqlite'
      ? `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
  const rows = await database.read<{ name: string }>(sql, []);
  return rows.map((row) => row.name).filter((name) => !notOfWorkspaces.includes(name));
}

/** Each index and primary key as `table (columns)`. */
async function listIndexes({ database }: TestStores): Promise<string[]> {
  if (database.dialect === 'postgres') {
    const rows = await database.read<{ table: string; definition: string }>(
      `SELECT tablename AS table, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'`,
      [],
    );
    return rows.map((row) => `${row.table} ${/\([^)]*\)/u.exec(row.definition)?.[0] ?? ''}`);
  }
  const rows = await database.read<{ table: string; columns: string }>(
    `SELECT t.name AS "table", (SELECT group_concat(c.name, ', ') FROM pragma_index_info(i.name) c) AS columns
     FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'`,
    [],
  );
  return rows.map((row) => `${row.table} (${row.columns})`);
}

/** A row of the workspace in every table. */
async function fill(stores: TestStores, workspace: string): Promise<void> {
  const { pullRequests, mergeRecords } = stores;
  await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: anInstant });
  await stores.settings.save(workspace, await stores.settings.get(workspace));
  await stores.connections.saveNew({
    workspace,
    kind: 'connect',
    reference: `key of ${workspace}`,
    credentials: 's',
    installedAt: anInstant,
  });
  const hook = { workspace, uuid: '{hook}', reference: `key of ${workspace}`, repositoryUuid: null };
  await stores.webhooks.save({ ...hook, madeAt: anInstant, checkedAt: anInstant, problem: null });
  const check = { step: 'workspace', result: 'works', sentence: 's', wayOut: null } as const;
  await stores.connectionChecks.replaceAll(workspace, [check], anInstant);
  const rights = { isAdministrator: false, repositories: [aRepositoryUuid], readAt: anInstant };
  await stores.viewers.saveRights(workspace, '{a}', rights);
  const link = { workspace, id: 'l', tokenHash: `hash of ${workspace}`, name: null, isAdministrator: true };
  await stores.viewers.saveLink({ ...link, madeAt: 1, validUntil: 2, usedAt: null, revokedAt: null });
  await stores.connections.addPending({ workspace, clientKey: `k${workspace}`, secret: 's', receivedAt: anInstant });
  const reinstall = { workspace, reference: `k${workspace}`, secret: 's', receivedAt: anInstant };
  await stores.database.transaction((tx) => stores.reinstalls.add(reinstall, tx));
  await stores.repositories.saveAll(workspace, [aRepository()]);
  await pullRequests.saveSnapshots(workspace, aRepositoryUuid, [aMergedSnapshot()]);
  await pullRequests.saveMergeTimes(workspace, aRepositoryUuid, [{ number: 1, source: 'notice', at: anInstant }]);
  await pullRequests.saveActivities(workspace, aRepositoryUuid, [{ number: 1, activity: anActivity() }]);
  await pullRequests.saveCommits(workspace, aRepositoryUuid, [
    { number: 1, head: null, commits: [{ hash: aHash(1), authoredAt: anInstant }], isComplete: true },
  ]);
  await mergeRecords.recordMerges(workspace, aRepositoryUuid, [
    { number: 1, defaultBranch: 'main', teams: ['core'], teamsAsOf: 'merge', mergeRecordedAt: anInstant },
  ]);
  await stores.commits.saveAll(workspace, aRepositoryUuid, [aCommit()]);
  const pushes = [{ branch: 'b', oldHash: null, newHash: aHash(1), isWhole: true, commits: [aCommit()] }];
  await stores.database.transaction((tx) =>
    stores.pushes.saveAll(workspace, aRepositoryUuid, { pushes, at: anInstant }, tx),
  );
  const problem = { number: 1, what: 'pull_request' as const, problem: 'p', since: anInstant };
  await stores.readingProblems.note(workspace, { repositoryUuid: aRepositoryUuid, ...problem });
  await stores.teams.replaceGroups(workspace, [{ slug: 'core', name: 'Core', memberUuids: ['{a}', '{b}'] }], anInstant);
  const deployments = deploymentsOf([aMergedPullRequest({ teams: ['core'] })]);
  await stores.deliveries.replaceDay(workspace, aDeliveryDay({ deployments, incidents: [anIncident()] }));
  const connected = { uuid: workspace, connectedAt: anInstant };
  await stores.columns.saveMonth(connected, { month: '2026-11', columns: Buffer.from([1]) });
  await stores.columns.saveCheckpoint(connected, { version: 1, basis: 'b', names: '{}' });
  await stores.deliveries.noteRecording(workspace, { version: 1, basis: '' });
  await stores.corrections.add(workspace, aCorrection());
  await stores.notes.add(workspace, { date: '2026-03-02', text: 'n', by: null, now: anInstant });
  await stores.administrators.replaceAll(workspace, { userUuids: ['{a}'], now: anInstant });
  await stores.submissions.claim(workspace, { mark: 'm', now: anInstant });
  await stores.notices.keepAll([
    { workspace, deliveryId: 'd', bodyHash: 'h', eventKey: null, body: '{}', receivedAt: anInstant },
  ]);
  await stores.jobs.enqueue({ workspace, kind: 'import', key: 'x', runAt: anInstant });
  await stores.imports.save({
    workspace,
    repositoryUuid: aRepositoryUuid,
    phase: 'done',
    cursor: null,
    since: 0,
    listed: 1,
    expected: 1,
    finished: 1,
    pages: 1,
    problem: null,
    startedAt: anInstant,
    finishedAt: anInstant,
    anew: false,
  });
  await stores.requests.reserveSome({ workspace, now: anInstant, limit: 10, lane: 'live', purpose: 'p' }, { most: 1 });
  await stores.requests.pause(workspace, { since: anInstant, until: anInstant });
  await stores.database.transaction((tx) => stores.repairs.add(workspace, { now: anInstant, count: 1 }, tx));
  await stores.apiTokens.create({ workspace, name: 't', scope: 'read', now: anInstant });
  const kept = { query: 'range=30', labels: {} };
  await stores.views.add(workspace, { ...kept, name: 'v', page: 'workspace', madeBy: null, now: anInstant });
  await stores.views.saveUsual(workspace, kept.query, { viewer: null, now: anInstant });
  await stores.views.saveLast({ workspace, viewer: '{a}', place: '' }, kept, anInstant);
}

describe.each(databaseKinds)('The schema on %s', (kind) => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await openTestStores(kind);
    await fill(stores, '{mine}');
    await fill(stores, '{other}');
  });
  afterAll(() => stores.close());

  it('has no table that is not defined, so none that an erasure could forget', async () => {
    const isOfWorkspaces = ({ name }: { readonly name: string }) => !notOfWorkspaces.includes(name);
    const defined = allTables.filter(isOfWorkspaces).map(({ name }) => name);
    expect(defined.toSorted()).toEqual((await listTables(stores)).toSorted());
  });

  it('begins every key and index with the workspace, but for the few that are asked across workspaces', async () => {
    const others = (await listIndexes(stores)).filter(
      (index) => !index.includes('(workspace') && !/^(workspaces|schema_migrations|encryption_key) /u.test(index),
    );
    expect(others.toSorted()).toEqual(otherIndexes.toSorted());
  });

  it('loses all of an erased workspace and nothing of another', async () => {
    const counts = await stores.erasure.erase('{mine}');
    const tables = await listTables(stores);
    expect(Object.keys(counts).toSorted()).toEqual(tables.toSorted());
    expect(tables.filter((name) => !((counts[name] ?? 0) > 0))).toEqual([]);
    for (const name of tables) {
      const column = name === 'workspaces' ? 'uuid' : 'workspace';
      const rows = await stores.database.read<{ uuid: string }>(`SELECT ${column} AS uuid FROM ${name}`, []);
      expect(new Set(rows.map((row) => row.uuid))).toEqual(new Set(['{other}']));
    }
  });

  it('is not touched by opening it again', async () => {
    const again = await openDatabase({ url: stores.url });
    await again.close();
    expect(await stores.workspaces.get('{other}')).not.toBeNull();
  });
});
