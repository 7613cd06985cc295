import fc from 'fast-check';
import { aMergedSnapshot, anInstant, aWorkspaceUuid as workspace } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { imports } from '../../store/schema/repositories';
import { createImportStatus } from './import-status';

const phases = ['pull_requests', 'open', 'activity', 'history', 'commits', 'done', 'failed'] as const;

/** How far the import of a repository is, with how many pull requests known, and of how many of them the commits. */
const standing = fc.record({
  phase: fc.constantFrom(...phases),
  listed: fc.nat(120),
  expected: fc.option(fc.nat(400)),
  known: fc.nat(3),
  read: fc.nat(3),
});

describe.each(databaseKinds)('How far an import is, on %s', (kind) => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterAll(() => stores.close());

  it('is the same on every page as in the settings, however far its repositories are', async () => {
    const { pullRequests, requests, database } = stores;
    const usage = async () => ({ ...(await requests.usage(workspace, anInstant)), limit: 30 });
    const status = createImportStatus({ stores, clock: createFixedClock(anInstant), usage });
    for (const purpose of ['activity', 'history']) {
      await requests.reserveSome({ workspace, now: anInstant, limit: 30, lane: 'live', purpose }, { most: 9 });
    }
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(standing, { minLength: 1, maxLength: 5 }), async (standings) => {
        await database.delete(imports, { workspace });
        for (const { known, read, ...one } of standings) {
          const repositoryUuid = `{${(made += 1)}}`;
          await stores.imports.save({
            ...{ ...one, workspace, repositoryUuid, cursor: null, since: 0, finished: 0, pages: 1, problem: null },
            ...{ startedAt: anInstant, finishedAt: null, anew: false },
          });
          const numbers = Array.from({ length: known }, (_, index) => index + 1);
          const snapshots = numbers.map((number) => aMergedSnapshot({ number }));
          const commits = numbers
            .slice(0, read)
            .map((number) => ({ number, head: null, commits: [], isComplete: true }));
          await pullRequests.save(workspace, repositoryUuid, { snapshots, commits });
        }
        const { isImporting, importing } = await status.loadProgress(workspace);
        const { state, pull_requests, eta_seconds } = await status.load(workspace, null);
        expect(isImporting).toBe(state === 'running');
        expect(importing).toEqual(isImporting ? { ...pull_requests, etaSeconds: eta_seconds } : null);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
