import { z } from 'zod';
import {
  hasEnded,
  type BranchEnd,
  type PullRequestSnapshot,
  type PullRequestState,
} from '../../domain/pull-requests/pull-request';
import { reviewerFields, reviewers, toReviewers } from './to-reviewers';
import { participantFields, participants } from './to-standing';
import { hash, inside, instant, nest, orNull, person, personFields, read, text, uuid, word } from '../client/payload';

/**
 * What `toPullRequest` reads, for `fields=`: the two belong together, and a test holds them together. A deleted fork
 * leaves `source.repository` and `source.commit` null; `closed_on` and `draft` come and go by year.
 */
export const pullRequestFields = [
  ...['id', 'title', 'state', 'draft', 'queued', 'created_on', 'updated_on', 'closed_on'],
  ...nest('author', personFields),
  ...['source', 'destination'].flatMap((end) =>
    nest(end, ['branch.name', 'commit.hash', 'repository.uuid', 'repository.full_name']),
  ),
  'merge_commit.hash',
  'links.diffstat.href',
  ...participantFields,
  ...reviewerFields,
];

const unknownEnd: BranchEnd = { branch: null, hash: null, repositoryUuid: null, repositoryFullName: null };

const end = z
  .object({
    branch: inside('name', word),
    commit: inside('hash', hash),
    repository: orNull(z.object({ uuid: orNull(uuid), full_name: orNull(word) })),
  })
  .transform(({ branch, commit, repository }): BranchEnd => ({
    branch,
    hash: commit,
    repositoryUuid: repository?.uuid ?? null,
    repositoryFullName: repository?.full_name ?? null,
  }))
  .catch(unknownEnd);

const body = z.object({
  id: z.int().positive(),
  title: text.catch(''),
  state: word,
  draft: orNull(z.boolean()),
  queued: orNull(z.boolean()),
  author: person,
  created_on: instant,
  updated_on: orNull(instant),
  closed_on: orNull(instant),
  source: end,
  destination: end,
  merge_commit: inside('hash', hash),
  links: inside('diffstat', inside('href', word)),
  participants,
  reviewers,
});

/**
 * A pull request of a list, a detail or a notice: the same fields in each. Without `updated_on` it is as old as its
 * opening, so that anything else wins over it.
 * @throws UnreadablePayload without a number, a state or an opening
 */
export function toPullRequest(payload: unknown): PullRequestSnapshot {
  const pullRequest = read(body, payload);
  const state = toState(pullRequest.state);
  const updatedAt = pullRequest.updated_on ?? pullRequest.created_on;
  return {
    number: pullRequest.id,
    title: pullRequest.title,
    author: pullRequest.author,
    state,
    isDraft: pullRequest.state === 'DRAFT' || (pullRequest.draft ?? false),
    isQueued: state === 'OPEN' && (pullRequest.state === 'QUEUED' || (pullRequest.queued ?? false)),
    openedAt: pullRequest.created_on,
    updatedAt,
    closedAt: pullRequest.closed_on,
    source: pullRequest.source,
    destination: pullRequest.destination,
    mergeHash: pullRequest.merge_commit,
    diffstatUrl: pullRequest.links,
    standing: pullRequest.participants && { asOf: updatedAt, verdicts: pullRequest.participants },
    reviewers: toReviewers(pullRequest.reviewers, payload),
  };
}

/** What has not ended is open, whatever Bitbucket calls it. */
export function toState(word: string): PullRequestState {
  return hasEnded(word) ? word : 'OPEN';
}
