import { learnDefaultBranch, type KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { defaultBranches } from '../schema/repositories';
import { MergeRecordStore } from '../pull-requests/merge-records';

/** A repository as it was just read. */
interface ReadRepository {
  readonly uuid: string;
  readonly defaultBranch: string | null;
  readonly readAt: Instant;
  readonly changeToldAt?: Instant | null;
}

/** The default branches that each repository had, as they came to be known. */
export class DefaultBranches {
  readonly #database: Database;
  readonly #mergeRecords: MergeRecordStore;

  constructor(database: Database) {
    this.#database = database;
    this.#mergeRecords = new MergeRecordStore(database);
  }

  /**
   * Writes down the branches that are not those known last; where none was known, judges the merges that waited for
   * one. Gives what was known before, by repository: a reading without a branch takes nothing of it away.
   */
  async learn(
    workspace: string,
    repositories: readonly ReadRepository[],
    tx: Transaction,
  ): Promise<ReadonlyMap<string, string>> {
    const uuids = repositories.map(({ uuid }) => uuid);
    const known = await this.map(workspace, uuids, tx);
    const learnt = repositories.flatMap((read) => toLearnt(workspace, read, known.get(read.uuid)));
    for (const { row, replaced } of learnt.filter((one) => one.replaced !== null)) {
      await this.#database.delete(defaultBranches, { ...row, since: replaced ?? row.since }, tx);
    }
    const rows = learnt.map(({ row }) => row);
    await this.#database.insert(defaultBranches, rows, { onConflict: 'overwrite', tx });
    for (const { repositoryUuid: uuid } of rows.filter((row) => !known.has(row.repositoryUuid))) {
      await this.#mergeRecords.judge(workspace, uuid, await this.list(workspace, uuid, tx), tx);
    }
    return new Map([...known].flatMap(([uuid, branches]) => branches.slice(-1).map(({ branch }) => [uuid, branch])));
  }

  /** Oldest first. */
  async list(workspace: string, uuid: string, tx?: Transaction): Promise<KnownDefaultBranch[]> {
    return (await this.map(workspace, [uuid], tx)).get(uuid) ?? [];
  }

  /** By repository, of each oldest first. */
  async map(
    workspace: string,
    repositoryUuids: readonly string[],
    tx?: Transaction,
  ): Promise<Map<string, KnownDefaultBranch[]>> {
    const query = { where: { workspace }, field: 'repositoryUuid', among: repositoryUuids, order: ['since'] } as const;
    const known = new Map<string, KnownDefaultBranch[]>();
    for (const { repositoryUuid: uuid, since, branch } of await this.#database.findAmong(defaultBranches, query, tx)) {
      known.set(uuid, [...(known.get(uuid) ?? []), { since, branch }]);
    }
    return known;
  }
}

/** The row to write, and since when its branch was known before; none where the reading says nothing new. */
function toLearnt(
  workspace: string,
  { uuid: repositoryUuid, defaultBranch: branch, readAt, changeToldAt: toldAt = null }: ReadRepository,
  known: readonly KnownDefaultBranch[] = [],
) {
  if (branch === null) return [];
  const before = known.at(-1);
  const after = learnDefaultBranch(known, { branch, readAt, toldAt });
  return after.slice(-1).flatMap(({ since }) => {
    const isSame = before?.branch === branch;
    if (isSame && before.since === since) return [];
    return [{ row: { workspace, repositoryUuid, since, branch }, replaced: isSame ? before.since : null }];
  });
}
