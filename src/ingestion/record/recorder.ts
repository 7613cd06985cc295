import type { Commit } from '../../domain/commits/commit';
import type { Push } from '../../domain/commits/push';
import type { Instant } from '../../domain/instant';
import type { Transaction } from '../../store/database/transaction';
import type { PullRequestFacts } from '../../store/pull-requests/saved-rows';
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
  { database, pullRequests, commits, pushes }: Stores,
  { workspace, repositoryUuid, tx }: RecordPlace,
  { walked = [], told = [], ...facts }: Facts,
): Promise<void> {
  await database.within(tx, async (own) => {
    await pullRequests.save(workspace, repositoryUuid, facts, own);
    if (walked.length > 0) await commits.saveAll(workspace, repositoryUuid, walked, own);
    for (const one of told) await pushes.saveAll(workspace, repositoryUuid, one, own);
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
