import {
  aMergedSnapshot,
  anInstant,
  aPerson,
  aPullRequestSnapshot,
  aRepositoryUuid as repository,
  aWorkspaceUuid as workspace,
  day,
  hour,
} from '../../../test/support/builders';
import { saveUndatedMerges } from '../../../test/support/facts/saved-merges';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { ImportPhase } from '../repositories/import-store';
import { selectUndated } from './read-undated';

const other = '{55555555-5555-4555-8555-555555555555}';

describe.each(databaseKinds)('Merges without a date on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const saveImport = (phase: ImportPhase, repositoryUuid = repository) =>
    stores.imports.save({
      ...{ workspace, repositoryUuid, phase, cursor: null, since: 0, listed: 1, expected: 1, finished: 1, pages: 1 },
      ...{ problem: null, startedAt: anInstant, finishedAt: null, anew: false },
    });
  const numbers = async () => (await stores.pullRequests.listUndated(workspace)).map(({ number }) => number);

  it('are named with what is known of them, newest opening first', async () => {
    await saveUndatedMerges(stores, repository, [{ number: 1, teams: ['web', 'core'], title: 'Say "when"' }]);
    await saveUndatedMerges(stores, other, [{ number: 2, openedAt: anInstant + hour, author: null }]);
    const shared = { destinationBranch: 'main', mergeRecordedAt: anInstant + 2 * day };
    expect(await stores.pullRequests.listUndated(workspace)).toEqual([
      {
        ...{ ...shared, repositoryUuid: other, number: 2, title: 'Count the drums', openedAt: anInstant + hour },
        ...{ teams: [], authorUuid: null },
      },
      {
        ...{ ...shared, repositoryUuid: repository, number: 1, title: 'Say "when"', openedAt: anInstant },
        ...{ teams: ['core', 'web'], authorUuid: aPerson().uuid },
      },
    ]);
    expect(await stores.pullRequests.listUndated('{other}')).toEqual([]);
  });

  it('are neither open or declined ones, nor merges that are dated or still to be settled', async () => {
    await saveUndatedMerges(stores, repository, [{ number: 1 }, { number: 2 }]);
    await stores.pullRequests.saveSnapshots(workspace, repository, [
      aMergedSnapshot({ number: 3 }),
      aPullRequestSnapshot({ number: 4 }),
      aPullRequestSnapshot({ number: 5, state: 'DECLINED' }),
    ]);
    expect(await numbers()).toEqual([2, 1]);
    await stores.pullRequests.saveMergeTimes(workspace, repository, [
      { number: 2, source: 'merge_commit', at: anInstant + day },
    ]);
    expect(await numbers()).toEqual([1]);
  });

  it('give the workspace a new version when they come, and when they are dated after all', async () => {
    const version = async () => (await stores.workspaces.get(workspace))?.version ?? 0;
    const before = await version();
    await saveUndatedMerges(stores, repository, [{ number: 1 }]);
    const known = await version();
    await stores.pullRequests.saveMergeTimes(workspace, repository, [{ number: 1, source: 'notice', at: anInstant }]);
    expect([known > before, (await version()) > known]).toEqual([true, true]);
  });

  it('are not told while the history of their repository is read: who could date them is still being asked', async () => {
    await saveUndatedMerges(stores, repository, [{ number: 1 }]);
    await saveUndatedMerges(stores, other, [{ number: 2 }]);
    await saveImport('done', other);
    for (const phase of ['pull_requests', 'open', 'activity', 'history', 'commits'] as const) {
      await saveImport(phase);
      expect(await numbers()).toEqual([2]);
    }
    for (const phase of ['done', 'failed'] as const) {
      await saveImport(phase);
      expect(await numbers()).toEqual([1, 2]);
    }
  });

  it('are found by their index', async () => {
    const explained = kind === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const plan = await stores.database.transaction(async (tx) => {
      // With a handful of rows PostgreSQL reads the whole table, whatever index there is.
      if (kind === 'postgres') await stores.database.write('SET LOCAL enable_seqscan = off', [], tx);
      return stores.database.read(`${explained} ${selectUndated}`, [workspace], tx);
    });
    expect(JSON.stringify(plan)).toContain('pull_requests_undated');
  });
});
