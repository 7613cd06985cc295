import type { Commit } from './commit';

/** What one push did to one branch, as its notice told. */
export interface Push {
  readonly branch: string;
  /** Where the branch stood before; `null`: the push made it. */
  readonly oldHash: string | null;
  readonly newHash: string;
  /** Every commit that the push brought is among `commits`, and each could be read. */
  readonly isWhole: boolean;
  /** The newest ones, at most five: also such as were on other branches before. */
  readonly commits: readonly Commit[];
}
