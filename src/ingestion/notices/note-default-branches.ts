import { findDefaultBranchAt } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import { readRepositoryKind } from '../record/read-repository';
import { pickKind, type Arrived, type Round } from './arrived-notices';

/** When a notice of this batch first told of a change of each repository: from then on what is known of it is in doubt. */
export function toChangedAt(notices: readonly Arrived[]): ReadonlyMap<string, Instant> {
  const updated = pickKind(notices, 'repository').filter(({ eventKey }) => eventKey === 'repo:updated');
  return new Map(updated.toReversed().map(({ repository, receivedAt }) => [repository.uuid, receivedAt]));
}

/**
 * A merge is judged by the default branch that was known when its notice arrived, whatever is read later. While a change
 * of the repository was told of and is not read yet, none is known: then the reading decides.
 */
export async function findDefaultBranches(
  { stores, workspace, tx }: Round,
  repositoryUuid: string,
  notices: readonly Arrived<'pull_request'>[],
): Promise<{ readonly number: number; readonly branch: string }[]> {
  const merges = notices.filter(({ mergedAt }) => mergedAt !== null);
  if (merges.length === 0) return [];
  const reading = { workspace, kind: readRepositoryKind, key: repositoryUuid };
  if ((await stores.jobs.find(reading, tx)) !== null) return [];
  const known = await stores.repositories.listDefaultBranches(workspace, repositoryUuid, tx);
  return merges
    .toSorted((one, other) => one.receivedAt - other.receivedAt)
    .flatMap(({ pullRequest: { number }, receivedAt }) => {
      const branch = findDefaultBranchAt(known, receivedAt);
      return branch === null ? [] : [{ number, branch }];
    });
}
