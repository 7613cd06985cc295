import { addCommit } from '../commit-graph';
import { toRawAuthor } from '../people';
import { hashOf } from '../random';
import type { Account, Commit, Instant, Repository } from '../model';
import type { PullRequestLine } from './pull-request-line';

export function plainCommit(from: { parents: string[]; at: Instant; message: string }): Omit<Commit, 'hash'> {
  const size = { linesAdded: 20, linesRemoved: 5, files: 2 };
  const { parents, at, message } = from;
  return { parents, authorUuid: null, rawAuthor: 'unknown', authoredAt: at, committedAt: at, message, size };
}

/** Puts a commit of the file on its parents and returns its hash. Sizes are invented from the hash: the file has none. */
export function writeLineCommit(
  repository: Repository,
  one: PullRequestLine['commits'][number],
  onto: { readonly parents: string[]; readonly author: Account | null },
): string {
  const number = parseInt(hashOf(one.hash).slice(0, 6), 16);
  addCommit(repository, {
    ...plainCommit({ parents: onto.parents, at: Date.parse(one.author_date), message: `${one.subject}\n` }),
    committedAt: Date.parse(one.committer_date),
    authorUuid: onto.author?.uuid ?? null,
    rawAuthor: toRawAuthor(onto.author),
    size: { linesAdded: number % 90, linesRemoved: number % 31, files: 1 + (number % 4) },
    hash: one.hash,
  });
  return one.hash;
}
