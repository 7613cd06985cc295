import { z } from 'zod';
import type { Commit } from '../../domain/commits/commit';
import type { Instant } from '../../domain/instant';
import { hash, instant, orNull, read } from '../client/payload';

/** A commit of a pull request or a push: its place in the history is not asked. */
export interface PullRequestCommit {
  readonly hash: string;
  /** The one `date` that Bitbucket gives, taken as the author date (docs/definitions.md, 2.1). */
  readonly authoredAt: Instant;
}

/** What `toPullRequestCommit` and `toCommit` read, for `fields=`. */
export const pullRequestCommitFields = ['hash', 'date'];
export const commitFields = [...pullRequestCommitFields, 'parents.hash'];

const shortBody = z.object({ hash, date: instant });
const longBody = shortBody.extend({ parents: orNull(z.array(z.object({ hash }))) });

/** @throws UnreadablePayload without a hash or a date */
export function toPullRequestCommit(payload: unknown): PullRequestCommit {
  const commit = read(shortBody, payload);
  return { hash: commit.hash, authoredAt: commit.date };
}

/** @throws UnreadablePayload without a hash or a date */
export function toCommit(payload: unknown): Commit {
  const commit = read(longBody, payload);
  return {
    hash: commit.hash,
    authoredAt: commit.date,
    parents: commit.parents?.map((parent) => parent.hash) ?? null,
  };
}
