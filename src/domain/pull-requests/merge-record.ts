import { findDefaultBranchAt, type KnownDefaultBranch } from '../commits/default-branch';
import type { Instant } from '../instant';

/** What was so at a merge: written down once, each part as soon as it is known, and never again. */
export interface MergeRecord {
  /** `null`: not known yet; judged once it is. */
  readonly defaultBranchAtMerge: string | null;
  /** `null`: the groups could not be read yet. */
  readonly teamsAsOf: 'merge' | 'import' | null;
  /** When all that could be asked had been asked; only then it counts. `null`: not yet. */
  readonly mergeRecordedAt: Instant | null;
}

/** `null`: it was recorded before, and stays as it was. */
export function addMergeRecord<T extends MergeRecord>(
  before: T,
  mergeRecord: { readonly defaultBranch: string | null; readonly mergeRecordedAt: Instant },
): T | null {
  const { mergeRecordedAt } = mergeRecord;
  return before.mergeRecordedAt === null
    ? { ...before, defaultBranchAtMerge: before.defaultBranchAtMerge ?? mergeRecord.defaultBranch, mergeRecordedAt }
    : null;
}

/** The default branch that was known when the notice of the merge arrived; `null`: one was told before. */
export function noteDefaultBranchAtMerge<T extends MergeRecord>(before: T, branch: string): T | null {
  return before.defaultBranchAtMerge === null ? { ...before, defaultBranchAtMerge: branch } : null;
}

/** `null`: it is not recorded, or has its teams. */
export function noteTeamsOfMerge<T extends MergeRecord>(before: T, teamsAsOf: 'merge' | 'import'): T | null {
  return before.mergeRecordedAt !== null && before.teamsAsOf === null ? { ...before, teamsAsOf } : null;
}

/**
 * A merge that was recorded before any default branch was known, by those that are known now. Without a moment the last
 * change of the pull request stands for it, which the merge mostly is.
 */
export function judgeMerge<T extends MergeRecord & { readonly mergedAt: Instant | null; readonly updatedAt: Instant }>(
  before: T,
  known: readonly KnownDefaultBranch[],
): T {
  return { ...before, defaultBranchAtMerge: findDefaultBranchAt(known, before.mergedAt ?? before.updatedAt) };
}
