import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import type { Instant } from '../../domain/instant';

/** `head`: the source head that it was asked for. */
export type SizeRow = { readonly number: number; readonly head: string | null } & (
  { readonly linesAdded: number; readonly linesRemoved: number } | { readonly problem: string }
);

/** `seenAt`: when they were read. */
export interface CommitsRow {
  readonly number: number;
  readonly head: string | null;
  readonly commits: readonly ListedCommit[];
  readonly isComplete: boolean;
  readonly seenAt?: Instant;
}
