import fc from 'fast-check';
import type { MergeTimeSource } from '../../domain/pull-requests/merge-time';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import {
  aPerson,
  anActivity,
  anInstant,
  aPullRequestSnapshot,
  aRepositoryUuid,
  hour,
} from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { mergeSnapshots, toSnapshotRow } from './merge-snapshots';
import type { PullRequestRow } from '../schema/pull-requests';

const maybe = <T>(...values: T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...values);
const at = fc.integer({ min: 0, max: 3 }).map((step) => anInstant + step * hour);
const person = fc.record({
  uuid: fc.constantFrom('{a}', '{b}'),
  displayName: maybe('Ada', 'Bea'),
  accountId: maybe('1', '2'),
  type: fc.constantFrom('user', 'app_user'),
});
const branchEnd = fc.record({
  branch: maybe('main', 'fix'),
  hash: maybe('aaaaaaaaaaaa', 'bbbbbbbbbbbb'),
  repositoryUuid: maybe('{r}', '{s}'),
  repositoryFullName: maybe('acme/r', 'acme/s'),
});
const snapshot: fc.Arbitrary<PullRequestSnapshot> = fc
  .record({
    number: fc.constantFrom(1, 2),
    title: fc.constantFrom('One', 'Two', 'Odd \0 \uD800 title'),
    author: fc.option(person),
    state: fc.constantFrom('OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'),
    isDraft: fc.boolean(),
    updatedAt: at,
    closedAt: maybe(anInstant, anInstant + hour),
    source: branchEnd,
    destination: branchEnd,
    mergeHash: maybe('cccccccccccc', 'dddddddddddd'),
    diffstatUrl: maybe('https://api.example/1', 'https://api.example/2'),
    reviewers: fc.option(fc.array(person, { maxLength: 2 })),
  })
  .map((fields) => aPullRequestSnapshot(fields));
const activity: fc.Arbitrary<PullRequestActivity> = fc
  .record({
    key: fc.constantFrom('comment:1', 'update:2'),
    kind: fc.constantFrom('comment' as const, 'update' as const),
    at,
    actor: fc.option(person),
    isInline: fc.boolean(),
    isDeleted: fc.boolean(),
    state: maybe('OPEN', 'MERGED'),
    sourceHash: maybe('aaaaaaaaaaaa', 'bbbbbbbbbbbb'),
    isDraft: maybe(true, false),
  })
  .map((fields) => anActivity(fields));

type Fact =
  | { kind: 'snapshot'; snapshot: PullRequestSnapshot }
  | { kind: 'act'; number: number; activity: PullRequestActivity }
  | { kind: 'time'; number: number; source: MergeTimeSource; at: number };

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ kind: fc.constant('snapshot' as const), snapshot }),
  fc.record({ kind: fc.constant('act' as const), number: fc.constantFrom(1, 2), activity }),
  fc.record({
    kind: fc.constant('time' as const),
    number: fc.constantFrom(1, 2),
    source: fc.constantFrom<MergeTimeSource>('activity', 'merge_commit', 'closed_on', 'notice'),
    at,
  }),
);

/** The items, and the same in another order with some of them repeated. */
function inTwoOrders<T>(item: fc.Arbitrary<T>): fc.Arbitrary<[T[], T[]]> {
  return fc
    .array(item, { minLength: 1, maxLength: 8 })
    .chain((items) =>
      fc
        .tuple(
          fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length }),
          fc.array(fc.constantFrom(...items), { maxLength: 4 }),
        )
        .map(([shuffled, repeated]) => [items, [...repeated, ...shuffled, ...repeated]]),
    );
}

