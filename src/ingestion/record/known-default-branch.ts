import { findDefaultBranchAt } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { Transaction } from '../../store/database/transaction';
import type { WorkParts } from '../requests/work-parts';

/** Where and when. */
interface Moment {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly at: Instant;
  readonly tx?: Transaction;
}

/**
 * The default branch that was known at a moment. A change that was told of before it and read after it counts as known,
 * however fast notices come and however slowly they are worked off; `null`: none is known yet.
 */
export async function findKnownDefaultBranch(
  { stores }: Pick<WorkParts, 'stores'>,
  { workspace, repositoryUuid, at, tx }: Moment,
): Promise<string | null> {
  const known = await stores.repositories.listDefaultBranches(workspace, repositoryUuid, tx);
  const before = known.findLast(({ since }) => since <= at);
  const next = known.find(({ since }) => since > at);
  if (before === undefined || next === undefined) return findDefaultBranchAt(known, at);
  const told = { eventKey: 'repo:updated', until: next.since };
  const toldAt = await stores.notices.findLastOf(workspace, told, tx);
  return toldAt !== null && before.since < toldAt && toldAt <= at ? next.branch : before.branch;
}
