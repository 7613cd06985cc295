import fc from 'fast-check';
import { aPullRequestSnapshot, anInstant, aRepositoryUuid, hour } from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';

const other = '{33333333-3333-4333-8333-333333333333}';
const numbers = fc.integer({ min: 1, max: 4 });
const hash = fc.constantFrom('aaaaaaaaaaaa', 'bbbbbbbbbbbb', null);

/** One thing that is learnt of a pull request, or forgotten. */
const fact = fc.oneof(
  fc
    .record({
      number: numbers,
      state: fc.constantFrom('OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'),
      updatedAt: fc.integer({ min: 0, max: 3 }).map((step) => anInstant + step * hour),
      hash,
    })
    .map(({ hash: head, ...told }) => ({
      snapshots: [
        aPullRequestSnapshot({
          ...told,
          source: { branch: 'fix', hash: head, repositoryUuid: null, repositoryFullName: null },
        }),
      ],
    })),
  fc
    .record({ number: numbers, head: hash, isComplete: fc.boolean() })
    .map((row) => ({ commits: [{ ...row, commits: [] }] })),
  fc
    .record({ number: numbers, head: hash, linesAdded: fc.nat(9), linesRemoved: fc.nat(9) })
    .map((row) => ({ sizes: [row] })),
  numbers.map((number) => ({ forgotten: [number] })),
);
const step = fc.record({ repositoryUuid: fc.constantFrom(aRepositoryUuid, other), fact });

/** By looking at every row: what is counted along is to be the same. */
const countRows = `SELECT repository AS "repositoryUuid", count(*) AS total,
    count(CASE WHEN state = 'MERGED' THEN 1 END) AS merged,
    count(CASE WHEN state = 'OPEN' THEN 1 END) AS open,
    count(CASE WHEN state = 'MERGED' AND commits_state = 'unread' THEN 1 END) AS "unreadCommits",
    count(CASE WHEN state IN ('MERGED', 'OPEN')
      AND (size_head IS NULL OR size_head <> substr(coalesce(source_hash, ''), 1, 12)) THEN 1 END) AS unsized
  FROM pull_requests WHERE workspace = $1 GROUP BY repository ORDER BY repository`;

describe.each(databaseKinds)('The counts of pull requests on %s', (kind) => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await openTestStores(kind);
  });
  afterAll(() => stores.close());

  it('are what looking at every row tells, whatever was learnt in whatever order', async () => {
    const { pullRequests, progress, database, workspaces } = stores;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        run += 1;
        const workspace = `{${run}}`;
        await workspaces.save({ uuid: workspace, slug: workspace, name: workspace, connectedAt: 0 });
        for (const { repositoryUuid, fact: one } of steps) {
          if ('forgotten' in one) await pullRequests.forgetSizes(workspace, repositoryUuid, one.forgotten);
          else await pullRequests.save(workspace, repositoryUuid, one);
        }
        const { counts } = await progress.readWhole(workspace, []);
        const counted = counts.toSorted((a, b) => a.repositoryUuid.localeCompare(b.repositoryUuid));
        expect(counted).toEqual(await database.read(countRows, [workspace]));
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('are not changed by what is rolled back', async () => {
    const { pullRequests, progress, database, workspaces } = stores;
    const workspace = '{rolled back}';
    await workspaces.save({ uuid: workspace, slug: 'r', name: 'R', connectedAt: 0 });
    const failing = database.transaction(async (tx) => {
      await pullRequests.saveSnapshots(workspace, aRepositoryUuid, [aPullRequestSnapshot()], tx);
      throw new Error('Stopped.');
    });
    await expect(failing).rejects.toThrow('Stopped.');
    expect((await progress.readWhole(workspace, [])).counts).toEqual([]);
  });
});