describe('Snapshots of a pull request', () => {
  const key = { workspace: '{w}', repositoryUuid: '{r}' };
  const fold = (snapshots: readonly PullRequestSnapshot[]): PullRequestRow | null =>
    snapshots.reduce<PullRequestRow | null>((row, next) => mergeSnapshots(row, toSnapshotRow(key, next)), null);

  it('give the same row in any order and repeated', () => {
    fc.assert(
      fc.property(inTwoOrders(snapshot.map((one) => ({ ...one, number: 1 }))), ([once, again]) => {
        expect(fold(again)).toEqual(fold(once));
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  it('never wipe out what an older one knew and the newer does not tell', () => {
    const known = aPullRequestSnapshot({ mergeHash: 'cccccccccccc' });
    const fork = { branch: null, hash: null, repositoryUuid: null, repositoryFullName: null };
    const blank = aPullRequestSnapshot({ author: null, source: fork, updatedAt: known.updatedAt + hour, title: 'New' });
    expect(fold([known, blank])).toMatchObject({
      title: 'New',
      author: aPerson().uuid,
      sourceBranch: 'feature/count',
      mergeHash: 'cccccccccccc',
    });
  });

  it('fill a gap from the newest that knows, though a newer one came before it', () => {
    const branchAt = (hours: number, branch: string | null): PullRequestSnapshot =>
      aPullRequestSnapshot({
        updatedAt: anInstant + hours * hour,
        source: { branch, hash: null, repositoryUuid: null, repositoryFullName: null },
      });
    expect(fold([branchAt(1, 'old'), branchAt(3, null), branchAt(2, 'young')])?.sourceBranch).toBe('young');
    expect(fold([branchAt(2, 'young'), branchAt(3, null), branchAt(1, 'old')])?.sourceBranch).toBe('young');
  });

  it('of the same instant are taken by how final their state is', () => {
    const merged = aPullRequestSnapshot({ state: 'MERGED' });
    const open = aPullRequestSnapshot({ state: 'OPEN', title: 'Z' });
    expect(fold([merged, open])).toMatchObject({ state: 'MERGED', title: merged.title });
    expect(fold([open, merged])).toMatchObject({ state: 'MERGED', title: merged.title });
  });
});

describe.each(databaseKinds)('Facts of pull requests on %s', (kind) => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await openTestStores(kind);
  });
  afterAll(() => stores.close());

  async function save(workspace: string, facts: readonly Fact[]): Promise<void> {
    const { pullRequests } = stores;
    for (const one of facts) {
      if (one.kind === 'snapshot') {
        await pullRequests.saveSnapshots(workspace, aRepositoryUuid, [one.snapshot]);
      } else if (one.kind === 'act') {
        await pullRequests.saveActivities(workspace, aRepositoryUuid, [one]);
      } else {
        await pullRequests.saveMergeTimes(workspace, aRepositoryUuid, [one]);
      }
    }
  }

  async function dump(workspace: string): Promise<unknown> {
    const tables = ['pull_requests', 'pull_request_acts', 'people'];
    const orders = ['number', 'number, key', 'uuid'];
    return Promise.all(
      tables.map(async (table, index) => {
        const rows = await stores.database.read<{ workspace: string }>(
          `SELECT * FROM ${table} WHERE workspace = $1 ORDER BY ${orders[index] ?? ''}`,
          [workspace],
        );
        // In which version something changed depends on how it came.
        return rows.map((row) => ({ ...row, workspace: '', changed_in: 0 }));
      }),
    );
  }

  it('give the same rows in any order, repeated, and in one batch', async () => {
    let run = 0;
    const begin: Fact[] = [1, 2].map((number) => ({
      kind: 'snapshot',
      snapshot: aPullRequestSnapshot({ number, updatedAt: anInstant - hour }),
    }));
    await fc.assert(
      fc.asyncProperty(inTwoOrders(fact), async ([once, again]) => {
        run += 1;
        const [first, second, third] = [`{${run}-a}`, `{${run}-b}`, `{${run}-c}`];
        for (const uuid of [first, second, third]) {
          await stores.workspaces.save({ uuid, slug: uuid, name: uuid, connectedAt: 0 });
        }
        await save(first, [...begin, ...once]);
        await save(second, [...begin, ...again]);
        const snapshots = [...begin, ...again].flatMap((one) => (one.kind === 'snapshot' ? [one.snapshot] : []));
        await stores.pullRequests.saveSnapshots(third, aRepositoryUuid, snapshots);
        await save(third, again);
        const expected = await dump(first);
        expect(await dump(second)).toEqual(expected);
        expect(await dump(third)).toEqual(expected);
      }),
      { numRuns: 10, seed: 2 },
    );
  });
});
