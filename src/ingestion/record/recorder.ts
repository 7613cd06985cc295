import type { Commit } from '../../domain/commits/commit';
import type { Push } from '../../domain/commits/push';
import type { Instant } from '../../domain/instant';
import type { Transaction } from '../../store/database/transaction';
import type { PullRequestFacts, RepositoryFacts } from '../../store/pull-requests/saved-rows';
import type { Stores } from '../../store/stores';

/** Of which repository something is recorded, and in which transaction: in one of its own where none is given. */
interface RecordPlace {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly tx?: Transaction;
}

/** What was learnt of one repository and its pull requests; what is left out stays as it is known. */
export interface Facts extends PullRequestFacts {
  /** Commits that the walk of the default branch met. */
  readonly walked?: readonly Commit[];
  /** What notices told of pushes: of pull requests whose branch is gone before it can be read nobody else tells. */
  readonly told?: readonly { readonly pushes: readonly Push[]; readonly at: Instant }[];
}

/**
 * The one path by which facts are written, whether a notice, the history import or reconciliation brought them: all of
 * them or none.
 */
export async function recordFacts(
  stores: Stores,
  { workspace, repositoryUuid, tx }: RecordPlace,
  facts: Facts,
): Promise<void> {
  await recordAll(stores, { workspace, tx }, [{ repositoryUuid, facts }]);
}

/** As `recordFacts`, of several repositories, in the order in which it was learnt: one new version of the workspace. */
export async function recordAll(
  { database, pullRequests, commits, pushes }: Stores,
  { workspace, tx }: { readonly workspace: string; readonly tx: Transaction | undefined },
  learnt: readonly RepositoryFacts<Facts>[],
): Promise<void> {
  const parts = learnt.map(({ repositoryUuid, facts: { walked = [], told = [], ...facts } }) => {
    return { repositoryUuid, facts, walked, pushed: told };
  });
  await database.within(tx, async (own) => {
    await pullRequests.saveAll(workspace, parts, own);
    for (const { repositoryUuid, walked, pushed } of parts) {
      if (walked.length > 0) await commits.saveAll(workspace, repositoryUuid, walked, own);
      for (const one of pushed) await pushes.saveAll(workspace, repositoryUuid, one, own);
    }
  });
}

/** The sizes of these pull requests are to be read once more. */
export async function forgetSizes(
  { pullRequests }: Stores,
  { workspace, repositoryUuid }: RecordPlace,
  numbers: readonly number[],
): Promise<void> {
  await pullRequests.forgetSizes(workspace, repositoryUuid, numbers);
}
