import { findDefaultBranchAt, type KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import { readRepositoryKind } from '../record/read-repository';
import { groupByRepository, pickKind, type Arrived, type Round } from './arrived-notices';

/** When a notice of this batch first told of a change of each repository: from then on what is known of it is in doubt. */
export function toChangedAt(notices: readonly Arrived[]): ReadonlyMap<string, Instant> {
  const updated = pickKind(notices, 'repository').filter(({ eventKey }) => eventKey === 'repo:updated');
  return new Map(updated.toReversed().map(({ repository, receivedAt }) => [repository.uuid, receivedAt]));
}

/**
 * A merge is judged by the default branch that was known when its notice arrived, whatever is read later. While a change
 * of the repository was told of and is not read yet, none is known: then the reading decides. By repository.
 */
export async function findDefaultBranches(
  { stores, workspace, tx }: Round,
  notices: readonly Arrived<'pull_request'>[],
): Promise<ReadonlyMap<string, readonly BranchAtMerge[]>> {
  const merges = groupByRepository(notices.filter(({ mergedAt }) => mergedAt !== null));
  const keys = [...merges.keys()];
  if (keys.length === 0) return new Map();
  const changing = await stores.jobs.pickPresent({ workspace, kind: readRepositoryKind, keys }, tx);
  const known = await stores.repositories.mapDefaultBranches(workspace, keys, tx);
  const settled = [...merges].filter(([repositoryUuid]) => !changing.has(repositoryUuid));
  return new Map(settled.map(([uuid, group]) => [uuid, listBranches(group, known.get(uuid) ?? [])]));
}

/** The default branch that was known when the notice of a merge arrived. */
interface BranchAtMerge {
  readonly number: number;
  readonly branch: string;
}

function listBranches(
  merges: readonly Arrived<'pull_request'>[],
  known: readonly KnownDefaultBranch[],
): BranchAtMerge[] {
  return merges
    .toSorted((one, other) => one.receivedAt - other.receivedAt)
    .flatMap(({ pullRequest: { number }, receivedAt }) => {
      const branch = findDefaultBranchAt(known, receivedAt);
      return branch === null ? [] : [{ number, branch }];
    });
}
